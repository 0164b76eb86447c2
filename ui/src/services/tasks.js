//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// One promise per task. cluster-admin follows the task and emits its end on its root; the events are those
// of ns8-core 4f41b359, core/ui/src/mixins/notification.js.

/// How a task can fail. `kind`:
///   refused            the task could not be created (`status`: the HTTP status, if there was an answer)
///   validation-failed  `errors` is NS8's list of {field, parameter, value, error}
///   aborted            `said` is what the action wrote to its standard error
///   timeout            no end was told in time and none is known; the task may still go on
export class TaskFailure extends Error {
  constructor(kind, action, details = {}) {
    super(`${action}: ${kind}`);
    Object.assign(this, { name: "TaskFailure", kind, action, errors: [], said: "", status: null }, details);
  }
}

function toFailure(action, error) {
  return new TaskFailure("refused", action, {
    status: error?.response?.status ?? null,
    late: error?.code === "ECONNABORTED",
  });
}

/// The end of a task by its stored result, {output, error, exit_code}: null if it has none yet. How it ended is
/// not stored; a refusal is known by its list of errors (ns8-core 4f41b359, core/agent/htask.go).
function endOf(result) {
  if (!Number.isInteger(result?.exit_code)) return null;
  if (result.exit_code === 0) return { kind: "completed", output: result.output };
  const isRefusal = Array.isArray(result.output) && result.output.length > 0 && result.output.every((entry) => entry?.field && entry?.error);
  return isRefusal ? { kind: "validation-failed", errors: result.output } : { kind: "aborted", said: String(result.error ?? "") };
}

/// Runs one task and gives its output.
///
/// `host` is {events, create, result, newId}: cluster-admin's root; functions that post the task and give its id,
/// that give the stored result of an id (null if there is none), and that make an id of events. Where events were
/// lost, as with a broken web socket, the result is asked for once before the task is given up.
/// `task` is {action, data, title, hidden, changes, patience (ms)}. `onProgress(percent)` is called if given.
export function runTask(host, task, onProgress) {
  const { action, data = {}, title, description = "", hidden = true, changes = false, patience = 60_000 } = task;
  const eventId = host.newId();
  const listeners = [];
  let created = null;
  let timer;

  const listen = (word, listener) => {
    const event = `${action}-${word}-${eventId}`;
    listeners.push([event, listener]);
    host.events.$on(event, listener);
  };
  const cleanUp = () => {
    clearTimeout(timer);
    listeners.forEach(([event, listener]) => host.events.$off(event, listener));
  };

  return new Promise((resolve, reject) => {
    const fail = (kind, details) => reject(new TaskFailure(kind, action, { changes, ...details }));
    const giveUp = async () => {
      const end = created === null ? null : endOf(await host.result(created).catch(() => null));
      if (end?.kind === "completed") resolve(end.output ?? {});
      else fail(end?.kind ?? "timeout", end ?? {});
    };
    listen("completed", (context, result) => resolve(result?.output ?? {}));
    listen("aborted", (result) => fail("aborted", { said: String(result?.error ?? "") }));
    listen("validation-failed", (errors) => fail("validation-failed", { errors: errors ?? [] }));
    if (onProgress) listen("progress", (percent) => onProgress(percent));
    timer = setTimeout(giveUp, patience);
    const extra = { title, description, isNotificationHidden: hidden, isProgressNotified: Boolean(onProgress), eventId };
    host.create({ action, data, extra }).then((id) => (created = id), (error) => reject(toFailure(action, error)));
  }).finally(cleanUp);
}
