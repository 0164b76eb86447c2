//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Every text that the page asks for exists in both languages, and every text is asked for.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { STATES } from "../src/services/deliveries.js";
import { OUTCOMES, PHRASES, SHOWN, STAGES } from "../src/services/outcomes.js";
import { RECOVERY_STATES } from "../src/services/recovery.js";
import { TROUBLES } from "../src/services/safety.js";
import { SCHEMA_ERRORS, STEP_ERRORS } from "../src/services/settings_errors.js";
import { CHOICES, LISTS, NUMBERS, SWITCHES } from "../src/services/settings_limits.js";

const here = (path) => new URL(path, import.meta.url);
const LANGUAGES = ["en", "it"];
const texts = Object.fromEntries(LANGUAGES.map((language) => [language, flatten(JSON.parse(readFileSync(here(`../public/i18n/${language}/translation.json`), "utf8")))]));

function flatten(tree, prefix = "") {
  return Object.entries(tree).reduce((found, [name, value]) => ({
    ...found, ...(typeof value === "string" ? { [prefix + name]: value } : flatten(value, `${prefix}${name}.`)),
  }), {});
}

function sources() {
  return readdirSync(here("../src"), { recursive: true })
    .filter((name) => /\.(vue|js)$/.test(name))
    .map((name) => readFileSync(here(`../src/${name}`), "utf8"));
}

/// Keys that are put together at run time: {beginning: what can follow}. One that is missing here fails below.
const PUT_TOGETHER = {
  "action.": [...readFileSync(here("../src/services/actions.js"), "utf8").matchAll(/run\("([a-z-]+)"/g)].map(([, name]) => name),
  "outcome.": OUTCOMES,
  "phrase.": [...PHRASES, ...STAGES],
  "verdict.": [...SHOWN, "pending"],
  "delivery.": STATES,
  "settings_error.": [...STEP_ERRORS, ...SCHEMA_ERRORS].filter((word) => word !== "invalid_type").concat("number_expected", "unexpected"),
  "safety.": [...readFileSync(here("../src/services/safety.js"), "utf8").matchAll(/reason\((?:"\w+"|planTone\(plan\)), "(\w+)"/g)].map(([, word]) => word)
    .concat(STAGES, TROUBLES),
  "plan.state_": TROUBLES,
  "recovery.state_": RECOVERY_STATES,
  "recovery.": ["some", "unknown", "none"],
  "safety.answer_": ["good", "none", "wait", "warn", "bad"],
  "settings.": [...Object.keys(NUMBERS), ...Object.keys(CHOICES), ...Object.keys(LISTS), "sender", "subject_prefix", ...SWITCHES].flatMap((name) => [name, `${name}_help`])
    .concat(Object.entries(CHOICES).flatMap(([name, choices]) => choices.map((choice) => `${name}_${choice}`))),
  "error.": ["401", "403", "404", "429"],
  "about.": ["documentation", "bugs", "code", "terms", "relnotes"],
  "csv.": ["run", "plan", "begin", "end", "outcome", "succeeded", "without_snapshot", "applications"],
  "mail.": ["held", "relay_off", "refused", "some_failed", "some_waiting", "not_known", "all_sent"],
  "witness.": ["log", "alerts", "nodes", "repositories", "not_found", "denied", "timeout", "unavailable", "invalid"],
  "service.": ["running", "stopped", "no_answer", "cluster_away"],
  "reports.column_": ["begin", "plan", "outcome", "succeeded", "seconds"],
  "report.column_": ["application", "verdict", "newest", "node", "size", "duration", "says"],
  "": ["status", "reports", "settings", "about"].map((page) => `${page}.title`),
};

function asked() {
  const whole = sources().join("\n");
  const namespaces = [...new Set(Object.keys(texts.en).map((key) => key.split(".")[0]))].join("|");
  // A key is a string by itself: in $t("…"), in a condition inside of it, or in a function that gives keys. After a
  // `=` it is the value of an attribute, and no text.
  const literal = [...whole.matchAll(new RegExp(`(?<!=)["'\`]((?:${namespaces})(?:\\.[\\w-]+)+)["'\`]`, "g"))].map(([, key]) => key);
  const direct = [...whole.matchAll(/\$tc?\(\s*["']([^"']+)["']/g)].map(([, key]) => key);
  const beginnings = [...whole.matchAll(/(?:\$tc?\(|text\(|key: |return |=> )`([\w.]*)\$\{/g)].map(([, beginning]) => beginning);
  return { keys: [...literal, ...direct], beginnings };
}

const { keys, beginnings } = asked();
const together = Object.entries(PUT_TOGETHER).flatMap(([beginning, ends]) => ends.map((end) => beginning + end));
const needed = [...new Set([...keys, ...together])].sort();

test("beginnings of keys are all known", () => {
  const known = Object.keys(PUT_TOGETHER);
  const keyLike = beginnings.filter((beginning) => beginning === "" || /^[a-z_]+\.[a-z_]*$/.test(beginning));
  expect(keyLike.filter((beginning) => !known.includes(beginning))).toEqual([]);
});

describe.each(LANGUAGES)("the texts in %s", (language) => {
  test("are all there", () => expect(needed.filter((key) => !(key in texts[language]))).toEqual([]));
  test("are all needed", () => expect(Object.keys(texts[language]).filter((key) => !needed.includes(key))).toEqual([]));
  test("are not empty", () => expect(Object.entries(texts[language]).filter(([, text]) => !text.trim())).toEqual([]));
});

test("a text has the same places to fill in, and as many forms, in each language", () => {
  const shape = (text) => [[...new Set(text.match(/\{\w+\}/g) ?? [])].sort(), text.split(" | ").length];
  Object.keys(texts.en).forEach((key) => expect([key, shape(texts.it[key] ?? "")]).toEqual([key, shape(texts.en[key])]));
});


describe.each(LANGUAGES)("a run is called in %s", (language) => {
  const mail = JSON.parse(readFileSync(here(`../../src/report/words/catalogs/${language}.json`), "utf8"));
  // The sentence of the mail without its sign, which the page shows in its own way, and without the word "Backup".
  const called = (key) => mail[key].replace(/^\P{Letter}+/u, "").replace(/^Backup (.)/, (_, first) => first.toUpperCase());
  test.each([
    ["completed", "phrase.SUCCESS"],
    ["not_finished", "phrase.INCOMPLETE"],
    ["not_confirmed", "phrase.NOT_CONFIRMED"],
    ["partially_failed", "phrase.PARTIAL"],
    ["did_not_run", "phrase.MISSED"],
    ["failed", "phrase.REPO_FAILURE"],
    ["alerted", "phrase.alert_open"],
    ["open", "phrase.open"],
    ["open_errors", "phrase.early_notice"],
    ["being_checked", "phrase.being_checked"],
    ["being_checked_errors", "phrase.being_checked_errors"],
  ])("%s as in its mail", (name, key) => expect(texts[language][`phrase.${name}`]).toBe(called(key)));
});
