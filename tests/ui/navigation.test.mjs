//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The page's place in cluster-admin's address, and what those notice of it who do not see the page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openStage, picture } from "./stage.mjs";

let stage;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1", "samba1"]], 2: ["Weekly", ["web1"]] } });
  await stage.tell("configure");
  await stage.tell("back_up", { plan: "1", results: { mail1: 0, samba1: 1 } });
  await stage.tell("back_up", { plan: "2", results: { web1: 0 } });
});
after(() => stage.stop());

const list = (frame) => frame.locator(".reports-table");
const rows = (frame) => list(frame).locator("tbody tr", { has: frame.locator("a") });

async function seesOnlyWeekly(frame) {
  await list(frame).locator("td", { hasText: "Weekly" }).waitFor();
  await list(frame).locator("td", { hasText: "Nightly" }).waitFor({ state: "detached" });
  assert.equal(await rows(frame).count(), 1);
  assert.equal(await list(frame).getByLabel("Backup plan").inputValue(), "2");
}

test("back, forward and a reload keep the page and its filter", async () => {
  const { page, frame, said, close } = await stage.open({ page: "reports" });
  await rows(frame).nth(1).waitFor();
  await list(frame).getByLabel("Backup plan").selectOption("2");
  await seesOnlyWeekly(frame);
  await rows(frame).getByRole("link").click();
  await frame.getByRole("heading", { name: /Weekly, run \d+/ }).waitFor();
  await page.goBack();
  await seesOnlyWeekly(frame);
  await page.goForward();
  await frame.getByRole("heading", { name: /Weekly, run \d+/ }).waitFor();
  await page.reload();
  await frame.getByRole("heading", { name: /Weekly, run \d+/ }).waitFor();
  await page.goBack();
  await seesOnlyWeekly(frame);
  await page.reload();
  await seesOnlyWeekly(frame);
  await list(frame).getByLabel("Backup plan").selectOption("");
  await rows(frame).nth(1).waitFor();
  assert.deepEqual(said, []);
  await close();
});

test("an address asks the cluster for what its page shows, and for nothing else", async () => {
  const pages = { about: ["get-configuration"], reports: ["get-overview", "list-reports"], settings: ["get-configuration"], status: ["get-configuration", "get-overview"] };
  for (const [name, actions] of Object.entries(pages)) {
    const { page, frame, close } = await stage.open();
    await frame.locator(".status-card").first().waitFor();
    const asked = [];
    page.on("request", (request) => request.method() === "POST" && asked.push(request.postDataJSON().action));
    await page.goto(`${page.url().split("?page")[0].replace(/[?]page=.*/, "")}?page=${name}`);
    await page.reload();
    await frame.locator(".page-head").waitFor();
    await page.waitForFunction(() => window.core.waiting().every((event) => event.startsWith("configureKeyboard")));
    assert.deepEqual([...new Set(asked)].sort(), ["get-name", ...actions].sort(), name);
    await close();
  }
});

test("a part of the page that is gone, as after an update, is told with what helps", async () => {
  const { page, frame, close } = await stage.open({ page: "status" });
  await frame.locator(".status-card").first().waitFor();
  await page.route("**/js/Settings*.js", (route) => route.fulfill({ status: 404 }));
  await frame.getByRole("link", { name: "Settings" }).click();
  await frame.getByText("A part of this page could not be loaded").waitFor();
  assert.equal(await frame.locator(".status-card").count(), 0);
  await page.unroute("**/js/Settings*.js");
  await frame.getByRole("button", { name: "Reload the page" }).click();
  await frame.locator(".settings-form").waitFor();
  await close();
});

test("a filter is no step of its own for going back", async () => {
  const { page, frame, close } = await stage.open({ page: "about" });
  await frame.getByRole("link", { name: "Reports" }).click();
  await rows(frame).nth(1).waitFor();
  await list(frame).getByLabel("Outcome").selectOption("SUCCESS");
  await list(frame).locator("td", { hasText: "Nightly" }).waitFor({ state: "detached" });
  await page.goBack();
  await frame.locator(".about-head").waitFor();
  await close();
});

test("the picture and its plan are in the address too", async () => {
  const { page, frame, close } = await stage.open({ page: "reports" });
  await frame.getByRole("tab", { name: "At a glance" }).click();
  await frame.locator(".result-grid tbody tr").nth(2).waitFor();
  assert.match(page.url(), /view=picture/);
  const picturePlan = frame.locator("#reports-picture").getByLabel("Backup plan");
  assert.deepEqual((await picturePlan.locator("option").allTextContents()).map((text) => text.trim()), ["All plans", "Nightly", "Weekly"]);
  await picturePlan.selectOption("2");
  await frame.locator(".result-grid tbody th", { hasText: "samba1" }).waitFor({ state: "detached" });
  await page.reload();
  await frame.locator(".result-grid tbody th", { hasText: "web1" }).waitFor();
  assert.equal(await frame.locator(".result-grid tbody tr").count(), 1);
  await close();
});

test("a language without texts is English, with English dates", async () => {
  const { page, frame, said, close } = await stage.open({ language: "de", page: "reports" });
  await rows(frame).nth(1).waitFor();
  assert.equal(await frame.locator("html").getAttribute("lang"), "en");
  await frame.getByRole("heading", { name: "Reports" }).waitFor();
  assert.match(await rows(frame).getByRole("link").first().textContent(), /^[A-Z][a-z]{2} \d+, \d{4}, \d+:\d\d\s[AP]M$/u);
  await picture(page, "german-reports");
  assert.deepEqual(said, []);
  await close();
});

test("the focus goes to the heading of the next page, and is left to cluster-admin at first", async () => {
  const { page, frame, close } = await stage.open({ page: "status" });
  await frame.locator(".status-card").first().waitFor();
  assert.equal(await frame.locator("h2").evaluate((heading) => heading === document.activeElement), false);
  await frame.getByRole("link", { name: "Settings" }).click();
  await frame.locator("h2:focus", { hasText: "Settings" }).waitFor();
  await page.goBack();
  await frame.locator("h2:focus", { hasText: "Status" }).waitFor();
  await close();
});

test("what a task came to is told to those who listen", async () => {
  const { frame, close } = await stage.open({ page: "reports" });
  const status = frame.locator("[role=status].bx--visually-hidden");
  await status.getByText("2 reports").waitFor({ state: "attached" });
  await list(frame).getByLabel("Outcome").selectOption("MISSED");
  await status.getByText("No report").waitFor({ state: "attached" });
  await frame.getByRole("link", { name: "Settings" }).click();
  await frame.locator(".settings-form").waitFor();
  await frame.getByRole("button", { name: "Send test mail" }).click();
  await status.getByText("admin@example.org: Delivered").waitFor({ state: "attached" });
  await frame.getByRole("button", { name: "Save", exact: true }).click();
  await status.getByText("Saved. The service runs with these settings.").waitFor({ state: "attached" });
  await stage.tell("fail", { action: "send-test-mail", error: "no" });
  await frame.getByRole("button", { name: "Send test mail" }).click();
  await frame.getByRole("alert").filter({ hasText: "The test mail was not sent" }).waitFor();
  await stage.tell("heal");
  await close();
});

test("the picture of runs is one stop for the tabulator, and each of its cells says what it is", async () => {
  const { page, frame, close } = await stage.open({ page: "reports", query: "&view=picture" });
  await frame.locator(".result-grid tbody tr").nth(2).waitFor();
  const grid = frame.getByRole("grid", { name: "Last runs of each application, failures first" });
  assert.equal(await grid.locator('[tabindex="0"]').count(), 1);
  assert.equal(await grid.getByRole("columnheader").count(), 3);
  assert.equal(await grid.getByRole("rowheader").count(), 3);
  const names = await grid.getByRole("gridcell").evaluateAll((cells) => cells.map((cell) => cell.getAttribute("aria-label")));
  assert.match(names[0], /^samba1, Nightly, .+: Failed$/);
  assert.match(names[1], /^samba1, Weekly, .+: Not in this run$/);
  await frame.locator("#reports-picture").getByLabel("Backup plan").focus();
  await page.keyboard.press("Tab");
  await frame.locator(".result-grid thead a:focus").waitFor();
  await page.keyboard.press("ArrowDown");
  await frame.locator('td:focus[aria-label^="samba1, Nightly"]').waitFor();
  await picture(page, "picture-keyboard");
  await page.keyboard.press("ArrowLeft");
  await frame.locator("button:focus", { hasText: "samba1" }).waitFor();
  await page.keyboard.press("ArrowRight");
  assert.equal(await grid.locator('[tabindex="0"]').count(), 1);
  await page.keyboard.press("Enter");
  await frame.getByRole("heading", { name: /Nightly, run \d+/ }).waitFor();
  await close();
});

test("nothing moves for those who do not want it", async () => {
  const { page, frame, close } = await stage.open({ page: "about" });
  await frame.locator(".about-head").waitFor();
  const duration = () => frame.locator("#main-content").evaluate((main) => {
    main.insertAdjacentHTML("beforeend", '<p class="bx--skeleton__text" id="moves"></p>');
    const seconds = parseFloat(getComputedStyle(document.querySelector("#moves"), "::before").animationDuration);
    document.querySelector("#moves").remove();
    return seconds;
  });
  await page.emulateMedia({ reducedMotion: "no-preference" });
  assert.equal((await duration()) > 0.1, true);
  await page.emulateMedia({ reducedMotion: "reduce" });
  assert.equal((await duration()) < 0.01, true);
  await close();
});
