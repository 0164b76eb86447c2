//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Applications × runs, for the picture of the last nights.

import { compareNames } from "./names.js";
import { badness, inRun, verdictOf, verdictTone } from "./outcomes.js";

/// {runs, rows}: runs oldest first; each row has the application and one cell per run, null where the run did
/// not have it; six thousand cells are usual. Failures first: by the newest verdict, then by how much went wrong, then by name.
export function toGrid({ runs, modules }) {
  const ordered = [...runs].reverse();
  const rows = modules.map((module) => {
    const byRun = new Map(module.results.map((result) => [result.run, result]));
    const cells = ordered.map((run) => (byRun.has(run.id) ? inRun(byRun.get(run.id), run) : null));
    const known = cells.filter((cell) => cell?.verdict);
    return {
      module: module.module,
      name: module.ui_name || "",
      node: module.node,
      cells,
      newest: known.length ? badness(known.at(-1)) : -1,
      wrong: known.filter((cell) => verdictTone(verdictOf(cell)) !== "good").length,
    };
  });
  rows.sort((a, b) => b.newest - a.newest || b.wrong - a.wrong || compareNames(a.module, b.module));
  return { runs: ordered, rows };
}

/// One application over time: [{run, begin, bytes, seconds}], oldest first, without runs that tell neither.
export function toSeries({ runs, modules }, name) {
  const results = modules.find((module) => module.module === name)?.results ?? [];
  const byRun = new Map(results.map((result) => [result.run, result]));
  return [...runs].reverse().flatMap((run) => {
    const result = byRun.get(run.id);
    if (!result || (result.size_bytes === null && result.seconds === null)) return [];
    return [{ run, bytes: result.size_bytes, seconds: result.seconds }];
  });
}
