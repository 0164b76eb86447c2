//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Much to show stays quick: times are counted from the task's answer, which is not the page's.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openStage, picture } from "./stage.mjs";

let stage;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1"]] } });
  await stage.tell("configure");
  await stage.tell("invent", { runs: 1000, modules: 200 });
});
after(() => stage.stop());

/// Milliseconds from the end of the next such task until `seen()` holds in the frame.
function watch(page, action, selector) {
  return page.evaluate(
    ([name, wanted]) =>
      new Promise((resolve) => {
        const emit = window.core.$emit.bind(window.core);
        window.core.$emit = (event, ...values) => {
          const begin = performance.now();
          emit(event, ...values);
          if (!event.startsWith(`${name}-completed`)) return;
          const look = () => {
            const frame = document.querySelector("#app-frame").contentWindow;
            if (frame.document.querySelector(wanted)) frame.requestAnimationFrame(() => resolve(performance.now() - begin));
            else setTimeout(look, 5);
          };
          look();
        };
      }),
    [action, selector],
  );
}

/// The figure is in the log, good or bad.
function assertWithin(context, limit, what, took) {
  context.diagnostic(`${what}: ${took.toFixed(0)} ms`);
  assert.equal(took < limit, true, `${what} took ${took} ms, not less than ${limit}`);
}

test("a thousand reports: the first are there within a second, and the next page within 200 ms", async (context) => {
  const { page, frame, close } = await stage.open({ page: "about" });
  await frame.locator(".about-head").waitFor();
  const first = watch(page, "list-reports", ".reports-table tbody tr:nth-child(25) a");
  await frame.getByRole("link", { name: "Reports" }).click();
  assertWithin(context, 1000, "25 rows of the first 100 reports", await first);
  const paging = await frame.locator("body").evaluate(async (body) => {
    const cell = () => body.querySelector(".reports-table tbody tr td").textContent;
    const before = cell();
    const begin = performance.now();
    body.querySelector(".bx--pagination__button--forward").click();
    while (cell() === before) await new Promise((next) => requestAnimationFrame(next));
    return performance.now() - begin;
  });
  assertWithin(context, 200, "the next page", paging);
  await frame.getByText("100 reports are shown").waitFor();
  await frame.getByRole("button", { name: "Show older reports" }).click();
  await frame.getByText("200 reports are shown").waitFor();
  await picture(page, "long-reports");
  await close();
});

test("of two hundred applications over thirty runs a screenful is drawn within a second, then the rest", async (context) => {
  const { page, frame, close } = await stage.open({ page: "reports" });
  await frame.locator(".reports-table tbody a").first().waitFor();
  const drawn = watch(page, "list-results", ".result-grid tbody tr:nth-child(40)");
  await frame.getByRole("tab", { name: "At a glance" }).click();
  assertWithin(context, 1000, "40 rows of the picture", await drawn);
  await frame.locator(".result-grid tbody tr:nth-child(200)").waitFor();
  assert.equal(await frame.locator(".result-grid td").count(), 6000);
  await picture(page, "long-picture");
  await close();
});

test("a narrow screen can be paged too", async () => {
  const { page, frame, close } = await stage.open({ page: "reports", width: 400, height: 800 });
  await frame.locator(".reports-table tbody tr:nth-child(25) a").waitFor();
  await frame.getByRole("button", { name: "Next page" }).click();
  await frame.locator(".bx--pagination__left").getByText("26-50 of 100").waitFor();
  await picture(page, "narrow-paging");
  await close();
});
