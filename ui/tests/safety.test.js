//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { describe, expect, test } from "vitest";
import { joinPlans, reportablePlans } from "../src/services/plans.js";
import { openPoints, recoveryTone } from "../src/services/recovery.js";
import { answerKey, findReasons, planTone, scheduleTrouble, worstFirst } from "../src/services/safety.js";

const PHRASES = { SUCCESS: "completed", INCOMPLETE: "not_finished", PARTIAL: "partially_failed", MISSED: "did_not_run", REPO_FAILURE: "failed" };
const run = (outcome) => ({ id: 1, outcome, phrase: PHRASES[outcome] ?? null, succeeded: 1, modules: 2, without_snapshot: 0 });
const STATES = { SUCCESS: "good", MISSED: "missed", undefined: "never" };
const plan = (name, outcome, more = {}) => ({
  id: name, name, enabled: true, run: outcome === undefined ? null : run(outcome), state: STATES[outcome] ?? "failing", never_due: "", ...more });
const overview = (plans, more = {}) => ({
  service: { active: true, answers: true }, history_error: "", plans,
  cluster: { reachable: true, unprotected: [], last_look_unix: 7, ...more.cluster }, ...more.whole });
const points = (...states) => states.map((state, at) => ({ module: `m${at}`, state }));
const told = (given) => findReasons(given).map(({ tone, key }) => `${tone} ${key.slice("safety.".length)}`);
const answer = (given) => answerKey(findReasons(given)).slice("safety.answer_".length);

describe("the backups are told to be", () => {
  test.each([
    ["good", "the last run of each plan succeeded", overview([plan("a", "SUCCESS"), plan("b", "SUCCESS")]), ["good all_good"]],
    ["bad", "one failed, whatever else is good", overview([plan("a", "SUCCESS"), plan("b", "REPO_FAILURE")]), ["bad plan"]],
    ["bad", "one was missed", overview([plan("a", "PARTIAL"), plan("b", "MISSED")]), ["bad missed", "warn plan"]],
    ["bad", "one was missed, though a person has begun a run since", overview([plan("a", "SUCCESS", { state: "missed" })]), ["bad missed"]],
    ["bad", "one never runs by itself, however good its last run", overview([plan("a", "SUCCESS", { state: "never", never_due: "x" })]), ["bad never_due"]],
    ["bad", "one never runs by itself and has no run", overview([plan("a", undefined, { never_due: "x" })]), ["bad never_due"]],
    ["warn", "one is late", overview([plan("a", "SUCCESS", { state: "late" })]), ["warn late"]],
    ["bad", "one is late and failed before", overview([plan("a", "REPO_FAILURE", { state: "late" })]), ["bad plan"]],
    ["warn", "data is too old, though each last run succeeded", overview([plan("a", "SUCCESS")], { whole: { recovery: points("over", "in_target") } }), ["warn over_target", "good all_good"]],
    ["good", "whether data is recent is not known of all", overview([plan("a", "SUCCESS")], { whole: { recovery: points("unknown", "never", "in_target") } }), ["good all_good"]],
    ["wait", "the last known run is old", overview([plan("a", "SUCCESS", { state: "unknown" })]), ["wait old_run"]],
    ["wait", "nothing is known of the schedule", overview([plan("a", "SUCCESS", { state: null })]), ["wait old_run"]],
    ["warn", "the cluster's own backup has failed", overview([{ ...plan("a", "SUCCESS"), cluster_backup: { read_at: "x", trouble: null, failed_at: "x", over: false } }]), ["warn cluster_backup", "good all_good"]],
    ["warn", "the cluster's own backup is too old", overview([{ ...plan("a", "SUCCESS"), cluster_backup: { read_at: "x", trouble: null, failed_at: null, over: true } }]), ["warn cluster_backup", "good all_good"]],
    ["good", "the upload of the cluster's own backup could not be read since it failed", overview([{ ...plan("a", "SUCCESS"), cluster_backup: { read_at: "x", trouble: "timeout", failed_at: "x", over: false } }]), ["good all_good"]],
    ["good", "the cluster's own backup is uploaded", overview([{ ...plan("a", "SUCCESS"), cluster_backup: { read_at: "x", trouble: null, failed_at: null, over: false } }]), ["good all_good"]],
    ["warn", "an application is in no plan", overview([plan("a", "SUCCESS")], { cluster: { unprotected: ["x"] } }), ["warn unprotected", "good all_good"]],
    ["wait", "a run is not complete", overview([plan("a", "INCOMPLETE")]), ["wait plan"]],
    ["wait", "a plan has no run yet", overview([plan("a", "SUCCESS"), plan("b")]), ["wait no_run"]],
    ["none", "a run goes on", overview([plan("a", null)]), ["none open"]],
    ["none", "the first known run goes on", overview([plan("a", null, { state: "unknown" })]), ["none open"]],
    ["bad", "there is no plan", overview([]), ["bad no_plan"]],
    ["bad", "every plan is switched off", overview([plan("a", "SUCCESS", { enabled: false })]), ["bad no_plan"]],
    ["unknown", "the service is away", overview(null, { whole: { service: { active: false, answers: false }, cluster: null } }), ["bad not_watched"]],
    ["unknown", "the service runs and does not answer", overview(null, { whole: { service: { active: true, answers: false }, cluster: null } }), ["bad no_answer"]],
    ["unknown", "the service has not looked yet", overview(null, { cluster: { unprotected: null } }), ["wait no_look"]],
    ["warn", "a success left no snapshot", overview([plan("a", "SUCCESS", { run: { ...run("SUCCESS"), phrase: "not_confirmed", without_snapshot: 1 } })]), ["warn plan"]],
    ["warn", "an alert leaves a run unconfirmed", overview([plan("a", "INCOMPLETE", { run: { ...run("INCOMPLETE"), phrase: "not_confirmed" } })]), ["warn plan"]],
    ["warn", "an alert has no result yet", overview([plan("a", null, { run: { ...run(null), state: "alerted", errors_so_far: 0 } })]), ["warn alerted"]],
    ["warn", "a run goes on with errors", overview([plan("a", null, { run: { ...run(null), state: "open", errors_so_far: 1 } })]), ["warn open_errors"]],
    ["wait", "a run is being checked", overview([plan("a", null, { run: { ...run(null), state: "being_checked", errors_so_far: 0 } })]), ["wait being_checked"]],
    ["warn", "a run that is being checked has errors", overview([plan("a", null, { run: { ...run(null), state: "being_checked", errors_so_far: 2 } })]), ["warn being_checked_errors"]],
    ["unknown", "the history cannot be read", overview([plan("a")], { whole: { history_error: "disk" } }), ["bad no_history"]],
    ["unknown", "the cluster cannot be read", overview([plan("a", "SUCCESS")], { cluster: { reachable: false } }), ["warn old", "good all_good"]],
    ["bad", "it failed, even if that is old", overview([plan("a", "MISSED")], { cluster: { reachable: false } }), ["bad missed", "warn old"]],
  ])("%s when %s", (word, _, given, reasons) => expect([answer(given), told(given)]).toEqual([word, reasons]));
});

test("a plan is told of with the phrase of its mail", () => {
  const [told] = findReasons(overview([plan("a", "INCOMPLETE", { run: { ...run("INCOMPLETE"), phrase: "not_confirmed" } })]));
  expect(told.values).toEqual({ plan: "a", phrase: "phrase.not_confirmed", succeeded: 1, modules: 2 });
});

test("what the schedule says comes with its time", () => {
  const late = { state: "late", due_unix: 7 };
  expect(findReasons(overview([plan("a", "SUCCESS", late)]))[0].values).toEqual({ plan: "a", at: 7 });
  const old = { run: { ...run("SUCCESS"), begin_unix: 5 }, state: "unknown" };
  expect(findReasons(overview([plan("a", "SUCCESS", old)]))[0].values).toEqual({ plan: "a", at: 5 });
  expect(scheduleTrouble(plan("a", "SUCCESS", { enabled: false, state: null, never_due: "x" }))).toBe("");
});

test("a plan that is switched off says nothing by its last run in the answer, but its own card does", () => {
  expect(told(overview([plan("a", "SUCCESS"), plan("b", "MISSED", { enabled: false })]))).toEqual(["good all_good"]);
  expect(planTone(plan("b", "MISSED", { enabled: false }))).toBe("bad");
  expect(planTone(plan("b", undefined, { enabled: false }))).toBe("none");
});

test("the worst come first, the others stay in their order", () => {
  const plans = [plan("a", "SUCCESS"), plan("b", "MISSED"), plan("c", "SUCCESS"), plan("d", "PARTIAL")];
  expect(worstFirst(plans, planTone).map(({ name }) => name)).toEqual(["b", "d", "a", "c"]);
});

test("plans to choose from are the cluster's, with their names of today, and those of the history alone, by name", () => {
  const history = [{ id: "1", name: "old name" }, { id: "9", name: "gone" }, { id: "9", name: "gone" }];
  expect(joinPlans([{ id: "1", name: "Nightly", run: null }, { id: "2", name: "Never ran" }], history)).toEqual([
    { id: "9", name: "gone" }, { id: "2", name: "Never ran" }, { id: "1", name: "Nightly" }]);
  expect(joinPlans(null, [{ id: "11", name: "" }, { id: "4", name: "Daily 10" }, { id: "5", name: "Daily 9" }, { id: "2", name: "" }])
    .map(({ id }) => id)).toEqual(["2", "11", "5", "4"]);
  expect(reportablePlans([{ id: "2", name: "Never ran" }], history)).toEqual([{ id: "2", name: "Never ran" }]);
  expect(reportablePlans(null, history).map(({ id }) => id)).toEqual(["9", "1"]);
  expect(reportablePlans([], history)).toEqual([]);
});

describe("recovery points", () => {
  test.each([
    ["warn", ["in_target", "over"]],
    ["warn", ["never", "in_target"]],
    ["wait", ["unknown", "in_target"]],
    ["good", ["in_target"]],
    ["good", []],
  ])("are shown as %s: %s", (tone, states) => {
    expect(recoveryTone(points(...states))).toBe(tone);
    expect(openPoints(points(...states)).map(({ state }) => state)).toEqual(states.filter((state) => state !== "in_target"));
  });

  test("of many applications five are named", () => {
    const [{ values }] = findReasons(overview([plan("a", "SUCCESS")], { whole: { recovery: points(...Array(6).fill("over")) } }));
    expect(values).toEqual({ count: 6, modules: "m0, m1, m2, m3, m4, …" });
  });
});
