//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Each page, wide and narrow, in both languages, to axe and on a picture.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openStage, picture, seriousFindings } from "./stage.mjs";

let stage;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1", "samba1"]] } });
  await stage.tell("configure");
  await stage.tell("back_up", { plan: "1", results: { mail1: 0, samba1: 1 } });
});
after(() => stage.stop());

const PAGES = {
  status: { ready: ".status-card .facts" },
  reports: { ready: ".reports-table tbody a" },
  report: { query: "&run=1", ready: ".report-modules" },
  settings: { ready: ".settings-form" },
  about: { ready: ".about-head" },
};
const LOOKS = { wide: { width: 1300, height: 900 }, narrow: { width: 400, height: 800 }, italian: { language: "it", width: 1024, height: 768 } };

for (const [name, { query, ready }] of Object.entries(PAGES)) {
  for (const [look, options] of Object.entries(LOOKS)) {
    test(`${name}, ${look}`, async () => {
      const { page, frame, said, close } = await stage.open({ page: name, query, ...options });
      await frame.locator(ready).first().waitFor();
      await frame.locator(".bx--skeleton, .bx--skeleton__text").first().waitFor({ state: "detached" });
      await picture(page, `${look}-${name}`);
      assert.deepEqual(await seriousFindings(page), []);
      const wide = await frame.locator("body").evaluate((body) => body.scrollWidth - body.clientWidth);
      assert.equal(wide <= 0, true, `${wide} pixels stick out`);
      if (look === "italian") assert.equal(await frame.locator("html").getAttribute("lang"), "it");
      assert.deepEqual(said, []);
      await close();
    });
  }
}

test("what axe would find is found in the frame too", async () => {
  const { page, frame, close } = await stage.open({ page: "about" });
  await frame.locator(".about-head").waitFor();
  await frame.locator("#main-content").evaluate((main) => main.insertAdjacentHTML("beforeend", "<input><img src=x>"));
  assert.deepEqual((await seriousFindings(page)).map((found) => found.split(":")[0]), ["image-alt", "label"]);
  await close();
});

test("the picture of runs has no serious finding", async () => {
  const { page, frame, close } = await stage.open({ page: "reports" });
  await frame.getByRole("tab", { name: "At a glance" }).click();
  await frame.locator(".result-grid tbody tr").first().waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  await close();
});

test("the menu is reached and used with the keyboard alone", async () => {
  const { page, frame, close } = await stage.open({ page: "about" });
  await frame.locator(".about-head").waitFor();
  await frame.getByRole("link", { name: "Settings" }).focus();
  await page.keyboard.press("Enter");
  await frame.locator(".settings-form").waitFor();
  assert.equal(await frame.locator("[aria-current=page]").first().textContent().then((text) => text.trim()), "Settings");
  await close();
});
