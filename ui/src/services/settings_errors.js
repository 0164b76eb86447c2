//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Where an error of configure-module is shown, and in which words.

import { limitsOf, NUMBERS } from "./settings_limits.js";

/// Errors of the module's own steps (imageroot/pypkg/backup_monitor.py).
export const STEP_ERRORS = [
  "sender_is_no_address",
  "recipient_is_no_address",
  "recipient_is_repeated",
  "subject_prefix_is_not_one_line",
  "alert_name_is_not_one_line",
  "alert_name_is_repeated",
  "node_has_no_vpn_address",
  "node_zone_is_malformed",
  "node_zone_is_repeated",
  "recovery_target_is_malformed",
  "recovery_target_is_repeated",
  "exemption_is_malformed",
  "exemption_module_is_unknown",
  "exemption_is_repeated",
  "another_instance_is_enabled",
];
/// What the schema can refuse: gojsonschema's words, which NS8 puts behind the name of the field.
export const SCHEMA_ERRORS = [
  "string_gte",
  "string_lte",
  "array_min_items",
  "array_max_items",
  "number_gte",
  "number_lte",
  "invalid_type",
  "enum",
];

/// The end of a text's key: a wrong type is told in other words where a number is typed.
function wordOf(name, word) {
  if (word === "invalid_type" && name in NUMBERS) return "number_expected";
  return word === "invalid_type" ? "unexpected" : word;
}

/// {field, key, values, line}: the form's field, the key of the text, what is filled into it, and which entry of
/// a list it is about, counted from 1, null if of all. `key` is null for a word that the page does not know.
export function explain({ field, parameter, value, error }) {
  const [name, position] = String(field).split(".");
  const line = position === undefined ? null : Number(position) + 1;
  const told = { field: name, line, key: null, values: { value: typeof value === "string" ? value : "" } };
  if (STEP_ERRORS.includes(error)) return { ...told, key: `settings_error.${error}` };
  const word = String(error).startsWith(`${parameter}_`) ? error.slice(parameter.length + 1) : error;
  // After an update of the module the page may be older: then it sends what is no longer known, or too little.
  if (name === "(root)") return { ...told, key: "settings_error.page_is_old" };
  if (!SCHEMA_ERRORS.includes(word)) return told;
  const limits = limitsOf(name, word);
  return { ...told, key: `settings_error.${wordOf(name, word)}`, values: { ...told.values, ...limits } };
}

/// {byField: {name: [explained…]}, rest: [explained…]}: what no field of the form can show is in `rest`.
export function sortErrors(errors, fields) {
  const byField = {};
  const rest = [];
  errors.map(explain).forEach((told) => {
    if (told.key && fields.includes(told.field)) (byField[told.field] ??= []).push(told);
    else rest.push({ ...told, key: told.key ?? "settings_error.not_known" });
  });
  return { byField, rest };
}
