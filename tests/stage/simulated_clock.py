"""A clock for the daemon that a test moves: hours pass in seconds, and nothing but the clock is otherwise."""

import os
import pathlib
import time

from .daemon import binary

# A look at least so often is no gap between looks (docs/runs.md, "Gaps"): the daemon has watched all the time.
LONGEST_STEP = 3000  # seconds

class SimulatedClock:
    """Stands `offset` seconds ahead of the machine's and goes on as it does; `begin` is what it shows first."""

    def __init__(self, folder, begin):
        self.file = folder / "clock-offset"
        self.offset = 0
        # The daemon that reads such a clock (tests/simulated_clock) lies beside the one to test.
        self.program = str(pathlib.Path(binary()).with_name("backup-monitor-with-simulated-clock"))
        self.environment = {"BACKUP_MONITOR_CLOCK_OFFSET": str(self.file)}
        self._set(round(begin - time.time()))

    def now(self):
        return int(time.time() + self.offset)

    def advance_to(self, moment, look):
        """Passes the time until then, with a look at least every LONGEST_STEP. `look` returns when one is over."""
        while (left := moment - self.now()) > 0:
            self._set(self.offset + min(left, LONGEST_STEP))
            look()

    def _set(self, offset):
        self.offset = offset
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{offset}\n", encoding="utf-8")
        os.replace(fresh, self.file)
