//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// What is told of a task that failed.

const KNOWN_STATUS = [401, 403, 404, 429];

/// Errors of the actions that have a sentence of their own, each with its key.
const REFUSALS = { plan_is_unknown: "error.plan_is_unknown", request_in_progress: "error.request_in_progress" };

function refusalKey(errors = []) {
  const known = errors.find(({ error }) => error in REFUSALS);
  return known ? REFUSALS[known.error] : "error.validation_failed";
}

/// The key of the sentence that explains a TaskFailure.
export function failureKey(failure) {
  if (failure?.kind === "timeout") return failure.changes ? "error.timeout_change" : "error.timeout";
  if (failure?.kind === "aborted") return "error.aborted";
  if (failure?.kind === "validation-failed") return refusalKey(failure.errors);
  if (failure?.late) return "error.network_timeout";
  if (failure?.kind === "refused" && failure.status === null) return "error.network_error";
  if (KNOWN_STATUS.includes(failure?.status)) return `error.${failure.status}`;
  return "error.generic_error";
}

const MOST_LINES = 12;

/// What the action itself said last: its standard error without the empty lines at the end.
export function saidLast(failure) {
  return String(failure?.said ?? "").trimEnd().split("\n").slice(-MOST_LINES).join("\n");
}
