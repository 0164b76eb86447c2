//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { mapGetters, mapState } from "vuex";
import { createActions } from "../services/actions.js";
import { goTo, leaveFor, stayWith } from "../services/address.js";
import { deliveryLines } from "../services/deliveries.js";
import { createHost } from "../services/host.js";

/// For whatever runs tasks, goes elsewhere or tells something: `actions`, `go(page, query)`, `goToCore(path)`,
/// `say(text)`, `language`.
export default {
  computed: {
    ...mapState(["instanceName", "instanceLabel"]),
    ...mapGetters(["core", "host"]),
    language() {
      return this.$i18n.locale;
    },
  },
  created() {
    const title = (action) => this.$t(`action.${action}`);
    this.actions = createActions(createHost(this.core, this.instanceName), title);
  },
  methods: {
    go(page, query) {
      goTo(this.core, this.instanceName, page, query);
    },
    /// The same page with another filter: no step of its own for "back".
    stay(page, query) {
      stayWith(this.core, this.instanceName, page, query);
    },
    goToCore(path) {
      leaveFor(this.core, path);
    },
    /// For screen readers; what is seen says it too.
    say(text) {
      this.$store.commit("say", text);
    },
    sayDeliveries(messages) {
      const lines = deliveryLines(messages);
      const told = lines.map(({ state, recipient }) => `${recipient}: ${this.$t(`delivery.${state}`)}`);
      this.say(lines.length ? told.join(", ") : this.$t("delivery.none_yet"));
    },
    nameWindow(title) {
      this.host.document.title = `${title} - ${this.instanceLabel || this.instanceName}`;
    },
  },
};
