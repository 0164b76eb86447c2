//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { StorageService, TaskService, UtilService } from "@nethserver/ns8-ui-lib";
import axios from "axios";

const POSTING = 10_000; // ms that creating a task, or asking for its result, may take

/// What runTask() needs of cluster-admin, by way of NS8's own library.
export function createHost(core, instance) {
  const poster = {
    axios: axios.create({ timeout: POSTING }),
    getFromStorage: StorageService.methods.getFromStorage,
  };
  const bearer = () => ({ Authorization: `Bearer ${poster.getFromStorage("loginInfo")?.token ?? ""}` });
  return {
    events: core.$root,
    async create(task) {
      const { data } = await TaskService.methods.createModuleTaskForApp.call(poster, instance, task);
      return data?.data?.id ?? null;
    },
    /// As cluster-admin asks for it (ns8-core 4f41b359, core/ui/src/mixins/notification.js); HTTP 400 means that there is none.
    async result(id) {
      const { data } = await poster.axios.get(`${core.$root.apiUrl}/module/${instance}/task/${id}/status`, { headers: bearer() });
      return data?.data ?? null;
    },
    newId: () => UtilService.methods.getUuid(),
  };
}
