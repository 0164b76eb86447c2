//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Whether the backups are good, by what get-overview tells; never better than is known.

import { toUnix } from "../format/time.js";
import { runKey, runTone, savedIn, stageOf } from "./outcomes.js";

const TONES = ["bad", "warn", "wait", "none", "good"]; // the worst first
const UNKNOWN = ["not_watched", "no_answer", "no_look", "no_history", "old"];
const reason = (tone, word, values = {}, count = 1) => ({ tone, key: `safety.${word}`, values, count });

/// Worst first; those that are equally bad stay in their order.
export function worstFirst(entries, toneOf) {
  return [...entries].sort((a, b) => TONES.indexOf(toneOf(a)) - TONES.indexOf(toneOf(b)));
}

const TROUBLE_TONES = { missed: "bad", never_due: "bad", late: "warn", old_run: "wait" };
/// What a schedule can say against a plan.
export const TROUBLES = Object.keys(TROUBLE_TONES);

function troubleOf({ enabled, run, state, never_due: neverDue }) {
  if (!enabled) return "";
  if (neverDue) return "never_due";
  if (state === "missed" || state === "late") return state;
  return run?.phrase && (state ?? "unknown") === "unknown" ? "old_run" : "";
}

function toneOfRun({ run, enabled }) {
  if (run) return runTone(run);
  return enabled ? "wait" : "none";
}

const NAMED = 5;
const namesOf = (modules) => modules.slice(0, NAMED).join(", ") + (modules.length > NAMED ? ", …" : "");

const isWorse = (tone, than) => TONES.indexOf(tone) < TONES.indexOf(than);

/// What the schedule of a plan says against it, if that is worse than how its newest run ended: "missed", "late",
/// "never_due", "old_run"; else "".
export function scheduleTrouble(plan) {
  const trouble = troubleOf(plan);
  return trouble && !isWorse(toneOfRun(plan), TROUBLE_TONES[trouble]) ? trouble : "";
}

/// The tone of a plan of get-overview; one that never ran only says nothing if it is switched off.
export function planTone(plan) {
  return TROUBLE_TONES[scheduleTrouble(plan)] ?? toneOfRun(plan);
}

function planReason(plan) {
  const values = { plan: plan.name || plan.id };
  const trouble = scheduleTrouble(plan);
  if (trouble) return reason(planTone(plan), trouble, { ...values, at: trouble === "old_run" ? toUnix(plan.run, "begin") : toUnix(plan, "due") });
  if (!plan.run) return reason("wait", "no_run", values);
  if (!plan.run.phrase) return reason(planTone(plan), stageOf(plan.run), values, plan.run.errors_so_far);
  const told = { phrase: runKey(plan.run), succeeded: savedIn(plan.run), modules: plan.run.modules };
  return reason(planTone(plan), "plan", { ...values, ...told });
}

/// The newest upload of the cluster's own backup to the plan's destination has failed, or is too old.
export function lacksClusterBackup({ cluster_backup: backup }) {
  return Boolean(backup?.read_at && !backup.trouble && (backup.failed_at || backup.over));
}

function planReasons(overview) {
  const enabled = overview.plans.filter((plan) => plan.enabled);
  if (overview.history_error) return [reason("bad", "no_history")];
  if (!enabled.length) return [reason("bad", "no_plan")];
  const open = enabled.filter((plan) => planTone(plan) !== "good").map(planReason);
  return open.length ? open : [reason("good", "all_good", {}, enabled.length)];
}

/// [{tone, key, values, count}], the worst first and never empty. `values` may hold `at`, in Unix seconds, and
/// `phrase`, the key of a text.
export function findReasons(overview) {
  if (!overview.service.answers) return [overview.service.active ? reason("bad", "no_answer") : reason("bad", "not_watched")];
  if (!overview.cluster?.unprotected || !overview.plans) return [reason("wait", "no_look")];
  const { reachable, unprotected } = overview.cluster;
  const found = planReasons(overview);
  if (!reachable) found.push(reason("warn", "old", { at: toUnix(overview.cluster, "last_look") }));
  const over = (overview.recovery ?? []).filter(({ state }) => state === "over").map(({ module }) => module);
  if (over.length) found.push(reason("warn", "over_target", { count: over.length, modules: namesOf(over) }, over.length));
  const lacking = overview.plans.filter((plan) => plan.enabled && lacksClusterBackup(plan)).map(({ name, id }) => name || id);
  if (lacking.length) found.push(reason("warn", "cluster_backup", { count: lacking.length, plans: namesOf(lacking) }, lacking.length));
  if (unprotected.length) found.push(reason("warn", "unprotected", { count: unprotected.length }, unprotected.length));
  return worstFirst(found, ({ tone }) => tone);
}

/// The key of the answer: yes, no, nearly, or not known yet.
export function answerKey(reasons) {
  if (UNKNOWN.some((word) => reasons[0].key === `safety.${word}`)) return "safety.answer_unknown";
  return `safety.answer_${reasons[0].tone}`;
}
