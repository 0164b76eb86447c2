//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: GPL-3.0-or-later
//

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openStage, picture } from "./stage.mjs";

const HOSTILE = `<img src=x onerror=alert(1)>"'<script>alert(2)</script>{{7*7}}`;
let stage;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", {
    plans: { 1: ["Nightly", ["mail1", "samba1"]], 2: [HOSTILE, ["web1"]] },
    names: { web1: HOSTILE, mail1: "Post" },
  });
  await stage.tell("configure");
  await stage.tell("back_up", { plan: "1", results: { mail1: 0, samba1: 1 } });
  await stage.tell("back_up", { plan: "2", results: { web1: 0 } });
});
after(() => stage.stop());

async function saved(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

test("the status tells of plans, service, mail and triggers", async () => {
  const { page, frame, said, close } = await stage.open();
  await frame.locator(".status-card", { hasText: "Nightly" }).getByText("1 of 2").waitFor();
  await frame.getByText("Nothing is waiting").waitFor();
  await frame.locator(".status-card", { hasText: "Service" }).getByText("Running").waitFor();
  await picture(page, "status");
  await frame.locator(".status-card", { hasText: "Nightly" }).getByRole("button", { name: "Open the report" }).click();
  await frame.getByRole("heading", { name: /Nightly, run \d+/ }).waitFor();
  await page.goBack();
  await frame.getByRole("heading", { name: "Status" }).waitFor();
  assert.deepEqual(said, []);
  await close();
});

test("reports are listed, filtered and searched, and saved as a table", async () => {
  const { page, frame, said, close } = await stage.open({ page: "reports" });
  const rows = frame.locator(".reports-table tbody tr", { has: frame.locator("a") });
  await rows.nth(1).waitFor();
  assert.equal(await rows.count(), 2);
  await picture(page, "reports");
  await frame.locator(".reports-table").getByLabel("Outcome").selectOption("PARTIAL");
  await frame.locator(".reports-table td", { hasText: "1 of 1" }).waitFor({ state: "detached" });
  await frame.locator(".reports-table td", { hasText: "1 of 2" }).waitFor();
  assert.equal(await rows.count(), 1);
  await frame.locator(".reports-table").getByLabel("Outcome").selectOption("MISSED");
  await frame.getByText("No report found").waitFor();
  await frame.locator(".reports-table").getByLabel("Outcome").selectOption("");
  await rows.nth(1).waitFor();
  const { name, text } = await saved(page, () => frame.getByRole("button", { name: "Save as CSV" }).click());
  assert.equal(name, "backup-history.csv");
  assert.equal(text.trim().split("\r\n").length, 3);
  await frame.getByPlaceholder("Search these reports").pressSequentially("night");
  await frame.locator(".reports-table tbody").getByText("Nightly").waitFor();
  await page.waitForFunction(() => document.querySelector("#app-frame").contentDocument.querySelectorAll(".reports-table tbody a").length === 1);
  assert.deepEqual(said, []);
  await close();
});

test("one report tells everything of its run, and can be taken along", async () => {
  const { page, frame, said, close } = await stage.open({ page: "reports" });
  await frame.locator("tr", { hasText: "Nightly" }).getByRole("link").click();
  await frame.getByRole("heading", { name: /Nightly, run \d+/ }).waitFor();
  const first = frame.locator(".report-modules tbody tr").first();
  assert.match(await first.textContent(), /samba1/);
  assert.match(await first.textContent(), /Failed/);
  await picture(page, "report");
  const json = await saved(page, () => frame.getByRole("button", { name: "Save as JSON" }).click());
  assert.match(json.name, /^backup-report-\d+\.json$/);
  assert.equal(JSON.parse(json.text).plan.name, "Nightly");
  const eml = await saved(page, () => frame.getByRole("button", { name: "Save as .eml" }).first().click());
  assert.match(eml.text, /^Subject: /im);
  await frame.getByRole("button", { name: "Send again" }).first().click();
  await frame.getByText("250 2.0.0 taken").first().waitFor();
  assert.deepEqual(said, []);
  await close();
});

test("a report now goes out, with what became of it", async () => {
  const { page, frame, close } = await stage.open({ page: "reports" });
  await frame.locator(".reports-table tbody a").nth(1).waitFor();
  const before = (await stage.tell("mails")).length;
  await frame.getByRole("button", { name: "Report now" }).click();
  const dialog = frame.locator(".bx--modal.is-visible");
  await dialog.getByLabel("Backup plan").selectOption("1");
  await dialog.getByRole("button", { name: "Send" }).click();
  await dialog.getByText("Delivered").waitFor();
  await picture(page, "report-now");
  assert.equal((await stage.tell("mails")).length, before + 1);
  await close();
});

test("the last runs are a picture, failures first, with numbers over time", async () => {
  const { page, frame, said, close } = await stage.open({ page: "reports" });
  await frame.getByRole("tab", { name: "At a glance" }).click();
  await frame.locator(".result-grid tbody tr").nth(2).waitFor();
  assert.match(await frame.locator(".result-grid tbody th").first().textContent(), /samba1/);
  await frame.locator("canvas").waitFor();
  await picture(page, "picture");
  await frame.getByRole("tabpanel").getByLabel("Backup plan").last().selectOption("2");
  await frame.locator(".result-grid tbody th", { hasText: "samba1" }).waitFor({ state: "detached" });
  await frame.locator(".result-grid tbody tr").first().waitFor();
  assert.equal(await frame.locator(".result-grid tbody tr").count(), 1);
  await frame.locator(".result-grid td[data-run]").first().click();
  await frame.getByRole("heading", { name: /run \d+/ }).waitFor();
  assert.deepEqual(said, []);
  await close();
});

test("names from outside are text everywhere, and nothing of them runs", async () => {
  const { page, frame, said, dialogs, outside, close } = await stage.open();
  await frame.locator(".status-card h4", { hasText: HOSTILE }).waitFor();
  await picture(page, "hostile-status");
  await frame.getByRole("link", { name: "Reports" }).click();
  await frame.locator(".reports-table td", { hasText: HOSTILE }).waitFor();
  await picture(page, "hostile-reports");
  await frame.locator("tr", { hasText: "onerror" }).getByRole("link").click();
  await frame.locator(".page-head h2", { hasText: HOSTILE }).waitFor();
  await picture(page, "hostile-report");
  await stage.tell("fail", { action: "get-report", error: `plan ${HOSTILE}` });
  await page.reload();
  await frame.getByText("The report cannot be read").waitFor();
  assert.equal(await frame.locator(".failure-said").textContent(), `plan ${HOSTILE}`);
  await stage.tell("heal");
  await stage.tell("add_rival", { name: "b<img src=x onerror=alert(3)>" });
  await frame.getByRole("link", { name: "Settings" }).click();
  await frame.getByText("In use: b<img").waitFor();
  await picture(page, "hostile-settings");
  assert.equal(await frame.locator("img[src=x], script:not([src])").count(), 0);
  assert.deepEqual({ dialogs, outside, said }, { dialogs: [], outside: [], said: [] });
  await close();
});

test("the service that stopped is told, and the page still answers", async () => {
  await stage.tell("stop_daemon");
  const { page, frame, close } = await stage.open();
  await frame.getByText("The service is stopped", { exact: true }).waitFor();
  await frame.locator(".status-card", { hasText: "Service" }).locator(".tone-bad", { hasText: "Stopped" }).waitFor();
  await picture(page, "stopped-status");
  await frame.getByRole("link", { name: "Reports" }).click();
  await frame.getByText("The reports cannot be read").waitFor();
  assert.match(await frame.locator(".failure-said").textContent(), /the service does not answer/);
  await picture(page, "stopped-reports");
  await frame.getByRole("link", { name: "About" }).click();
  await frame.getByText("Not known while the service is stopped").waitFor();
  await close();
});

test("a session that has ended is told as such", async () => {
  const { page, frame, close } = await stage.open({ page: "about" });
  await frame.locator(".about-head").waitFor();
  await page.evaluate(() => localStorage.setItem("loginInfo", JSON.stringify({ username: "admin", token: "old" })));
  await frame.getByRole("link", { name: "Settings" }).click();
  await frame.getByText("The session has ended. Log in again.").waitFor();
  await page.evaluate(() => localStorage.setItem("loginInfo", JSON.stringify({ username: "admin", token: "token-of-the-test" })));
  await frame.getByRole("button", { name: "Try again" }).click();
  await frame.locator(".settings-form").waitFor();
  await close();
});
