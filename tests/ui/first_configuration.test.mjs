//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openStage, picture } from "./stage.mjs";

let stage;
before(async () => (stage = await openStage()));
after(() => stage.stop());

test("before the settings there is no history, and nothing failed", async () => {
  const { page, frame, said, close } = await stage.open({ page: "reports" });
  await frame.getByText("Not set up yet").waitFor();
  assert.equal(await frame.getByRole("button", { name: "Report now" }).count(), 0);
  assert.equal(await frame.locator(".bx--inline-notification").count(), 0);
  await picture(page, "reports-first");
  await frame.getByRole("button", { name: "Go to the settings" }).click();
  await frame.locator(".settings-form").waitFor();
  assert.deepEqual(said, []);
  await close();
});

test("from nothing to the first mail, without a command line", async () => {
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1", "samba1"]] } });
  const { page, frame, said, outside, close } = await stage.open();
  await frame.getByText("Not set up yet").waitFor();
  await picture(page, "status-empty");
  await frame.getByRole("button", { name: "Go to the settings" }).click();
  await frame.getByLabel("Recipients", { exact: true }).fill("admin@example.org\nteam@example.org");
  await frame.getByLabel("Sender", { exact: true }).fill("monitor@example.org");
  await picture(page, "settings-first");
  await frame.getByRole("button", { name: "Save and start" }).click();
  await frame.locator(".bx--inline-notification").getByText("Saved. The service runs with these settings.").waitFor();
  await frame.getByRole("button", { name: "Send test mail" }).click();
  await frame.locator(".deliveries li").nth(1).waitFor();
  assert.deepEqual(await frame.locator(".delivery-recipient").allTextContents(), ["admin@example.org", "team@example.org"]);
  assert.equal(await frame.locator(".deliveries .tone-good").count(), 2);
  assert.equal((await stage.tell("mails")).length, 2);
  await picture(page, "settings");
  assert.deepEqual(said, []);
  assert.deepEqual(outside, []);
  assert.deepEqual(await page.evaluate(() => window.core.waiting().filter((event) => !event.startsWith("configure"))), []);
  await close();
});
