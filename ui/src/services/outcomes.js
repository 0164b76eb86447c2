//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The words of src/model/verdict.cc, from the best to the worst, and the tone in which each is shown.

export const OUTCOMES = ["SUCCESS", "INCOMPLETE", "PARTIAL", "MISSED", "REPO_FAILURE"];
/// The last but one is no verdict of NS8: it says success, and there is no snapshot.
export const VERDICTS = ["succeeded", "not_finished", "never_ran", "saved_with_errors", "without_snapshot", "failed"];

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
  without_snapshot: "warn",
  failed: "bad",
};
const SIGNS = { good: "✓", warn: "!", wait: "…", bad: "✕", none: "·" };

const outcomeTone = (outcome) => OUTCOME_TONES[outcome] ?? "none";
/// What is known of one application in one run.
export const verdictOf = ({ verdict, without_snapshot: unconfirmed }) => (unconfirmed ? "without_snapshot" : verdict);
/// How many applications of a run's head were saved, as far as it is known: a success without a snapshot is none.
export const savedIn = ({ succeeded, without_snapshot: unconfirmed }) => succeeded - unconfirmed;
// As the phrase of a mail (src/model/verdict.h): never better than the worst application.
const isUnconfirmed = ({ outcome, without_snapshot: unconfirmed }) => (outcome === "SUCCESS" || outcome === "INCOMPLETE") && unconfirmed > 0;
const hasErrorsSoFar = ({ outcome, errors_so_far: errors }) => !outcome && errors > 0;
const isBeingChecked = ({ outcome, state }) => !outcome && state === "being_checked";
/// The tone and the key of the text of a run's head: no success where snapshots are missing; until it is judged,
/// what it is doing, and whether NS8 has reported errors.
export function runTone(run) {
  if (hasErrorsSoFar(run) || isUnconfirmed(run)) return "warn";
  if (isBeingChecked(run)) return "wait";
  return outcomeTone(run.outcome);
}
export function runKey(run) {
  if (isUnconfirmed(run)) return "outcome.not_confirmed";
  if (isBeingChecked(run)) return hasErrorsSoFar(run) ? "outcome.being_checked_errors" : "outcome.being_checked";
  return hasErrorsSoFar(run) ? "outcome.open_errors" : outcomeKey(run.outcome);
}
export const verdictTone = (verdict) => VERDICT_TONES[verdict] ?? "none";
/// So that nobody depends on colours.
export const toneSign = (tone) => SIGNS[tone];
/// The daemon's one order of "worst first": of rows with a verdict the larger rank is the worse.
export const badness = ({ verdict, rank }) => (verdict ? rank : -1);

/// The key of an outcome's text; an open run has none yet.
export const outcomeKey = (outcome) => `outcome.${OUTCOMES.includes(outcome) ? outcome : "open"}`;
export const verdictKey = (verdict) => `verdict.${VERDICTS.includes(verdict) ? verdict : "pending"}`;
