//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isAddress } from "../src/services/mail_address.js";
import { explain, sortErrors } from "../src/services/settings_errors.js";
import { findProblems, lineOf, toForm, toList, toRequest } from "../src/services/settings_form.js";
import { CHOICES, LISTS, NUMBERS, TEXTS } from "../src/services/settings_limits.js";

const read = (path) => readFileSync(new URL(`../../imageroot/${path}`, import.meta.url), "utf8");
const { definitions } = JSON.parse(read("validator-definitions.json"));
const input = JSON.parse(read("actions/configure-module/validate-input.json"));
const STORED = JSON.parse(read("actions/get-configuration/validate-output.json")).examples[0];
const request = (more) => ({ ...toRequest(toForm(STORED)), ...more });
const told = (more) => findProblems(request(more)).map(({ field, error }) => [field, error]);

describe("the page's limits are the module's", () => {
  test.each(Object.entries(NUMBERS))("%s", (name, { min, max }) =>
    expect([min, max]).toEqual([definitions[name].minimum, definitions[name].maximum]));
  test.each(Object.entries(TEXTS))("%s", (name, { min, max }) =>
    expect([min, max]).toEqual([definitions[name].minLength ?? 0, definitions[name].maxLength]));
  test.each(Object.entries(CHOICES))("%s", (name, choices) =>
    expect([...choices].sort()).toEqual([...definitions[name].enum].sort()));
  test.each(Object.entries(LISTS))("%s", (name, limits) => {
    const { minItems, maxItems, items } = definitions[name];
    expect(limits).toEqual({ min: minItems ?? 0, max: maxItems, each: { min: items.minLength, max: items.maxLength } });
  });
  test("everything that configure-module takes is in the form, and nothing else", () => {
    expect(Object.keys(request({ force: true })).sort()).toEqual(Object.keys(input.properties).sort());
  });
});

test("what was read is sent as it was", () => {
  const { recipients, sender, wait_seconds: wait, alert_token_required: token } = request();
  expect({ recipients, sender, wait, token }).toEqual({
    recipients: STORED.recipients, sender: STORED.sender, wait: STORED.wait_seconds, token: STORED.alert_token_required });
  expect(request()).not.toHaveProperty("force");
  expect(told()).toEqual([]);
});

test("recipients may be written as people write them", () => {
  const text = " a@b.c \n\n d@e.f, g@h.i;j@k.l \nx@y.z";
  expect(toList(text)).toEqual(["a@b.c", "d@e.f", "g@h.i", "j@k.l", "x@y.z"]);
  expect([1, 2, 3, 4, 5, 6].map((number) => lineOf(text, number))).toEqual([1, 3, 3, 3, 4, 6]);
});

test("of some settings a line is one entry, whatever is in it", () => {
  const text = "web1 2027-01-31 moved, soon; really\n\n web2 2027-01-31 a test ";
  expect(toList(text, "exemptions")).toEqual(["web1 2027-01-31 moved, soon; really", "web2 2027-01-31 a test"]);
  expect([1, 2].map((number) => lineOf(text, number, "exemptions"))).toEqual([1, 3]);
  expect(told({ exemptions: toList(text, "exemptions"), node_zones: [], recovery_targets: ["weekly 17568"] })).toEqual([]);
});

test.each([
  [{ recipients: [] }, ["recipients", "recipients_array_min_items"]],
  [{ recipients: Array.from({ length: 101 }, (_, at) => `u${at}@example.org`) }, ["recipients", "recipients_array_max_items"]],
  [{ recipients: ["a@example.org", "ab"] }, ["recipients.1", "recipients_string_gte"]],
  [{ recipients: ["nobody"] }, ["recipients.0", "recipient_is_no_address"]],
  [{ recipients: ["a@example.org", "A@Example.org"] }, ["recipients.1", "recipient_is_repeated"]],
  [{ alert_names: [] }, ["alert_names", "alert_names_array_min_items"]],
  [{ alert_names: ["One", "x".repeat(201)] }, ["alert_names.1", "alert_names_string_lte"]],
  [{ alert_names: ["One", "a\u0007b"] }, ["alert_names.1", "alert_name_is_not_one_line"]],
  [{ alert_names: ["One", "Two", "one"] }, ["alert_names.2", "alert_name_is_repeated"]],
  [{ node_zones: ["2 Europe/Rome", "x UTC"] }, ["node_zones.1", "node_zone_is_malformed"]],
  [{ node_zones: ["0 UTC"] }, ["node_zones.0", "node_zone_is_malformed"]],
  [{ node_zones: ["2 /UTC"] }, ["node_zones.0", "node_zone_is_malformed"]],
  [{ node_zones: ["2 UTC", "2 Europe/Rome"] }, ["node_zones.1", "node_zone_is_repeated"]],
  [{ recovery_targets: ["1"] }, ["recovery_targets.0", "recovery_target_is_malformed"]],
  [{ recovery_targets: ["1 0"] }, ["recovery_targets.0", "recovery_target_is_malformed"]],
  [{ recovery_targets: ["1 50", "1 60"] }, ["recovery_targets.1", "recovery_target_is_repeated"]],
  [{ exemptions: ["web1 2027-01-31"] }, ["exemptions.0", "exemption_is_malformed"]],
  [{ exemptions: ["web1 31.01.2027 moved"] }, ["exemptions.0", "exemption_is_malformed"]],
  [{ exemptions: ["web1 2027-01-31 a", "web1 2028-01-31 b"] }, ["exemptions.1", "exemption_is_repeated"]],
  [{ sender: "x" }, ["sender", "sender_string_gte"]],
  [{ sender: `${"x".repeat(250)}@b.c` }, ["sender", "sender_is_no_address"]],
  [{ sender: `${"x".repeat(255)}@b.c` }, ["sender", "sender_string_lte"]],
  [{ sender: "someone" }, ["sender", "sender_is_no_address"]],
  [{ subject_prefix: "x".repeat(101) }, ["subject_prefix", "subject_prefix_string_lte"]],
  [{ subject_prefix: "a\u2028b" }, ["subject_prefix", "subject_prefix_is_not_one_line"]],
  [{ wait_seconds: -1 }, ["wait_seconds", "wait_seconds_number_gte"]],
  [{ wait_seconds: 3601 }, ["wait_seconds", "wait_seconds_number_lte"]],
  [{ repository_check_timeout: NaN }, ["repository_check_timeout", "repository_check_timeout_invalid_type"]],
])("%o is refused at its field", (more, error) => expect(told(more)).toEqual([error]));

test("the edges of the limits are good", () => {
  expect(told({ subject_prefix: "🙂".repeat(100), wait_seconds: 0, recent_window_seconds: 604_800 })).toEqual([]);
});

test.each([["1.5", NaN], ["", NaN], ["1e3", NaN], [" 30 ", 30], ["-5", -5]])("the number %o", (text, value) => {
  expect(toRequest({ ...toForm(STORED), wait_seconds: text }).wait_seconds).toBe(value);
});

test.each([
  ["admin@example.org", true], ["a.b+c@x-y.example", true], ["root@localhost", true], ["a@_srv.example", true],
  ["a@b@example.org", false], ["a b@example.org", false], ["-a@example.org", false], [".a@example.org", false],
  ["a@example..org", false], ["a@-x.org", false], ["a@x-.org", false], [`${"a".repeat(65)}@example.org`, false],
  ["é@example.org", false], ["a@", false], ["@b.c", false], ["a@b.c\n", false],
])("the address %o", (text, good) => expect(isAddress(text)).toBe(good));

describe("the module's words", () => {
  test("of its schemas are known, with their limits", () => {
    expect(explain({ field: "wait_seconds", parameter: "wait_seconds", value: 1, error: "wait_seconds_number_lte" })).toEqual({
      field: "wait_seconds", key: "settings_error.number_lte", line: null, values: { value: "", min: 0, max: 3600 } });
    expect(explain({ field: "recipients.2", parameter: "recipients", value: "x", error: "recipients_string_gte" })).toMatchObject({
      field: "recipients", line: 3, values: { min: 3 } });
  });
  test("that nobody knows, or that are about no field, are told at the end of the form", () => {
    const errors = [
      { field: "(root)", parameter: "(root)", value: 1, error: "(root)_required" },
      { field: "sender", parameter: "sender", value: "x", error: "sender_is_cursed" },
      { field: "sender", parameter: "sender", value: "x", error: "sender_is_no_address" },
    ];
    const { byField, rest } = sortErrors(errors, ["sender"]);
    expect(Object.keys(byField)).toEqual(["sender"]);
    expect(rest.map(({ key }) => key)).toEqual(["settings_error.page_is_old", "settings_error.not_known"]);
  });
});
