//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The settings between the action's JSON and the form: lists are lines there, numbers are text.

import { isAddress } from "./mail_address.js";
import { CHOICES, LINES, LISTS, NUMBERS, SWITCHES, TEXTS } from "./settings_limits.js";

const PLAIN = ["sender", "subject_prefix", ...SWITCHES, ...Object.keys(CHOICES)];
// Control characters and separators that can end a line somewhere, and halves of characters.
const NOT_IN_A_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;

export function toForm(configuration) {
  const form = { force: false };
  Object.keys(LISTS).forEach((name) => (form[name] = configuration[name].join("\n")));
  PLAIN.forEach((name) => (form[name] = configuration[name]));
  Object.keys(NUMBERS).forEach((name) => (form[name] = String(configuration[name])));
  return form;
}

// One per line, or with commas or semicolons as in a mail program, but for LINES.
const splitter = (name) => (LINES.includes(name) ? /\n/ : /[,;]/);
const toEntries = (line, name) => line.split(splitter(name)).map((entry) => entry.trim()).filter(Boolean);

export function toList(text, name) {
  return text.split("\n").flatMap((line) => toEntries(line, name));
}

/// The line of the text of a field that holds the entry of that number; both count from 1.
export function lineOf(text, number, name) {
  return text.split("\n").flatMap((line, at) => toEntries(line, name).map(() => at + 1))[number - 1] ?? number;
}

/// What configure-module takes. `force` only where it was asked.
export function toRequest(form) {
  const request = {};
  Object.keys(LISTS).forEach((name) => (request[name] = toList(form[name], name)));
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

/// `isGood` or else `bad`; `repeated` for one that is there twice.
function listProblems(name, entries, isGood, bad, repeated, identity = (entry) => entry.toLowerCase()) {
  const limits = LISTS[name];
  if (entries.length < limits.min) return [problem(name, "array_min_items", entries)];
  if (entries.length > limits.max) return [problem(name, "array_max_items", entries)];
  const seen = new Set();
  return entries.flatMap((entry, at) => {
    const field = `${name}.${at}`;
    const again = seen.has(identity(entry));
    seen.add(identity(entry));
    const lengths = lengthProblems(field, entry, limits.each);
    if (lengths.length) return lengths;
    if (!isGood(entry)) return [{ ...problem(field, "", entry), error: bad }];
    return again ? [{ ...problem(field, "", entry), error: repeated }] : [];
  });
}

const isLine = (text) => !NOT_IN_A_LINE.test(text);

const firstWord = (text) => text.split(/\s/)[0];
const LINE_FORMS = {
  node_zones: { form: /^[1-9]\d{0,8} +(?!\/)(?!.*\/\/)(?!.*\/$)[A-Za-z0-9_+/-]{1,64}$/, error: "node_zone" },
  recovery_targets: { form: /^[!-~]{1,64} +[1-9]\d{0,4}$/, error: "recovery_target" },
  exemptions: { form: /^[!-~]{1,64} +([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} +)?\d{4}-\d\d-\d\d +\S.*$/, error: "exemption" },
};

/// By the first word of a line it is there twice.
function lineProblems(request) {
  return Object.entries(LINE_FORMS).flatMap(([name, { form, error }]) =>
    listProblems(name, request[name], (entry) => isLine(entry) && form.test(entry), `${error}_is_malformed`, `${error}_is_repeated`, firstWord));
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
    ...listProblems("recipients", request.recipients, isAddress, "recipient_is_no_address", "recipient_is_repeated"),
    ...senderProblems(request.sender),
    ...prefixProblems(request.subject_prefix),
    ...numberProblems(request),
    ...lineProblems(request),
    ...listProblems("alert_names", request.alert_names, isLine, "alert_name_is_not_one_line", "alert_name_is_repeated"),
  ];
}
