//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { toGrid, toSeries } from "../src/services/grid.js";
import { runKey, runTone, verdictOf, VERDICTS } from "../src/services/outcomes.js";
import { linesOf, ordered, secondsOf } from "../src/services/modules.js";

const RESULTS = {
  runs: [{ id: 9 }, { id: 8 }, { id: 7 }], // newest first, as the action gives them
  modules: [
    { module: "mail10", ui_name: "", node: 1, results: [{ run: 9, verdict: "succeeded", size_bytes: 5, seconds: 6 }, { run: 7, verdict: "succeeded", size_bytes: null, seconds: null }] },
    { module: "mail2", ui_name: "Post", node: 1, results: [{ run: 9, verdict: "succeeded", size_bytes: 1, seconds: 2 }] },
    { module: "web1", ui_name: "", node: 1, results: [{ run: 8, verdict: "failed", size_bytes: null, seconds: 3 }, { run: 9, verdict: "succeeded", size_bytes: 1, seconds: 3 }] },
    { module: "samba1", ui_name: "", node: 2, results: [{ run: 9, verdict: "failed", size_bytes: null, seconds: null }] },
    { module: "new1", ui_name: "", node: 2, results: [{ run: 9, verdict: null, size_bytes: null, seconds: null }] },
  ],
};

// src/model/verdict.h: the later, the worse.
const RANKS = ["succeeded", null, "not_finished", "never_ran", "saved_with_errors", "without_snapshot", "failed"];
const rank = (verdict) => RANKS.indexOf(verdict);
const ranked = (results) => ({ ...results, modules: results.modules.map((module) => ({ ...module,
  results: module.results.map((result) => ({ ...result, rank: rank(result.without_snapshot ? "without_snapshot" : result.verdict) })) })) });

test("the order of the page is that of the daemon and its mails", () => {
  const header = readFileSync(fileURLToPath(new URL("../../src/model/verdict.h", import.meta.url)), "utf8");
  const members = [.../enum class Rank \{([^}]*)\}/.exec(header)[1].matchAll(/^ *k(\w+),/gm)].map(([, name]) => name);
  const words = members.map((name) => name.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase());
  expect(words.map((word) => (word === "pending" ? null : word === "good" ? "succeeded" : word))).toEqual(RANKS);
  expect(VERDICTS).toEqual(RANKS.filter(Boolean));
});

test("what failed last is on top, then what failed at all, then names as people count", () => {
  expect(toGrid(ranked(RESULTS)).rows.map((row) => row.module)).toEqual(["samba1", "web1", "mail2", "mail10", "new1"]);
});

test("a row has a cell for each run, oldest first, empty where it was not in it", () => {
  const { runs, rows } = toGrid(ranked(RESULTS));
  expect(runs.map((run) => run.id)).toEqual([7, 8, 9]);
  expect(rows.find((row) => row.module === "mail10").cells.map((cell) => cell?.run ?? null)).toEqual([7, null, 9]);
});

test("in a run that did not take place no application is unfinished", () => {
  const results = { runs: [{ id: 2, outcome: "MISSED" }, { id: 1, outcome: "INCOMPLETE" }], modules: [
    { module: "a", results: [{ run: 1, verdict: "not_finished", rank: 2 }, { run: 2, verdict: "not_finished", rank: 2 }] }] };
  expect(toGrid(results).rows[0].cells.map(verdictOf)).toEqual(["not_finished", "did_not_run"]);
});

test("a series has the runs that tell a number, oldest first", () => {
  expect(toSeries(RESULTS, "web1")).toEqual([
    { run: { id: 8 }, bytes: null, seconds: 3 }, { run: { id: 9 }, bytes: 1, seconds: 3 }]);
  expect(toSeries(RESULTS, "mail10").map((point) => point.run.id)).toEqual([9]);
  expect(toSeries(RESULTS, "nobody")).toEqual([]);
});

test("a success without a snapshot is nearly as bad as a failure", () => {
  const hollow = { verdict: "succeeded", without_snapshot: true };
  const results = { runs: [{ id: 1 }], modules: [
    { module: "a", results: [{ run: 1, verdict: "never_ran" }] }, { module: "b", results: [{ run: 1, ...hollow }] }, { module: "c", results: [{ run: 1, verdict: "failed" }] }] };
  expect(toGrid(ranked(results)).rows.map((row) => row.module)).toEqual(["c", "b", "a"]);
  expect(ordered([{ module: "a", verdict: "not_finished", rank: rank("not_finished") }, { module: "b", ...hollow, rank: rank("without_snapshot") }])[0].module).toBe("b");
});

test("a run is called as its mail calls it, whatever its outcome", () => {
  const head = (outcome, phrase) => ({ outcome, phrase, state: "ended", errors_so_far: 0 });
  const shown = (run) => [runTone(run), runKey(run)];
  expect(shown(head("SUCCESS", "completed"))).toEqual(["good", "phrase.completed"]);
  expect(shown(head("SUCCESS", "not_confirmed"))).toEqual(["warn", "phrase.not_confirmed"]);
  expect(shown(head("INCOMPLETE", "not_confirmed"))).toEqual(["warn", "phrase.not_confirmed"]);
  expect(shown(head("INCOMPLETE", "not_finished"))).toEqual(["wait", "phrase.not_finished"]);
  expect(shown(head("PARTIAL", "partially_failed"))).toEqual(["warn", "phrase.partially_failed"]);
  expect(shown(head("MISSED", "did_not_run"))).toEqual(["bad", "phrase.did_not_run"]);
  expect(shown(head("REPO_FAILURE", "failed"))).toEqual(["bad", "phrase.failed"]);
});

test("a report begins with the worst", () => {
  const modules = ["succeeded", "failed", null, "never_ran"].map((verdict, at) => ({ module: `m${at}`, verdict, rank: rank(verdict) }));
  expect(ordered(modules).map((module) => module.module)).toEqual(["m1", "m3", "m2", "m0"]);
});

test("until a run is judged it is told what it is doing, and whether NS8 reports errors", () => {
  const head = (state, errors, phrase = null) => ({ state, errors_so_far: errors, phrase });
  const shown = (...run) => [runTone(head(...run)), runKey(head(...run))];
  expect(shown("open", 0)).toEqual(["none", "phrase.open"]);
  expect(shown("open", 1)).toEqual(["warn", "phrase.open_errors"]);
  expect(shown("alerted", 0)).toEqual(["warn", "phrase.alerted"]);
  expect(shown("being_checked", 0)).toEqual(["wait", "phrase.being_checked"]);
  expect(shown("being_checked", 1)).toEqual(["warn", "phrase.being_checked_errors"]);
  expect(shown("being_checked", 1, "partially_failed")).toEqual(["warn", "phrase.partially_failed"]);
});

test("the report's own sentences come first, then the words of others, nothing twice", () => {
  const finding = { cause: "locked", words: "locked by PID 31" };
  expect(linesOf({ says: ["Not saved."], finding, record: { error_text: "exit 3" } })).toEqual(["Not saved.", "locked by PID 31", "exit 3"]);
  expect(linesOf({ says: ["exit 3"], finding: { cause: null, words: "" }, record: { error_text: "exit 3" } })).toEqual(["exit 3"]);
  expect(linesOf({ says: [], finding: null, record: null })).toEqual([]);
});

test("a clock that stepped back is told as it is", () => {
  expect(secondsOf({ record: { started_unix: 9, ended_unix: 4 } })).toBe(-5);
  expect(secondsOf({ record: null })).toBeNull();
});
