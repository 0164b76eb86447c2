//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// cluster-admin's web socket can break while a task is under way. The page then asks for the task's result once before
// it gives up, and says what to do if there is none. The time that it waits is let pass by the browser's clock.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openStage, picture } from "./stage.mjs";

const READING = 60_000; // ms: src/services/actions.js
const MAILING = 90_000;
const CONFIGURING = 240_000;
let stage;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1"]] } });
  await stage.tell("configure");
  await stage.tell("back_up", { plan: "1", results: { mail1: 0 } });
});
after(() => stage.stop());

/// A page whose host hears nothing any more, and whose clock obeys.
async function openLost(page, ready) {
  const opened = await stage.open({ page });
  await opened.frame.locator(ready).first().waitFor();
  await opened.page.evaluate(() => window.loseSocket());
  await opened.page.clock.install();
  return opened;
}

/// The next such task: its URL, once it was created.
async function created(page, action) {
  const isIt = (response) => response.request().method() === "POST" && response.request().postDataJSON()?.action === action;
  const response = await page.waitForResponse(isIt);
  return `${response.url().replace(/s$/, "")}/${(await response.json()).data.id}/status`;
}

/// Until the cluster has the task's result.
async function isDone(url) {
  const deadline = Date.now() + 20_000;
  const headers = { Authorization: "Bearer token-of-the-test" };
  while (!(await fetch(url, { headers })).ok) if (Date.now() > deadline) throw new Error(`${url} has no result`);
}

async function asked(page) {
  return (await page.evaluate(() => window.core.waiting())).filter((event) => !event.startsWith("configureKeyboard"));
}

test("what was done all the same is told as done", async () => {
  const { page, frame, close } = await openLost("settings", ".settings-form");
  const task = created(page, "configure-module");
  await frame.getByRole("button", { name: "Save", exact: true }).click();
  await isDone(await task);
  const again = created(page, "get-configuration");
  await page.clock.fastForward(CONFIGURING);
  await frame.locator(".bx--inline-notification").getByText("Saved. The service runs with these settings.").waitFor();
  await isDone(await again);
  await page.clock.fastForward(READING);
  await frame.getByRole("button", { name: "Save", exact: true }).waitFor();
  assert.deepEqual(await asked(page), []);
  await close();
});

test("what failed or was refused is told as that", async () => {
  const { page, frame, close } = await openLost("settings", ".settings-form");
  await page.route("**/api/module/*/tasks", (route) => {
    const sent = route.request().postDataJSON();
    route.continue({ postData: JSON.stringify({ ...sent, data: { ...sent.data, sender: "nobody" } }) });
  });
  const refused = created(page, "configure-module");
  await frame.getByRole("button", { name: "Save", exact: true }).click();
  await isDone(await refused);
  await page.clock.fastForward(CONFIGURING);
  await frame.locator(".bx--form-requirement").getByText("This is not an address that mail can come from.").waitFor();
  await page.unroute("**/api/module/*/tasks");
  await stage.tell("fail", { action: "configure-module", error: "the disk is full" });
  const failed = created(page, "configure-module");
  await frame.getByRole("button", { name: "Save", exact: true }).click();
  await isDone(await failed);
  await page.clock.fastForward(CONFIGURING);
  await frame.getByText("the disk is full").waitFor();
  await stage.tell("heal");
  await close();
});

test("a reading task without any result is given up, and can be tried again", async () => {
  const { page, frame, close } = await openLost("about", ".about-head");
  await stage.tell("pause", { action: "list-reports" });
  const lost = created(page, "list-reports");
  await frame.getByRole("link", { name: "Reports" }).click();
  const url = await lost;
  const answers = [];
  page.on("response", (response) => response.url() === url && answers.push(response.status()));
  await page.clock.fastForward(READING);
  await frame.getByText("The request timed out and the cluster has no result for it. Check the connection and try again.").waitFor();
  assert.deepEqual(answers, [400]);
  await picture(page, "lost-reports");
  await stage.tell("release", { action: "list-reports" });
  const second = created(page, "list-reports");
  await frame.getByRole("button", { name: "Try again" }).click();
  await isDone(await second);
  await page.clock.fastForward(READING);
  await frame.locator(".reports-table tbody a").first().waitFor();
  await close();
});

test("a task that mails warns that it may still happen", async () => {
  const { page, frame, close } = await openLost("settings", ".settings-form");
  await stage.tell("pause", { action: "send-test-mail" });
  const task = created(page, "send-test-mail");
  await frame.getByRole("button", { name: "Send test mail" }).click();
  await task;
  await page.clock.fastForward(MAILING);
  await frame.getByText("It may still happen: wait a minute and look before you try again.").waitFor();
  await frame.getByRole("button", { name: "Send test mail" }).and(frame.locator(":enabled")).waitFor();
  await stage.tell("release", { action: "send-test-mail" });
  await close();
});
