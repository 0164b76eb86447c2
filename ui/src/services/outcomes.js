//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: GPL-3.0-or-later
//

// The words of src/model/verdict.cc, from the best to the worst, and the tone in which each is shown.

export const OUTCOMES = ["SUCCESS", "INCOMPLETE", "PARTIAL", "MISSED", "REPO_FAILURE"];
export const VERDICTS = ["succeeded", "saved_with_errors", "not_finished", "never_ran", "failed"];

const OUTCOME_TONES = {
  SUCCESS: "good",
  INCOMPLETE: "wait",
  PARTIAL: "warn",
  MISSED: "bad",
  REPO_FAILURE: "bad",
};
const VERDICT_TONES = {
  succeeded: "good",
  saved_with_errors: "warn",
  not_finished: "wait",
  never_ran: "wait",
  failed: "bad",
};
const SIGNS = { good: "✓", warn: "!", wait: "…", bad: "✕", none: "·" };
const TAGS = { good: "green", warn: "magenta", wait: "blue", bad: "red", none: "gray" };

export const outcomeTone = (outcome) => OUTCOME_TONES[outcome] ?? "none";
export const verdictTone = (verdict) => VERDICT_TONES[verdict] ?? "none";
/// So that nobody depends on colours.
export const toneSign = (tone) => SIGNS[tone];
export const toneTag = (tone) => TAGS[tone];
/// The larger, the worse; 0 for none.
export const badness = (verdict) => VERDICTS.indexOf(verdict) + 1;

/// The key of an outcome's text; an open run has none yet.
export const outcomeKey = (outcome) => `outcome.${OUTCOMES.includes(outcome) ? outcome : "open"}`;
export const verdictKey = (verdict) => `verdict.${VERDICTS.includes(verdict) ? verdict : "pending"}`;
