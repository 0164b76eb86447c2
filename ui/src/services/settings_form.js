//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: GPL-3.0-or-later
//

// The settings between the action's JSON and the form: recipients are lines there, numbers are text.

import { isAddress } from "./mail_address.js";
import { CHOICES, NUMBERS, RECIPIENTS, TEXTS } from "./settings_limits.js";

const PLAIN = ["sender", "subject_prefix", "alert_token_required", ...Object.keys(CHOICES)];
// Control characters and separators that can end a line somewhere, and halves of characters.
const NOT_IN_A_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;

export function toForm(configuration) {
  const form = { recipients: configuration.recipients.join("\n"), force: false };
  PLAIN.forEach((name) => (form[name] = configuration[name]));
  Object.keys(NUMBERS).forEach((name) => (form[name] = String(configuration[name])));
  return form;
}

const toEntries = (line) => line.split(/[,;]/).map((entry) => entry.trim()).filter(Boolean);

/// One per line, or with commas or semicolons as in a mail program.
export function toRecipients(text) {
  return text.split("\n").flatMap(toEntries);
}

/// The line of the text that holds the recipient of that number; both count from 1.
export function lineOf(text, number) {
  return text.split("\n").flatMap((line, at) => toEntries(line).map(() => at + 1))[number - 1] ?? number;
}

/// What configure-module takes. `force` only where it was asked.
export function toRequest(form) {
  const request = { recipients: toRecipients(form.recipients) };
  PLAIN.forEach((name) => (request[name] = form[name]));
  request.sender = form.sender.trim();
  Object.keys(NUMBERS).forEach((name) => (request[name] = toInteger(form[name])));
  return form.force ? { ...request, force: true } : request;
}

/// NaN for what is no whole number.
function toInteger(text) {
  return /^\s*-?\d+\s*$/.test(String(text)) ? Number(text) : NaN;
}

const problem = (field, word, value) => ({ field, parameter: field.split(".")[0], value, error: `${field.split(".")[0]}_${word}` });

function lengthProblems(field, text, { min, max }) {
  const length = [...text].length; // as JSON Schema counts
  if (length < min) return [problem(field, "string_gte", text)];
  return length > max ? [problem(field, "string_lte", text)] : [];
}

function recipientProblems(recipients) {
  if (recipients.length < RECIPIENTS.min) return [problem("recipients", "array_min_items", recipients)];
  if (recipients.length > RECIPIENTS.max) return [problem("recipients", "array_max_items", recipients)];
  const seen = new Set();
  return recipients.flatMap((recipient, at) => {
    const field = `recipients.${at}`;
    const repeated = seen.has(recipient.toLowerCase());
    seen.add(recipient.toLowerCase());
    const lengths = lengthProblems(field, recipient, RECIPIENTS.each);
    if (lengths.length) return lengths;
    if (!isAddress(recipient)) return [{ ...problem(field, "", recipient), error: "recipient_is_no_address" }];
    return repeated ? [{ ...problem(field, "", recipient), error: "recipient_is_repeated" }] : [];
  });
}

function senderProblems(sender) {
  const lengths = lengthProblems("sender", sender, TEXTS.sender);
  return lengths.length || isAddress(sender) ? lengths : [problem("sender", "is_no_address", sender)];
}

function prefixProblems(prefix) {
  const lengths = lengthProblems("subject_prefix", prefix, TEXTS.subject_prefix);
  if (lengths.length || !NOT_IN_A_LINE.test(prefix)) return lengths;
  return [problem("subject_prefix", "is_not_one_line", prefix)];
}

function numberProblems(request) {
  return Object.entries(NUMBERS).flatMap(([field, { min, max }]) => {
    const value = request[field];
    if (Number.isNaN(value)) return [problem(field, "invalid_type", value)];
    if (value < min) return [problem(field, "number_gte", value)];
    return value > max ? [problem(field, "number_lte", value)] : [];
  });
}

/// What the module would refuse, in its own words and form: [{field, parameter, value, error}].
export function findProblems(request) {
  return [
    ...recipientProblems(request.recipients),
    ...senderProblems(request.sender),
    ...prefixProblems(request.subject_prefix),
    ...numberProblems(request),
  ];
}
