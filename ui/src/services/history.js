//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The history of runs: pages of it, and rows to show.

import { toUnix } from "../format/time.js";
import { separatorOf, toCsv } from "./csv.js";
import { runKey, runTone, savedIn } from "./outcomes.js";

export const PAGE = 100; // a task costs about half a second, whatever it brings
const WHOLE_PAGE = 1000; // the most that list-reports gives at once

/// A run as one flat row: what is sorted, searched and shown.
export function toRow(run) {
  const begin = toUnix(run, "begin");
  const end = toUnix(run, "end");
  return {
    id: run.id,
    begin,
    plan: run.plan.name || run.plan.id,
    tone: runTone(run),
    outcomeKey: runKey(run),
    modules: run.modules,
    succeeded: savedIn(run),
    seconds: begin === null || end === null ? null : end - begin,
  };
}

/// Rows that contain each word of `search` in one of `texts(row)`, whatever the case.
export function matching(rows, search, texts) {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return rows;
  return rows.filter((row) => {
    const text = texts(row).join(" ").toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/// Every run of a filter, page by page.
export async function wholeHistory(actions, filter) {
  const runs = [];
  let before = null;
  do {
    const page = await actions.reports({ ...filter, limit: WHOLE_PAGE, ...(before === null ? {} : { before }) });
    runs.push(...page.runs);
    before = page.next_before;
  } while (before !== null);
  return runs;
}

/// `label(name)` gives the heading of a column; spreadsheets split as the language does.
export function historyCsv(runs, label, language) {
  return toCsv(
    [
      [label("run"), (run) => run.id],
      [label("plan"), (run) => run.plan.name || run.plan.id],
      [label("begin"), (run) => run.begin],
      [label("end"), (run) => run.end],
      [label("outcome"), (run) => run.outcome],
      [label("succeeded"), savedIn],
      [label("without_snapshot"), (run) => run.without_snapshot],
      [label("applications"), (run) => run.modules],
    ],
    runs,
    separatorOf(language),
  );
}
