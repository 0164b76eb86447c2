//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import Vue from "vue";
import Vuex from "vuex";
import { instanceIn } from "./services/address.js";

/// What all pages share: cluster-admin's root, and which instance this is. `core` and `host` are frozen
/// out of Vue's reach: they belong to another window.
export function createPageStore(core, host) {
  Vue.use(Vuex);
  return new Vuex.Store({
    state: {
      instanceName: instanceIn(host.location.hash),
      instanceLabel: "",
      said: "", // what a screen reader is told
      hasMoved: false, // whether somebody has been on another page before
    },
    getters: { core: () => core, host: () => host },
    mutations: {
      setInstanceLabel(state, label) {
        state.instanceLabel = label;
      },
      say(state, text) {
        state.said = text;
      },
      move(state) {
        Object.assign(state, { hasMoved: true, said: "" });
      },
    },
  });
}
