//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The words of src/model/verdict.cc, from the best to the worst, and the tone in which each is shown.

export const OUTCOMES = ["SUCCESS", "INCOMPLETE", "PARTIAL", "MISSED", "REPO_FAILURE"];
/// The last but one is no verdict of NS8: it says success, and there is no snapshot.
export const VERDICTS = ["succeeded", "not_finished", "never_ran", "saved_with_errors", "without_snapshot", "failed"];
/// What an application is shown as: its verdict, or that its whole run did not take place.
export const SHOWN = [...VERDICTS, "did_not_run"];

const PHRASE_TONES = {
  completed: "good",
  not_finished: "wait",
  not_confirmed: "warn",
  partially_failed: "warn",
  did_not_run: "bad",
  failed: "bad",
};
/// What the mail about a run calls it.
export const PHRASES = Object.keys(PHRASE_TONES);
const VERDICT_TONES = {
  succeeded: "good",
  saved_with_errors: "warn",
  not_finished: "wait",
  never_ran: "wait",
  without_snapshot: "warn",
  failed: "bad",
  did_not_run: "bad",
};
const SIGNS = { good: "✓", warn: "!", wait: "…", bad: "✕", none: "·" };

/// What is known of one application in one run, one of SHOWN; null while it is not judged.
export function verdictOf({ verdict, without_snapshot: unconfirmed, missed }) {
  if (missed) return "did_not_run";
  return unconfirmed ? "without_snapshot" : verdict;
}
/// What a run says of one application, with what its outcome says of all of them.
export const inRun = (module, { outcome }) => (outcome === "MISSED" ? { ...module, missed: true } : module);
/// How many applications of a run's head were saved, as far as it is known: a success without a snapshot is none.
export const savedIn = ({ succeeded, without_snapshot: unconfirmed }) => succeeded - unconfirmed;
/// What a run is doing that is not judged yet, whose phrase is null.
export function stageOf({ state, errors_so_far: errors }) {
  if (state === "alerted") return state;
  const stage = state === "being_checked" ? state : "open";
  return errors > 0 ? `${stage}_errors` : stage;
}
const STAGE_TONES = { alerted: "warn", open: "none", open_errors: "warn", being_checked: "wait", being_checked_errors: "warn" };
export const STAGES = Object.keys(STAGE_TONES);

/// The tone and the key of the text of a run's head.
export const runTone = (run) => PHRASE_TONES[run.phrase] ?? STAGE_TONES[stageOf(run)];
export const runKey = (run) => `phrase.${run.phrase in PHRASE_TONES ? run.phrase : stageOf(run)}`;
export const verdictTone = (verdict) => VERDICT_TONES[verdict] ?? "none";
/// So that nobody depends on colours.
export const toneSign = (tone) => SIGNS[tone];
/// The daemon's one order of "worst first": of rows with a verdict the larger rank is the worse.
export const badness = ({ verdict, rank }) => (verdict ? rank : -1);

export const outcomeKey = (outcome) => `outcome.${outcome}`;
export const verdictKey = (verdict) => `verdict.${SHOWN.includes(verdict) ? verdict : "pending"}`;
