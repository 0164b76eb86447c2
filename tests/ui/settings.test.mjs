//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openStage, picture } from "./stage.mjs";

let stage;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1"]] } });
  await stage.tell("configure");
});
after(() => stage.stop());

/// What the form says below a field, once it says something.
async function told(frame, label) {
  const field = frame.locator(".bx--form-item", { has: frame.getByLabel(label, { exact: true }) });
  const text = field.locator(".bx--form-requirement").filter({ hasText: /./ });
  await text.first().waitFor();
  return (await text.allTextContents()).map((each) => each.trim()).join("");
}

const SLIPS = [
  ["Recipients", "", "Give at least 1."],
  ["Recipients", "a@example.org\nnobody", "Line 2: “nobody” is not a mail address."],
  ["Recipients", "a@example.org\nA@example.org", "Line 2: “A@example.org” is there twice."],
  ["Sender", "x", "Too short: at least 3 characters."],
  ["Sender", "nobody", "This is not an address that mail can come from."],
  ["Subject prefix", "x".repeat(101), "Too long: at most 100 characters."],
  ["Wait after an alert, in seconds", "3601", "At most 3600."],
  ["Recent window, in seconds", "59", "At least 60."],
  ["Time for one repository, in seconds", "soon", "Give a whole number."],
];

test("a slip is told at its field, before any task is made", async () => {
  const { page, frame, said, close } = await stage.open({ page: "settings" });
  await frame.getByRole("button", { name: "Advanced" }).click();
  for (const [label, text, error] of SLIPS) {
    const field = frame.getByLabel(label, { exact: true });
    const before = await field.inputValue();
    await field.fill(text);
    await frame.getByRole("button", { name: "Save", exact: true }).click();
    assert.equal(await told(frame, label), error, label);
    assert.equal(await field.evaluate((element) => element === document.activeElement), true, `${label} has the focus`);
    await field.fill(before);
  }
  await picture(page, "settings-advanced");
  assert.deepEqual((await page.evaluate(() => window.emitted)).filter((event) => event.startsWith("configure-module")), []);
  assert.deepEqual(said, []);
  await close();
});

test("what only the node can know is told at its field: there is no VPN", async () => {
  const { frame, close } = await stage.open({ page: "settings" });
  await frame.getByRole("button", { name: "Advanced" }).click();
  await frame.getByLabel("Where the webhook listens").selectOption("vpn");
  await frame.getByRole("button", { name: "Save", exact: true }).click();
  assert.equal(await told(frame, "Where the webhook listens"), "This node has no address in the cluster VPN.");
  await close();
});

test("another instance is named, and may be put up with", async () => {
  await stage.tell("add_rival");
  const { page, frame, close } = await stage.open({ page: "settings" });
  await frame.getByText("In use: backup-monitor2.").waitFor();
  await frame.getByRole("button", { name: "Save", exact: true }).click();
  await frame.locator(".settings-force").getByText("Another instance is enabled: backup-monitor2.").waitFor();
  await picture(page, "settings-rival");
  await frame.getByText("Start this one anyway", { exact: true }).click();
  await frame.getByRole("button", { name: "Save", exact: true }).click();
  await frame.locator(".bx--inline-notification").getByText("Saved. The service runs with these settings.").waitFor();
  await close();
});

test("the relay that is off is told, with the way to its settings", async () => {
  await stage.tell("set_relay", { enabled: false });
  const { page, frame, close } = await stage.open({ page: "settings" });
  await frame.getByText("The cluster's mail relay is off").waitFor();
  await frame.getByRole("button", { name: "Open the relay's settings" }).click();
  assert.match(page.url(), /#\/settings\/smarthost$/);
  await stage.tell("set_relay", { enabled: true });
  await close();
});

test("the token is there when it is asked for, and nowhere else", async () => {
  const { page, frame, said, close } = await stage.open({ page: "settings" });
  const token = await stage.tell("token");
  await frame.getByText("http://127.0.0.1:").first().waitFor();
  assert.equal((await frame.locator("body").innerHTML()).includes(token), false);
  await frame.getByRole("button", { name: "Show the token" }).click();
  await frame.getByText(token).waitFor();
  await picture(page, "settings-webhook");
  await frame.getByRole("button", { name: "Hide the token" }).click();
  assert.equal((await frame.locator("body").innerHTML()).includes(token), false);
  assert.deepEqual(said, []);
  await close();
});

test("the webhook's address is copied, with the browser's clipboard or without", async () => {
  const { page, frame, close } = await stage.open({ page: "settings" });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const field = frame.locator(".copy-text", { hasText: "Webhook address" });
  const address = await field.locator("pre").textContent();
  const inClipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const refuse = (name) => frame.locator("body").evaluate((body, refused) => {
    if (refused === "clipboard") navigator.clipboard.writeText = () => Promise.reject(new DOMException("refused", "NotAllowedError"));
    else document.execCommand = () => false;
  }, name);
  for (const refused of [null, "clipboard"]) {
    if (refused) await refuse(refused);
    await page.evaluate(() => navigator.clipboard.writeText("before"));
    await field.getByRole("button").click();
    await field.getByRole("button", { name: "Copied" }).waitFor();
    await frame.locator("[role=status]", { hasText: "Copied" }).waitFor({ state: "attached" });
    assert.equal(await inClipboard(), address);
  }
  await refuse("command");
  await page.evaluate(() => navigator.clipboard.writeText("before"));
  await field.getByRole("button").click();
  await field.getByText("The text is selected: press Ctrl+C.").waitFor();
  assert.equal(await frame.locator("body").evaluate(() => window.getSelection().toString()), address);
  assert.equal(await inClipboard(), "before");
  await picture(page, "settings-not-copied");
  await close();
});

test("a failed task says what went wrong, and leaves the form as it was", async () => {
  await stage.tell("fail", { action: "configure-module", error: "the service was not ready in 30 s\n<b>it said</b>\n" });
  const { page, frame, said, close } = await stage.open({ page: "settings" });
  await frame.getByLabel("Sender", { exact: true }).fill("other@example.org");
  await frame.getByText("Start this one anyway", { exact: true }).click();
  await frame.getByRole("button", { name: "Save", exact: true }).click();
  await frame.getByText("The settings were not saved").waitFor();
  assert.equal(await frame.locator(".failure-said").textContent(), "the service was not ready in 30 s\n<b>it said</b>");
  assert.equal(await frame.getByLabel("Sender", { exact: true }).inputValue(), "other@example.org");
  await picture(page, "settings-failed");
  assert.deepEqual(said, []);
  await stage.tell("heal");
  await close();
});

test("what is typed after saving stays, and is not called saved", async () => {
  const { frame, said, close } = await stage.open({ page: "settings" });
  const prefix = frame.getByLabel("Subject prefix", { exact: true });
  await prefix.fill("[first]");
  await frame.getByText("Start this one anyway", { exact: true }).click();
  await stage.tell("pause", { action: "get-configuration" });
  await frame.getByRole("button", { name: "Save", exact: true }).click();
  const saved = frame.locator(".bx--inline-notification").getByText("Saved. The service runs with these settings.");
  await saved.waitFor();
  assert.equal(await prefix.isDisabled(), true);
  await stage.tell("release", { action: "get-configuration" });
  await prefix.and(frame.locator(":enabled")).fill("[second]");
  await saved.waitFor({ state: "detached" });
  assert.equal(await prefix.inputValue(), "[second]");
  assert.equal((await stage.tell("must", { action: "get-configuration" })).subject_prefix, "[first]");
  assert.deepEqual(said, []);
  await close();
});

test("a copy whose mail is held says so, and saving lets it go", async () => {
  await stage.tell("hold");
  const { page, frame, close } = await stage.open({ page: "settings" });
  await frame.getByText("Mail is held").waitFor();
  await picture(page, "settings-held");
  await frame.getByText("Start this one anyway", { exact: true }).click();
  await frame.getByRole("button", { name: "Save and start" }).click();
  await frame.locator(".bx--inline-notification").getByText("Saved. The service runs with these settings.").waitFor();
  await frame.getByText("Mail is held").waitFor({ state: "detached" });
  await close();
});

test("errors are told in Italian too", async () => {
  const { frame, close } = await stage.open({ page: "settings", language: "it-IT" });
  await frame.getByLabel("Destinatari", { exact: true }).fill("nessuno");
  await frame.getByRole("button", { name: "Salva", exact: true }).click();
  assert.equal(await told(frame, "Destinatari"), "Riga 1: «nessuno» non è un indirizzo di posta.");
  await close();
});
