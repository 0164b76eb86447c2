//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Every action of the module that the page uses, with what it takes. An action that changes changes here.

import { runTask } from "./tasks.js";

const READING = 60_000; // ms
const MAILING = 90_000; // the action itself waits 30 s for the relay
const CONFIGURING = 240_000; // the action stops and starts the service, and takes it back if that fails

/// `host` as in runTask(); `title(action)` names a task where cluster-admin shows it.
export function createActions(host, title) {
  const run = (action, data, more = {}, onProgress) =>
    runTask(host, { action, data, title: title(action), patience: READING, ...more }, onProgress);
  return {
    name: () => run("get-name"),
    configuration: () => run("get-configuration"),
    configure: (request) => run("configure-module", request, { hidden: false, changes: true, patience: CONFIGURING }),
    webhookToken: () => run("reveal-webhook-token"),
    testMail: () => run("send-test-mail", {}, { changes: true, patience: MAILING }),
    overview: () => run("get-overview"),
    /// One page of the history, newest first: {plan, outcome, before, limit}, each of them optional.
    reports: (filter) => run("list-reports", filter),
    report: (id, language) => run("get-report", { run: id, language }),
    reportNow: (plan, onProgress) =>
      run("report-now", plan ? { plan } : {}, { changes: true, patience: MAILING }, onProgress),
    /// The last runs with each application's verdict. `plan` may be empty: of all plans.
    results: (plan, runs) => run("list-results", plan ? { plan, runs } : { runs }),
    message: (id) => run("get-message", { message: id }),
    sendAgain: (id) => run("send-again", { message: id }, { changes: true, patience: MAILING }),
  };
}
