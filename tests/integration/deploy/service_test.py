#!/usr/bin/env python3
"""What install.sh does to a running machine: a root of its own, with a systemctl that takes notes."""

import sys
import unittest

from scratch_host import ANSWERS, BINARY, CONFIG, SERVICE, UNIT, Machine

SKIPPED = 77  # CTest's SKIP_RETURN_CODE


class ServiceTest(unittest.TestCase):
    def setUp(self):
        self.machine = Machine()
        self.addCleanup(self.machine.close)

    def test_the_service_is_enabled_and_started(self):
        done = self.machine.install(*ANSWERS)

        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(self.machine.systemctl_calls(),
                         ["daemon-reload", f"--quiet enable {SERVICE}", f"restart {SERVICE}"])
        for name in (CONFIG, BINARY, UNIT):
            self.assertTrue((self.machine / name).exists(), name)

    def test_no_start_leaves_it_enabled(self):
        self.assertEqual(self.machine.install(*ANSWERS, "--no-start").returncode, 0)
        self.assertEqual(self.machine.systemctl_calls(),
                         ["daemon-reload", f"--quiet enable {SERVICE}"])

    def test_a_second_time_it_is_restarted_with_the_new_binary(self):
        self.machine.install(*ANSWERS)
        self.assertEqual(self.machine.install().returncode, 0)
        self.assertEqual(self.machine.systemctl_calls().count(f"restart {SERVICE}"), 2)

    def test_a_service_that_does_not_start_fails_the_installation(self):
        self.machine.plant("run/refuse", "")

        done = self.machine.install(*ANSWERS)

        self.assertEqual(done.returncode, 1)
        self.assertIn("journalctl -u ns8-backup-monitor", done.stdout)

    def test_a_machine_without_systemd_is_refused(self):
        (self.machine / "run/systemd/system").rmdir()

        done = self.machine.install(*ANSWERS)

        self.assertEqual(done.returncode, 1)
        self.assertIn("needs systemd", done.stdout)
        self.assertEqual(self.machine.systemctl_calls(), [])

    def test_uninstalling_stops_first(self):
        self.machine.install(*ANSWERS)

        done = self.machine.install("--uninstall")

        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(self.machine.systemctl_calls()[-2:],
                         [f"--quiet disable --now {SERVICE}", "daemon-reload"])
        self.assertFalse((self.machine / BINARY).exists())
        self.assertTrue((self.machine / CONFIG).exists())


if __name__ == "__main__":
    if not Machine.possible():
        print("no namespaces here: the live installation was not tried")
        sys.exit(SKIPPED)
    unittest.main()
