//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: GPL-3.0-or-later
//

import { StorageService, TaskService, UtilService } from "@nethserver/ns8-ui-lib";
import axios from "axios";

const POSTING = 10_000; // ms that creating a task may take

/// What runTask() needs of cluster-admin, by way of NS8's own library.
export function createHost(core, instance) {
  const poster = {
    axios: axios.create({ timeout: POSTING }),
    getFromStorage: StorageService.methods.getFromStorage,
  };
  return {
    events: core.$root,
    create: (task) => TaskService.methods.createModuleTaskForApp.call(poster, instance, task),
    newId: () => UtilService.methods.getUuid(),
  };
}
