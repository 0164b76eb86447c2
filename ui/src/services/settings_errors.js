//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: GPL-3.0-or-later
//

// Where an error of configure-module is shown, and in which words.

import { limitsOf } from "./settings_limits.js";

/// Errors of the module's own steps (imageroot/pypkg/backup_monitor.py).
export const STEP_ERRORS = [
  "sender_is_no_address",
  "recipient_is_no_address",
  "recipient_is_repeated",
  "subject_prefix_is_not_one_line",
  "node_has_no_vpn_address",
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

/// {field, key, values}: the form's field, the key of the text, and what is filled into it. `key` is null
/// for a word that the page does not know.
export function explain({ field, parameter, value, error }) {
  const [name, position] = String(field).split(".");
  const values = { value: typeof value === "string" ? value : "", line: Number(position ?? 0) + 1 };
  if (STEP_ERRORS.includes(error)) return { field: name, key: `settings_error.${error}`, values };
  const word = String(error).startsWith(`${parameter}_`) ? error.slice(parameter.length + 1) : error;
  if (!SCHEMA_ERRORS.includes(word)) return { field: name, key: null, values };
  return { field: name, key: `settings_error.${word}`, values: { ...values, ...limitsOf(name, word) } };
}

/// {byField: {name: [explained…]}, rest: [error…]}: what no field of the form can show is in `rest`.
export function sortErrors(errors, fields) {
  const byField = {};
  const rest = [];
  errors.forEach((error) => {
    const told = explain(error);
    if (told.key && fields.includes(told.field)) (byField[told.field] ??= []).push(told);
    else rest.push(error);
  });
  return { byField, rest };
}
