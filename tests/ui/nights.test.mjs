//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// A node that is off for two nights: what the page shows then, of answers of the real daemon, whose clock is simulated as
// the browser's is.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openStage, picture } from "./stage.mjs";

const DAY = 86_400;
const DUE = 2 * 3600; // after midnight UTC
const DURATION = 300;
const tonight = (Math.floor(Date.now() / 1000 / DAY) + 1) * DAY;
const morning = tonight + 2 * DAY + 8 * 3600; // after the second night

let stage;
before(async () => {
  stage = await openStage();
  await stage.tell("simulate_time", { begin: tonight - 4 * 3600 });
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1"]], 2: ["Branch office", ["web1"]] }, nodes: { web1: 3 } });
  for (const plan of ["1", "2"]) await stage.tell("schedule", { plan, expression: "*-*-* 02:00:00 UTC" });
  await stage.tell("configure");
  const save = (plan, module, night, node) =>
    stage.tell("back_up_at", { plan, module, start: tonight + night * DAY + DUE + 5, duration: DURATION, node });
  await save("1", "mail1", 0, 1);
  await save("2", "web1", 0, 3);
  await save("1", "mail1", 1, 1);
  await save("1", "mail1", 2, 1);
  await stage.tell("advance_to", { moment: morning });
});
after(() => stage.stop());

const open = (page) => stage.open({ page, at: morning });

test("card and headline name the plan that did not run", async () => {
  const { page, frame, said, close } = await open("");
  const card = frame.locator(".status-card", { hasText: "Branch office" });
  await card.locator(".tone-bad", { hasText: "Did not run" }).waitFor();
  assert.equal(await card.locator(".tone-good").count(), 0);
  assert.equal(await card.getByText("Last run", { exact: true }).count(), 0); // it did not take place
  await frame.locator(".status-card", { hasText: "Nightly" }).locator(".tone-good").first().waitFor();
  await frame.locator(".safety li", { hasText: "Branch office: did not run when it was due" }).waitFor();
  await frame.locator(".safety li", { hasText: "The newest good backup of web1 is older than its target." }).waitFor();
  assert.equal(await frame.locator(".safety-good").count(), 0);
  await picture(page, "nights-status");
  assert.deepEqual(said, []);
  await close();
});

test("the missed nights are columns of the grid and rows of the table", async () => {
  const { page, frame, said, close } = await open("reports");
  await frame.locator(".reports-table tbody tr", { hasText: "Did not run" }).nth(1).waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), frame.getByRole("button", { name: "Save as CSV" }).click()]);
  const rows = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  assert.equal(rows.filter((row) => /"MISSED"/.test(row) && /Branch office/.test(row)).length, 2, rows.join("\n"));
  await frame.getByRole("tab", { name: "At a glance" }).click();
  await frame.locator(".result-grid tbody tr").nth(1).waitFor();
  const web = frame.locator(".result-grid tbody tr", { has: frame.locator("th", { hasText: "web1" }) });
  assert.equal(await web.locator("td[data-run]").count(), 3);
  const labels = await web.locator("td[data-run]").evaluateAll((cells) => cells.map((cell) => cell.getAttribute("aria-label")));
  assert.deepEqual(labels.map((label) => /Did not run/.test(label)), [false, true, true], labels.join(" | "));
  await picture(page, "nights-grid");
  await frame.getByRole("tab", { name: "List" }).click();
  await frame.locator(".reports-table tbody tr", { hasText: "Did not run" }).first().getByRole("link").click();
  await frame.getByRole("heading", { name: /Branch office, run \d+/ }).waitFor();
  await picture(page, "nights-report");
  assert.deepEqual(said, []);
  await close();
});

test("a report on request is no better than the state of its plan", async () => {
  const { frame, close } = await open("reports");
  const before = (await stage.tell("mails")).length;
  await frame.getByRole("button", { name: "Report now" }).click();
  const dialog = frame.locator(".bx--modal.is-visible");
  await dialog.getByLabel("Backup plan").selectOption("2");
  await dialog.getByRole("button", { name: "Send" }).click();
  await dialog.getByText("Delivered").waitFor();
  const mails = await stage.tell("mails");
  assert.equal(mails.length, before + 1);
  assert.match(mails.at(-1).subject, /🕳 Backup did not run: Branch office/u);
  await close();
});
