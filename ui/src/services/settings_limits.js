//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The limits of validator-definitions.json, so that a slip is told before a task is made. A test compares them.

export const CHOICES = {
  language: ["en", "it"],
  notify_on: ["every_run", "problems_and_recoveries", "problems"],
  log_level: ["DEBUG", "INFO", "WARNING", "ERROR"],
  repository_check: ["failed", "all", "off"],
  listen: ["loopback", "vpn"],
};

export const SWITCHES = ["alert_token_required", "read_cluster_log", "read_alerts", "read_nodes"];

export const NUMBERS = {
  wait_seconds: { min: 0, max: 3600 },
  recent_window_seconds: { min: 60, max: 604800 },
  repository_check_timeout: { min: 1, max: 3600 },
  grace_minutes: { min: 1, max: 1440 },
};

export const TEXTS = {
  sender: { min: 3, max: 254 },
  subject_prefix: { min: 0, max: 100 },
};

export const LISTS = {
  recipients: { min: 1, max: 100, each: { min: 3, max: 254 } },
  alert_names: { min: 1, max: 100, each: { min: 1, max: 200 } },
  node_zones: { min: 0, max: 100, each: { min: 1, max: 80 } },
  recovery_targets: { min: 0, max: 100, each: { min: 1, max: 80 } },
  exemptions: { min: 0, max: 100, each: { min: 1, max: 400 } },
};

/// Of these each line is one entry, whatever is in it.
export const LINES = ["node_zones", "recovery_targets", "exemptions"];

/// {min, max} of a field, for the words of an error.
export function limitsOf(field, word) {
  if (field in LISTS) return word.startsWith("array_") ? LISTS[field] : LISTS[field].each;
  return NUMBERS[field] ?? TEXTS[field] ?? {};
}
