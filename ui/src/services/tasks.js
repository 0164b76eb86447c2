//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: GPL-3.0-or-later
//

// One promise per task. cluster-admin follows the task and emits its end on its root; the events are those
// of ns8-core 4f41b359, core/ui/src/mixins/notification.js.

/// How a task can fail. `kind`:
///   refused            the task could not be created (`status`: the HTTP status, if there was an answer)
///   validation-failed  `errors` is NS8's list of {field, parameter, value, error}
///   aborted            `said` is what the action wrote to its standard error
///   timeout            no end was told in time; the task may still go on
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

/// Runs one task and gives its output.
///
/// `host` is {events, create, newId}: cluster-admin's root, a function that posts the task, and one that makes
/// an id. `task` is {action, data, title, hidden, patience (ms)}. `onProgress(percent)` is called if given.
export function runTask(host, task, onProgress) {
  const { action, data = {}, title, description = "", hidden = true, patience = 60_000 } = task;
  const eventId = host.newId();
  const listeners = [];
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
    const fail = (kind, details) => reject(new TaskFailure(kind, action, details));
    listen("completed", (context, result) => resolve(result?.output ?? {}));
    listen("aborted", (result) => fail("aborted", { said: String(result?.error ?? "") }));
    listen("validation-failed", (errors) => fail("validation-failed", { errors: errors ?? [] }));
    if (onProgress) listen("progress", (percent) => onProgress(percent));
    timer = setTimeout(() => fail("timeout"), patience);
    const extra = { title, description, isNotificationHidden: hidden, isProgressNotified: Boolean(onProgress), eventId };
    host.create({ action, data, extra }).catch((error) => reject(toFailure(action, error)));
  }).finally(cleanUp);
}
