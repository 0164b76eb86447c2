//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The table of refusals that the browser test walks through is what the module's sources can emit, and no less.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { REFUSALS } from "../../tests/ui/refusals.mjs";
import { explain, SCHEMA_ERRORS, STEP_ERRORS } from "../src/services/settings_errors.js";

const root = new URL("../../imageroot/", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");

/// gojsonschema's word for what a keyword refuses (v1.2.0, errors.go). One that is missing here fails the test.
const WORDS = {
  type: "invalid_type", enum: "enum", minLength: "string_gte", maxLength: "string_lte", minItems: "array_min_items",
  maxItems: "array_max_items", minimum: "number_gte", maximum: "number_lte", required: "required",
};
const SILENT = ["title", "description", "examples", "$schema", "$id", "$ref", "properties", "items"];

function ofSchema(schema, field, definitions) {
  const { $ref, ...own } = schema;
  const node = $ref ? definitions[$ref.split("/").pop()] : own;
  const parameter = field.split(".")[0];
  const found = Object.entries(node).flatMap(([keyword, value]) => {
    if (SILENT.includes(keyword)) return [];
    if (keyword === "additionalProperties" && value === false) return [`${field} ${parameter}_additional_property_not_allowed`];
    expect(Object.keys(WORDS)).toContain(keyword);
    return [`${field} ${parameter}_${WORDS[keyword]}`];
  });
  const below = Object.entries(node.properties ?? {}).flatMap(([name, each]) => ofSchema(each, name, definitions));
  return [...found, ...below, ...(node.items ? ofSchema(node.items, `${field}.#`, definitions) : [])];
}

/// {function: ["field error"…]} of the decisions that refuse.
function ofDecisions() {
  const files = ["backup_monitor", "backup_monitor_protection"].map((name) => read(`pypkg/${name}.py`));
  const functions = files.flatMap((text) => text.split(/^def /m).slice(1));
  return Object.fromEntries(functions.map((text) => {
    const list = /field = f"(\w+)\./.exec(text)?.[1];
    // Of a list of lines the words stand where its entries are read.
    const lines = /_line_errors\(request, "(\w+)"/.exec(text)?.[1];
    if (lines) return [text.slice(0, text.indexOf("(")), [...text.matchAll(/"(\w+_is_\w+)"/g)].map(([, error]) => `${lines}.# ${error}`)];
    const found = [...text.matchAll(/\berror\((field|"\w+"), .*"(\w+)"\)/g)];
    return [text.slice(0, text.indexOf("(")), found.map(([, field, error]) => `${field === "field" ? `${list}.#` : field.slice(1, -1)} ${error}`)];
  }));
}

function ofSteps() {
  const decisions = ofDecisions();
  const steps = readdirSync(new URL("actions/configure-module/", root)).filter((name) => /^\d/.test(name)).map((name) => read(`actions/configure-module/${name}`));
  const refusing = steps.filter((text) => text.includes("refuse_if(") || text.includes("validation-failed"));
  return refusing.flatMap((text) => {
    const called = [...text.matchAll(/(?:backup_monitor|protection)\.(find_\w+)/g)].flatMap(([, name]) => decisions[name]);
    expect(called).not.toEqual([]);
    return called;
  });
}

const ofSources = () => {
  const { definitions } = JSON.parse(read("validator-definitions.json"));
  return [...ofSchema(JSON.parse(read("actions/configure-module/validate-input.json")), "(root)", definitions), ...ofSteps()];
};

test("every error that the module can give is in the table, and nothing else", () => {
  const told = REFUSALS.map(({ field, error }) => `${field.replace(/\.\d+$/, ".#")} ${error}`);
  expect([...told].sort()).toEqual([...new Set(ofSources())].sort());
});

test("the page has words for each, and no words for more", () => {
  const known = REFUSALS.map(({ field, error }) => explain({ field, parameter: field.split(".")[0], value: "", error }));
  expect(known.filter(({ key }) => key === null)).toEqual([]);
  const emitted = REFUSALS.map(({ field, error }) => error.replace(new RegExp(`^${field.split(".")[0].replace(/[()]/g, "\\$&")}_`), ""));
  const steps = REFUSALS.map(({ error }) => error);
  expect(SCHEMA_ERRORS.filter((word) => !emitted.includes(word))).toEqual([]);
  expect(STEP_ERRORS.filter((word) => !steps.includes(word))).toEqual([]);
});
