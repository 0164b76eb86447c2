//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// What a report says of each application.

import { toUnix } from "../format/time.js";
import { compareNames } from "./names.js";

export function ordered(modules) {
  return [...modules].sort(
    (a, b) => (b.rank ?? 0) - (a.rank ?? 0) || compareNames(a.module, b.module),
  );
}

export const sizeOf = (module) => module.record?.size_bytes ?? null;

export function secondsOf(module) {
  const started = toUnix(module.record, "started");
  const ended = toUnix(module.record, "ended");
  return started === null || ended === null ? null : ended - started;
}

/// Sentences on one application: the report's own, the words of what could not read its repository, and the
/// error that NS8 stored. Nothing twice.
export function linesOf(module) {
  const lines = [...module.says, module.finding?.words, module.record?.error_text].filter(Boolean);
  return [...new Set(lines)];
}
