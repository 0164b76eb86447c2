//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: GPL-3.0-or-later
//

// The words of src/model/verdict.cc, from the best to the worst, and the tone in which each is shown.

export const OUTCOMES = ["SUCCESS", "INCOMPLETE", "PARTIAL", "MISSED", "REPO_FAILURE"];
/// The last but one is no verdict of NS8: it says success, and its repository holds no snapshot.
export const VERDICTS = ["succeeded", "saved_with_errors", "not_finished", "never_ran", "without_snapshot", "failed"];

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
  without_snapshot: "bad",
  failed: "bad",
};
const SIGNS = { good: "✓", warn: "!", wait: "…", bad: "✕", none: "·" };

const outcomeTone = (outcome) => OUTCOME_TONES[outcome] ?? "none";
/// What is known of one application in one run.
export const verdictOf = ({ verdict, without_snapshot: unconfirmed }) => (unconfirmed ? "without_snapshot" : verdict);
/// How many applications of a run's head were saved, as far as it is known: a success without a snapshot is none.
export const savedIn = ({ succeeded, without_snapshot: unconfirmed }) => succeeded - unconfirmed;
const isHollow = ({ outcome, without_snapshot: unconfirmed }) => outcome === "SUCCESS" && unconfirmed > 0;
/// The tone and the key of the text of a run's head: no success where snapshots are missing.
export const runTone = (run) => (isHollow(run) ? "bad" : outcomeTone(run.outcome));
export const runKey = (run) => (isHollow(run) ? "outcome.without_snapshot" : outcomeKey(run.outcome));
export const verdictTone = (verdict) => VERDICT_TONES[verdict] ?? "none";
/// So that nobody depends on colours.
export const toneSign = (tone) => SIGNS[tone];
/// The larger, the worse; 0 for none.
export const badness = (verdict) => VERDICTS.indexOf(verdict) + 1;

/// The key of an outcome's text; an open run has none yet.
export const outcomeKey = (outcome) => `outcome.${OUTCOMES.includes(outcome) ? outcome : "open"}`;
export const verdictKey = (verdict) => `verdict.${VERDICTS.includes(verdict) ? verdict : "pending"}`;
