//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Whatever configure-module refuses is told at its field, in words. The page's own check would catch most of it
// before there is a task; so the form is good here, and its request is changed on its way to the cluster, as by a
// page that is older than the module. The steps that refuse are the module's own.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { REFUSALS } from "./refusals.mjs";
import { openStage, picture, seriousFindings } from "./stage.mjs";

const TOLD = ".bx--form-requirement, .field-error, .settings-form .bx--inline-notification--error .bx--inline-notification__subtitle";
let stage;
let window;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1"]] } });
  await stage.tell("configure");
  window = await stage.open({ page: "settings" });
  await window.frame.locator(".settings-form").waitFor();
});
after(() => stage.stop());

/// Lays `change` over the next request of configure-module.
async function changeRequest(page, { change, whole }) {
  await page.unroute("**/api/module/*/tasks");
  await page.route("**/api/module/*/tasks", (route) => {
    const task = route.request().postDataJSON();
    if (task.action !== "configure-module") return route.continue();
    return route.continue({ postData: JSON.stringify({ ...task, data: whole ?? { ...task.data, ...change } }) });
  });
}

/// What is told, and whether it is told in the field of that label; the end of the form where there is none.
async function told(frame, label) {
  const texts = frame.locator(TOLD).filter({ hasText: /\S/ });
  await texts.first().waitFor();
  const said = (await texts.allTextContents()).map((text) => text.trim());
  if (!label) return { said, isThere: true };
  const field = frame.locator(".switch-field, .settings-force, .bx--form-item").filter({ has: frame.getByLabel(label) }).filter({ has: texts });
  return { said, isThere: (await field.count()) > 0 };
}

for (const refusal of REFUSALS) {
  test(`${refusal.field}: ${refusal.error}`, async () => {
    const { page, frame } = window;
    if (refusal.scene) await stage.tell(refusal.scene);
    await changeRequest(page, refusal);
    const answer = page.evaluate(() => new Promise((resolve) => {
      const emit = window.core.$emit.bind(window.core);
      window.core.$emit = (event, ...values) => {
        emit(event, ...values);
        if (event.startsWith("configure-module-validation-failed")) resolve(values[0]);
      };
    }));
    await frame.getByRole("button", { name: "Save", exact: true }).click();
    assert.deepEqual((await answer).map(({ field, error }) => ({ field, error })), [{ field: refusal.field, error: refusal.error }]);
    assert.deepEqual(await told(frame, refusal.label), { said: [refusal.says], isThere: true });
    if (refusal.label) await frame.locator(":focus").and(frame.getByLabel(refusal.label)).waitFor();
  });
}

test("the form with an error has no serious finding", async () => {
  const { page, said } = window;
  assert.deepEqual(await seriousFindings(page), []);
  await picture(page, "settings-refused");
  assert.deepEqual(said, []);
});
