//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { TaskFailure } from "../services/tasks.js";

/// Keeps what is under way and what has failed, by a name that the component gives: `busy.x`, `failed.x`.
export default {
  data() {
    return { busy: {}, failed: {} };
  },
  beforeDestroy() {
    this.isGone = true;
  },
  methods: {
    /// Runs `work()`, and gives what it gave to `then` while the component is still there. Returns whether
    /// it succeeded. `unless(failure)` may take a failure in hand by returning true.
    async attempt(name, work, then = () => {}, unless = () => false) {
      this.$set(this.busy, name, true);
      this.$set(this.failed, name, null);
      try {
        const result = await work();
        if (!this.isGone) then(result);
        return true;
      } catch (failure) {
        if (!this.isGone && !unless(failure)) this.$set(this.failed, name, failure);
        if (!(failure instanceof TaskFailure)) throw failure;
        return false;
      } finally {
        this.$set(this.busy, name, false);
      }
    },
  },
};
