//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Every error that configure-module can give, the request that meets it, and what the form says of it, in English.
// A test of ui/ compares `field` and `error` with the module's schema and steps; settings_refused.test.mjs shows
// each to the page. A number in `field` is the position in a list.

const TEXT = "Unexpected value. Reload the page and try again.";
const OLD = "Page and module versions differ (after an update). Reload the page and try again.";
const CHOICE = "Choose one of the list.";
const NUMBER = "Give a whole number.";

const address = (length) => `${"a".repeat(length - 12)}@example.org`;
const many = Array.from({ length: 101 }, (_, at) => `u${at}@example.org`);

/// A choice, and a number with its limits: they fail alike.
const choice = (field, label) => [
  { field, error: `${field}_invalid_type`, label, change: { [field]: 7 }, says: TEXT },
  { field, error: `${field}_enum`, label, change: { [field]: "other" }, says: CHOICE },
];
const number = (field, label, min, max) => [
  { field, error: `${field}_invalid_type`, label, change: { [field]: "soon" }, says: NUMBER },
  { field, error: `${field}_number_gte`, label, change: { [field]: min - 1 }, says: `At least ${min}.` },
  { field, error: `${field}_number_lte`, label, change: { [field]: max + 1 }, says: `At most ${max}.` },
];
/// The rest: `label` stays the same for a while.
const at = (label, rows) => rows.map(([field, error, change, says, more = {}]) => ({ field, error, label, change, says, ...more }));

/// A list of which each line is an entry.
const lines = (field, label, most) => at(label, [
  [field, `${field}_invalid_type`, { [field]: "one" }, TEXT],
  [field, `${field}_array_max_items`, { [field]: many }, "Give at most 100."],
  [`${field}.0`, `${field}_invalid_type`, { [field]: [7] }, `Line 1: ${TEXT[0].toLowerCase()}${TEXT.slice(1)}`],
  [`${field}.0`, `${field}_string_gte`, { [field]: [""] }, "Line 1: too short: at least 1 characters."],
  [`${field}.0`, `${field}_string_lte`, { [field]: ["x".repeat(most + 1)] }, `Line 1: too long: at most ${most} characters.`],
]);

/// `change` is laid over what the form sends; `whole` is sent in its place. `scene` must be told to the stage before.
export const REFUSALS = [
  ...at("Recipients", [
    ["recipients", "recipients_invalid_type", { recipients: "a@example.org" }, TEXT],
    ["recipients", "recipients_array_min_items", { recipients: [] }, "Give at least 1."],
    ["recipients", "recipients_array_max_items", { recipients: many }, "Give at most 100."],
    ["recipients.0", "recipients_invalid_type", { recipients: [7] }, `Line 1: ${TEXT[0].toLowerCase()}${TEXT.slice(1)}`],
    ["recipients.1", "recipients_string_gte", { recipients: ["a@example.org", "x"] }, "Line 2: too short: at least 3 characters."],
    ["recipients.0", "recipients_string_lte", { recipients: [address(255)] }, "Line 1: too long: at most 254 characters."],
    ["recipients.1", "recipient_is_no_address", { recipients: ["a@example.org", "nobody"] }, "Line 2: “nobody” is not a mail address."],
    ["recipients.1", "recipient_is_repeated", { recipients: ["a@example.org", "A@example.org"] }, "Line 2: “A@example.org” is there twice."],
  ]),
  ...at("Sender", [
    ["sender", "sender_invalid_type", { sender: null }, TEXT],
    ["sender", "sender_string_gte", { sender: "x" }, "Too short: at least 3 characters."],
    ["sender", "sender_string_lte", { sender: address(255) }, "Too long: at most 254 characters."],
    ["sender", "sender_is_no_address", { sender: "nobody" }, "This is not an address that mail can come from."],
  ]),
  ...at("Subject prefix", [
    ["subject_prefix", "subject_prefix_invalid_type", { subject_prefix: [] }, TEXT],
    ["subject_prefix", "subject_prefix_string_lte", { subject_prefix: "x".repeat(101) }, "Too long: at most 100 characters."],
    ["subject_prefix", "subject_prefix_is_not_one_line", { subject_prefix: "a\nb" }, "The prefix must be one line without control characters."],
  ]),
  ...choice("language", "Language of the mails"),
  ...choice("notify_on", "Which runs are reported"),
  ...choice("repository_check", "Check repositories after a run"),
  ...number("repository_check_timeout", "Time for one repository, in seconds", 1, 3600),
  ...number("wait_seconds", "Wait after an alert, in seconds", 0, 3600),
  ...number("recent_window_seconds", "Recent window, in seconds", 60, 604_800),
  ...number("grace_minutes", "Grace time, in minutes", 1, 1440),
  ...lines("node_zones", "Time zones of nodes", 80),
  ...at("Time zones of nodes", [
    ["node_zones.1", "node_zone_is_malformed", { node_zones: ["2 UTC", "2 nowhere."] }, "Line 2: write the number of the node and its time zone. Example: 2 Europe/Rome"],
    ["node_zones.1", "node_zone_is_repeated", { node_zones: ["2 UTC", "2 Europe/Rome"] }, "Line 2: node 2 is there twice"],
  ]),
  ...lines("recovery_targets", "Recovery targets", 80),
  ...at("Recovery targets", [
    ["recovery_targets.0", "recovery_target_is_malformed", { recovery_targets: ["1 17569"] }, "Line 1: write the number of the plan and the hours, 1 to 17568. Example: 1 50"],
    ["recovery_targets.1", "recovery_target_is_repeated", { recovery_targets: ["1 50", "1 51"] }, "Line 2: plan 1 is there twice"],
  ]),
  ...lines("exemptions", "Exemptions", 400),
  ...at("Exemptions", [
    ["exemptions.0", "exemption_is_malformed", { exemptions: ["mail1 2027-02-29 moved"] }, "Line 1: write the application, the last day and the reason. Example: web1 2027-01-31 test machine"],
    ["exemptions.0", "exemption_module_is_unknown", { exemptions: ["gone1 2027-01-31 moved"] }, "Line 1: the cluster has no application gone1"],
    ["exemptions.1", "exemption_is_repeated", { exemptions: ["mail1 2027-01-31 moved", "mail1 2027-02-28 moved"] }, "Line 2: mail1 is there twice"],
  ]),
  ...at("Alert names", [
    ["alert_names", "alert_names_invalid_type", { alert_names: "One" }, TEXT],
    ["alert_names", "alert_names_array_min_items", { alert_names: [] }, "Give at least 1."],
    ["alert_names", "alert_names_array_max_items", { alert_names: many }, "Give at most 100."],
    ["alert_names.0", "alert_names_invalid_type", { alert_names: [7] }, `Line 1: ${TEXT[0].toLowerCase()}${TEXT.slice(1)}`],
    ["alert_names.0", "alert_names_string_gte", { alert_names: [""] }, "Line 1: too short: at least 1 characters."],
    ["alert_names.1", "alert_names_string_lte", { alert_names: ["One", "x".repeat(201)] }, "Line 2: too long: at most 200 characters."],
    ["alert_names.0", "alert_name_is_not_one_line", { alert_names: ["a\nb"] }, "Line 1: an alert name must be one line without control characters."],
    ["alert_names.1", "alert_name_is_repeated", { alert_names: ["One", "one"] }, "Line 2: “one” is listed twice."],
  ]),
  ...choice("listen", "Where the webhook listens"),
  ...at("Where the webhook listens", [["listen", "node_has_no_vpn_address", { listen: "vpn" }, "This node has no address in the cluster VPN."]]),
  ...choice("log_level", "Log level"),
  ...at("Alertmanager sends the token", [["alert_token_required", "alert_token_required_invalid_type", { alert_token_required: "yes" }, TEXT]]),
  ...at("Read the cluster's log", [["read_cluster_log", "read_cluster_log_invalid_type", { read_cluster_log: "yes" }, TEXT]]),
  ...at("Read alerts from Alertmanager", [["read_alerts", "read_alerts_invalid_type", { read_alerts: 1 }, TEXT]]),
  ...at("Ask whether nodes could be reached", [["read_nodes", "read_nodes_invalid_type", { read_nodes: 1 }, TEXT]]),
  ...at("Start this one anyway", [
    ["force", "force_invalid_type", { force: "yes" }, TEXT],
    ["force", "another_instance_is_enabled", {}, "Another instance is enabled: backup-monitor2. Tick the box to start this one nevertheless.", { scene: "add_rival" }],
  ]),
  ...at("", [
    ["(root)", "(root)_additional_property_not_allowed", { colour: "red" }, OLD],
    ["(root)", "(root)_required", undefined, OLD, { whole: { recipients: ["admin@example.org"] } }],
    ["(root)", "(root)_invalid_type", undefined, OLD, { whole: "everything" }],
  ]),
];
