"""A daemon that hangs is restarted by systemd; one that does not leaves the journal alone."""

import os
import re
import signal
import time

from monitor import UNIT, MonitorScene, wait_until_watching
from scene import node, write_files
from stage.hanging import hung_thread
from stage.processes import wait_for

SECONDS = 3  # instead of the unit's 60


class Hung(MonitorScene):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.module = cls.add_watching()

    def shown(self, *names):
        """Properties of the unit, by name."""
        text = self.module.systemctl("show", UNIT, *(f"--property={name}" for name in names))
        return dict(line.split("=", 1) for line in text.splitlines())

    def daemon(self):
        """The daemon's process, as root sees it."""
        return int(self.module.user.check("podman", "inspect", "--format={{.State.Pid}}", "backup-monitor"))

    def restarts(self):
        return int(self.shown("NRestarts")["NRestarts"])

    def assert_restarted(self, before):
        wait_for(lambda: self.restarts() == before + 1, 90, "the restart")
        wait_until_watching(self.module)
        wait_for(lambda: self.shown("SubState")["SubState"] == "running", what="the running service")

    def test_1_with_its_own_patience_it_is_asked_and_the_journal_stays_empty(self):
        """As long as it takes to be asked twice: Podman's health check would have been run once, at least."""
        self.assertEqual("1min", self.shown("WatchdogUSec")["WatchdogUSec"])
        self.wait_for_silence()
        node().journal.sync()
        begin = int(time.time()) + 1
        wait_for(lambda: time.time() >= begin, what="the next second")
        asked = {self.shown("WatchdogTimestampMonotonic")["WatchdogTimestampMonotonic"]}

        def was_asked():
            asked.add(self.shown("WatchdogTimestampMonotonic")["WatchdogTimestampMonotonic"])
            return len(asked) > 2
        wait_for(was_asked, 75, "two answers to the watchdog")
        node().journal.sync()
        took = time.time() - begin
        lines = self.module.user.run("journalctl", "-q", "-o", "short", f"--since=@{begin}",
                                     f"_UID={self.module.user.uid}").stdout.splitlines()
        own = [line for line in lines if re.search(r" backup-monitor\[", line)]  # a look may be due
        print(f"{len(lines) - len(own)} journal lines in {took:.0f} s of an idle service, {len(own)} of its own")
        self.assertEqual([], [line for line in lines if line not in own])
        self.assertLessEqual(len(own), 2)

    def test_2_a_stopped_process_is_restarted(self):
        write_files(self.module.config, {f"systemd/user/{UNIT}.d/test.conf": f"[Service]\nWatchdogSec={SECONDS}s\n"})
        self.module.user.check("systemctl", "--user", "daemon-reload")
        self.module.user.check("systemctl", "--user", "restart", UNIT)
        wait_until_watching(self.module)
        self.assert_hang_ends(lambda process: os.kill(process, signal.SIGSTOP))

    def assert_hang_ends(self, hang):
        before, process = self.restarts(), self.daemon()
        begin = time.monotonic()
        hang(process)
        self.assert_restarted(before)
        self.assertFalse(os.path.exists(f"/proc/{process}"))
        print(f"{self.id()}: watching again {time.monotonic() - begin:.0f} s after the hang began")

    def test_3_one_hung_thread_is_enough(self):
        before, process = self.restarts(), self.daemon()
        with hung_thread(process, "worker"):
            self.assert_restarted(before)
        wait_for(lambda: not os.path.exists(f"/proc/{process}"), what="the end of the hung daemon")
        self.assertIn("the worker has made no progress for", self.module.log())

    def test_4_after_that_it_still_reports(self):
        self.back_up()
        self.mails(1)
