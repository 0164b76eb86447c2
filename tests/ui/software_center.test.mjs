//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The pictures for NS8's Software Center: 1024 × 768, of a cluster as one finds it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openStage, picture } from "./stage.mjs";

const SIZE = { width: 1024, height: 768 };
let stage;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", {
    plans: { 1: ["Nightly", ["mail1", "nextcloud1", "samba1", "webtop1"]], 2: ["Weekly to the NAS", ["mail1", "samba1"]] },
  });
  await stage.tell("configure");
  await stage.tell("back_up", { plan: "2", results: { mail1: 0, samba1: 0 } });
  await stage.tell("back_up", { plan: "1", results: { mail1: 0, nextcloud1: 0, samba1: 1, webtop1: 0 } });
});
after(() => stage.stop());

async function take(name, options, ready) {
  const { page, frame, said, close } = await stage.open({ ...SIZE, ...options });
  await frame.locator(ready).first().waitFor();
  await picture(page, `center-${name}`);
  assert.deepEqual(said, []);
  await close();
}

test("the status", () => take("status", {}, ".safety"));
test("one report", () => take("report", { page: "report", query: "&run=2" }, ".report-modules"));
test("the settings", () => take("settings", { page: "settings" }, ".settings-form"));

test("the last runs at a glance", async () => {
  await stage.tell("invent", { runs: 30, modules: 14 });
  const { page, frame, close } = await stage.open({ ...SIZE, page: "reports" });
  await frame.getByRole("tab", { name: "At a glance" }).click();
  await frame.locator("canvas").waitFor();
  await picture(page, "center-picture");
  await frame.locator("canvas").scrollIntoViewIfNeeded();
  await picture(page, "center-chart");
  await close();
});
