//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import Vue from "vue";
import VueRouter from "vue-router";
import Status from "./views/Status.vue";

/// The pages, by the name that the address of cluster-admin gives them: ?page=settings. The frame's own
/// address is changed by `replace` alone, so that going back is cluster-admin's.
export const PAGES = ["status", "reports", "report", "settings", "about"];

export function createPageRouter() {
  Vue.use(VueRouter);
  return new VueRouter({
    routes: [
      { path: "/" }, // until the address of cluster-admin is known
      { path: "/status", component: Status },
      { path: "/reports", component: () => import("./views/Reports.vue") },
      { path: "/report", component: () => import("./views/Report.vue") },
      { path: "/settings", component: () => import("./views/Settings.vue") },
      { path: "/about", component: () => import("./views/About.vue") },
      { path: "*", redirect: "/status" },
    ],
  });
}
