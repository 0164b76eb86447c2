//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: GPL-3.0-or-later
//

import { mapGetters, mapState } from "vuex";
import { createActions } from "../services/actions.js";
import { goTo } from "../services/address.js";
import { createHost } from "../services/host.js";

/// For whatever runs tasks or goes elsewhere: `actions`, `go(page, query)`, `goToCore(path)`, `language`.
export default {
  computed: {
    ...mapState(["instanceName", "instanceLabel", "productName"]),
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
    goToCore(path) {
      this.core.$router.push(path);
    },
    nameWindow(title) {
      this.host.document.title = `${title} - ${this.instanceLabel || this.instanceName}`;
    },
  },
};
