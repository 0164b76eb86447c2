//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";
import { openStage, picture } from "./stage.mjs";

const HOSTILE = `<img src=x onerror=alert(1)>"'<script>alert(2)</script>{{7*7}}`;
let stage;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", {
    plans: { 1: ["Nightly", ["mail1", "samba1"]], 2: [HOSTILE, ["web1"]], 3: ["Monthly", ["samba1"]] },
    names: { web1: HOSTILE, mail1: "Post" },
  });
  await stage.tell("configure");
  await stage.tell("back_up", { plan: "1", results: { mail1: 0, samba1: 1 } });
  await stage.tell("back_up", { plan: "2", results: { web1: 0 } });
});
afterEach(() => stage.tell("heal"));
after(() => stage.stop());

async function saved(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

test("the status tells of plans, service, mail and triggers", async () => {
  const { page, frame, said, close } = await stage.open();
  await frame.locator(".status-card", { hasText: "Nightly" }).getByText("1 of 2").waitFor();
  await frame.getByRole("heading", { name: "Not everything is known to be backed up" }).waitFor();
  await frame.locator(".safety li").first().getByText("Nightly: Partially failed. 1 of 2 applications succeeded.").waitFor();
  assert.match(await frame.locator(".status-card").first().textContent(), /Nightly/);
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
  assert.deepEqual(said, []);
  await close();
});

/// How often the relay took the mail with this name.
async function taken(id) {
  return (await stage.tell("mails")).filter((mail) => mail.id === id).length;
}

test("a mail that is sent again is the same one, and the page tells of both times", async () => {
  const { page, frame, said, close } = await stage.open({ page: "report", query: "&run=1" });
  const message = frame.locator(".message").first();
  await message.getByText("1 attempt", { exact: true }).waitFor();
  const eml = await saved(page, () => message.getByRole("button", { name: "Save as .eml" }).click());
  const [, id] = /^Message-ID: (\S+)/im.exec(eml.text);
  assert.equal(await taken(id), 1);
  await message.getByRole("button", { name: "Send again" }).click();
  await message.getByText("2 attempts", { exact: true }).click();
  assert.equal(await message.locator(".attempts li").filter({ hasText: "250 2.0.0 taken" }).count(), 2);
  assert.equal(await taken(id), 2);
  await picture(page, "report-sent-again");
  assert.deepEqual(said, []);
  await close();
});

test("what is not known of a run is told apart", async () => {
  await stage.tell("configure", { repository_check: "all" });
  await stage.tell("back_up", { plan: "3", results: { samba1: 0 } });
  const { page, frame, close } = await stage.open({ page: "reports", query: "&plan=3" });
  await frame.locator(".reports-table tbody a").first().click();
  const card = frame.locator(".card", { has: frame.getByRole("heading", { name: "What is not known" }) });
  assert.match(await card.locator("p").first().textContent(), /samba1/);
  await card.scrollIntoViewIfNeeded();
  await picture(page, "report-not-known");
  await close();
});

test("every plan of the cluster can be chosen, also one that never ran", async () => {
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1", "samba1"]], 2: [HOSTILE, ["web1"]], 3: ["Monthly", ["samba1"]], 4: ["Never ran", ["mail1"]] } });
  await stage.tell("look");
  const { page, frame, close } = await stage.open({ page: "reports" });
  const offered = async (place) => (await place.getByLabel("Backup plan").locator("option").allTextContents()).map((text) => text.trim());
  const every = ["All plans", HOSTILE, "Monthly", "Never ran", "Nightly"];
  await frame.locator(".reports-table option", { hasText: "Never ran" }).waitFor({ state: "attached" });
  assert.deepEqual(await offered(frame.locator(".reports-table")), every);
  await frame.getByRole("tab", { name: "At a glance" }).click();
  await frame.locator(".result-grid tbody tr").first().waitFor();
  assert.deepEqual(await offered(frame.locator("#reports-picture")), every);
  await frame.getByRole("button", { name: "Report now" }).click();
  const dialog = frame.locator(".bx--modal.is-visible");
  assert.deepEqual(await offered(dialog), every);
  await dialog.getByLabel("Backup plan").selectOption("4");
  await dialog.getByRole("button", { name: "Send" }).click();
  await dialog.getByText("Delivered").waitFor();
  await picture(page, "report-now-never-ran");
  await close();
});

test("a report on its way shows how far it is", async () => {
  await stage.tell("pause", { action: "report-now", progress: 40 });
  const { page, frame, close } = await stage.open({ page: "reports" });
  await frame.locator(".reports-table tbody a").first().waitFor();
  await frame.getByRole("button", { name: "Report now" }).click();
  const dialog = frame.locator(".bx--modal.is-visible");
  await dialog.getByRole("button", { name: "Send" }).click();
  const bar = dialog.getByRole("progressbar");
  await dialog.locator('[role=progressbar][aria-valuenow="40"]').waitFor();
  const share = await bar.evaluate((whole) => parseFloat(whole.querySelector(".progress-line").style.width));
  assert.equal(share, 40);
  await picture(page, "report-now-progress");
  await stage.tell("release", { action: "report-now" });
  await dialog.getByText("Delivered").first().waitFor();
  await bar.waitFor({ state: "detached" });
  await close();
});

test("a report now is sent, and its delivery status shown", async () => {
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
  await frame.locator("#reports-picture").getByLabel("Backup plan").selectOption("2");
  await frame.locator(".result-grid tbody th", { hasText: "samba1" }).waitFor({ state: "detached" });
  await frame.locator(".result-grid tbody tr").first().waitFor();
  assert.equal(await frame.locator(".result-grid tbody tr").count(), 1);
  await frame.locator(".result-grid td[data-run]").first().click();
  await frame.getByRole("heading", { name: /run \d+/ }).waitFor();
  assert.deepEqual(said, []);
  await close();
});

test("a picture without the older runs says so", async () => {
  const results = await stage.tell("must", { action: "list-results" });
  await stage.tell("answer", { action: "list-results", value: { ...results, older_left_out: true } });
  const { page, frame, close } = await stage.open({ page: "reports" });
  await frame.getByRole("tab", { name: "At a glance" }).click();
  await frame.getByText("Older runs are left out").waitFor();
  await frame.getByText(`Only the last ${results.runs.length} runs are shown.`).waitFor();
  await picture(page, "picture-left-out");
  await stage.tell("heal");
  await frame.getByRole("tab", { name: "List" }).click();
  await page.reload();
  await frame.getByRole("tab", { name: "At a glance" }).click();
  await frame.locator(".result-grid tbody tr").first().waitFor();
  assert.equal(await frame.getByText("Older runs are left out").count(), 0);
  await close();
});

test("a success whose snapshot is missing is nowhere shown as one", async () => {
  const lost = (one) => ({ ...one, without_snapshot: one.without_snapshot === 0 ? 1 : true, ...("rank" in one ? { rank: 5 } : {}), ...("phrase" in one ? { phrase: "not_confirmed" } : {}) });
  const runs = (list) => list.map((run) => (run.outcome === "SUCCESS" ? lost(run) : run));
  const reports = await stage.tell("must", { action: "list-reports" });
  const results = await stage.tell("must", { action: "list-results" });
  const succeeded = reports.runs.find((run) => run.outcome === "SUCCESS");
  const report = await stage.tell("must", { action: "get-report", data: { run: succeeded.id, language: "en" } });
  const modules = results.modules.map((module) => ({ ...module, results: module.results.map((one) => (one.run === succeeded.id ? lost(one) : one)) }));
  await stage.tell("answer", { action: "list-reports", value: { ...reports, runs: runs(reports.runs) } });
  await stage.tell("answer", { action: "list-results", value: { ...results, runs: runs(results.runs), modules } });
  await stage.tell("answer", { action: "get-report", value: { ...report, run: { ...report.run, modules: report.run.modules.map(lost) } } });
  const { page, frame, close } = await stage.open({ page: "reports" });
  await frame.locator(".reports-table .tone-warn", { hasText: "Not confirmed" }).first().waitFor();
  assert.equal(await frame.locator(".reports-table .tone-good").count(), 0);
  await frame.getByRole("tab", { name: "At a glance" }).click();
  await frame.locator(`.result-grid td.tone-warn[data-run="${succeeded.id}"][aria-label$="Reported as saved, but no snapshot found"]`).first().waitFor();
  await picture(page, "picture-without-snapshot");
  await frame.locator(`.result-grid td[data-run="${succeeded.id}"]`).first().click();
  await frame.locator(".report-modules .tone-warn", { hasText: "Reported as saved, but no snapshot found" }).first().waitFor();
  assert.equal(await frame.locator("#main-content .tone-good").filter({ hasText: /Saved|Success/ }).count(), 0);
  await picture(page, "report-without-snapshot");
  await close();
});

test("a run that an alert leaves unconfirmed is called so, as in its mail", async () => {
  const reports = await stage.tell("must", { action: "list-reports" });
  const succeeded = reports.runs.find((run) => run.outcome === "SUCCESS");
  const doubt = { outcome: "INCOMPLETE", phrase: "not_confirmed" };
  const report = await stage.tell("must", { action: "get-report", data: { run: succeeded.id, language: "en" } });
  const overview = await stage.tell("must", { action: "get-overview" });
  const plans = overview.plans.map((plan) => (plan.run?.id === succeeded.id ? { ...plan, run: { ...plan.run, ...doubt } } : plan));
  await stage.tell("answer", { action: "list-reports", value: { ...reports, runs: reports.runs.map((run) => (run.id === succeeded.id ? { ...run, ...doubt } : run)) } });
  await stage.tell("answer", { action: "get-report", value: { ...report, run: { ...report.run, ...doubt } } });
  await stage.tell("answer", { action: "get-overview", value: { ...overview, plans } });
  const { page, frame, close } = await stage.open();
  await frame.locator(".status-card .tone-warn", { hasText: "Not confirmed" }).waitFor();
  await frame.locator(".safety li", { hasText: "Not confirmed. 1 of 1 applications succeeded." }).waitFor();
  await picture(page, "status-not-confirmed");
  await frame.getByRole("link", { name: "Reports" }).click();
  const row = frame.locator(".reports-table tr", { has: frame.locator(".tone-warn", { hasText: "Not confirmed" }) });
  await row.waitFor();
  await picture(page, "reports-not-confirmed");
  await row.getByRole("link").click();
  await frame.locator(".report-modules").waitFor();
  await frame.locator("#main-content .tone-warn", { hasText: "Not confirmed" }).waitFor();
  assert.equal(await frame.getByText("Not finished").count(), 0);
  await picture(page, "report-not-confirmed");
  await close();
});

test("names from outside are text everywhere, and nothing of them runs", async () => {
  const { page, frame, said, dialogs, outside, close } = await stage.open();
  await frame.locator(".status-card h3", { hasText: HOSTILE }).waitFor();
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

test("a mail that is held back is not sent again, which is told at its button", async () => {
  await stage.tell("hold");
  const before = (await stage.tell("mails")).length;
  const { page, frame, said, close } = await stage.open({ page: "report", query: "&run=1" });
  const message = frame.locator(".message").first();
  await message.getByRole("button", { name: "Send again" }).click();
  await message.getByText("The mail waits", { exact: true }).waitFor();
  await message.locator(".deliveries").getByText("Waiting").waitFor();
  await message.scrollIntoViewIfNeeded();
  await picture(page, "report-held");
  assert.equal((await stage.tell("mails")).length, before);
  await stage.tell("fail", { action: "send-again", error: "the store is full" });
  await message.getByRole("button", { name: "Send again" }).click();
  await message.getByText("The mail was not sent again").waitFor();
  assert.equal(await message.locator(".failure-said").textContent(), "the store is full");
  await message.getByText("The mail waits", { exact: true }).waitFor({ state: "detached" });
  assert.deepEqual(said, []);
  await close();
});

test("the service that stopped is told, and the page still answers", async () => {
  await stage.tell("stop_daemon");
  const { page, frame, close } = await stage.open();
  await frame.getByText("The service is stopped", { exact: true }).waitFor();
  await frame.locator(".status-card", { hasText: "Service" }).locator(".tone-bad", { hasText: "Stopped" }).waitFor();
  await frame.getByRole("heading", { name: "Backup status unknown" }).waitFor();
  await picture(page, "stopped-status");
  await frame.getByRole("link", { name: "Reports" }).click();
  await frame.getByText("The reports cannot be read").waitFor();
  assert.match(await frame.locator(".failure-said").textContent(), /the service does not answer/);
  await picture(page, "stopped-reports");
  await frame.getByRole("link", { name: "About" }).click();
  await frame.locator(".facts").getByText("Not known", { exact: true }).waitFor();
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
