#!/usr/bin/env python3
"""systemd accepts the unit and rates its sandbox. Each check is tried with what it must refuse."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from scratch_host import DEPLOY, SERVICE

UNIT = (DEPLOY / SERVICE).read_text()
DROP_IN = (DEPLOY / "repo-check.conf").read_text()
WORST_EXPOSURE = 2.0  # of 10; systemd itself calls below 5 "OK"


def settings(text):
    return set(re.findall(r"^(\w+)=", text, re.MULTILINE))


def verify(text, drop_in=""):
    """What systemd has to say about a unit with this text; nothing if it accepts it."""
    with tempfile.TemporaryDirectory(prefix="unit-") as name:
        root = pathlib.Path(name)
        for program in ("usr/local/bin/backup-monitor", "bin/kill"):
            (root / program).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy("/bin/true", root / program)
        (root / "etc/systemd/system").mkdir(parents=True)
        (root / "etc/systemd/system" / SERVICE).write_text(text)
        (root / "etc/systemd/system" / f"{SERVICE}.d").mkdir()
        (root / "etc/systemd/system" / f"{SERVICE}.d/repo-check.conf").write_text(drop_in)
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", f"--root={root}", SERVICE],
            capture_output=True, text=True, timeout=60, check=False)
        return done.stderr if done.returncode or done.stderr else ""


def exposure(text):
    with tempfile.TemporaryDirectory(prefix="unit-") as name:
        path = pathlib.Path(name) / SERVICE
        path.write_text(text)
        done = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--no-pager", path],
                              capture_output=True, text=True, timeout=60, check=False)
        return float(re.search(r"exposure level for \S+: ([\d.]+)", done.stdout).group(1))


class UnitTest(unittest.TestCase):
    def test_systemd_accepts_the_unit(self):
        self.assertEqual(verify(UNIT), "")

    def test_systemd_refuses_a_slip(self):
        self.assertIn("Unknown key", verify(UNIT.replace("ProtectSystem=", "ProtectSytem=")))
        self.assertIn("not executable", verify(UNIT.replace("/bin/kill", "/bin/nothing")))

    def test_systemd_accepts_the_drop_in_that_lets_repositories_be_looked_into(self):
        self.assertEqual(verify(UNIT, DROP_IN), "")
        self.assertIn("Unknown key", verify(UNIT, DROP_IN.replace("ProtectSystem=", "ProtectSytem=")))

    def test_the_drop_in_opens_only_what_the_unit_has_closed(self):
        self.assertEqual(set(), settings(DROP_IN) - settings(UNIT))

    def test_the_sandbox_is_tight(self):
        level = exposure(UNIT)
        print(f"exposure level {level} of 10")
        self.assertLessEqual(level, WORST_EXPOSURE)

    def test_a_sandbox_without_its_walls_is_noticed(self):
        self.assertGreater(exposure(UNIT.replace("CapabilityBoundingSet=\n", "")), WORST_EXPOSURE)

    def test_what_the_daemon_relies_on_is_there(self):
        for line in ("Type=notify", "ExecReload=/bin/kill -HUP $MAINPID", "TimeoutStopSec=10s",
                     "RestartPreventExitStatus=78", "StateDirectory=backup-monitor",
                     "ReadWritePaths=/var/log", "WatchdogSec=60s", "LimitCORE=0", "WantedBy=multi-user.target"):
            self.assertIn("\n" + line + "\n", UNIT)


if __name__ == "__main__":
    if not shutil.which("systemd-analyze"):
        print("no systemd-analyze here: the unit was not checked")
        sys.exit(77)
    unittest.main()
