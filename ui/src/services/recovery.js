//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Recovery points of get-overview: how old the newest good data of each application is.

export const RECOVERY_STATES = ["over", "never", "unknown"];

/// Those of which it cannot be said that their data is recent enough; the worst first, as the daemon sorts them.
export function openPoints(recovery) {
  return recovery.filter(({ state }) => RECOVERY_STATES.includes(state));
}

/// Never better than the worst of them.
export function recoveryTone(recovery) {
  const states = new Set(recovery.map(({ state }) => state));
  if (states.has("over") || states.has("never")) return "warn";
  return states.has("unknown") ? "wait" : "good";
}
