#!/usr/bin/python3
"""Runs the node tests: a module of NS8 in the hands of a node that is as real as this machine allows.

    run.py [-f] [NAME...]      only tests whose name contains one of the names; -f ends at the first failure

Needs root: it makes Unix users and cgroups, and takes them away again. BACKUP_MONITOR_KEEP_IMAGES=1 leaves
the container images for the next run. The end is written as unittest writes it.
"""

import argparse
import os
import pathlib
import shutil
import signal
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from stage.suites import tests_in  # pylint: disable=wrong-import-position

COMMANDS = ("podman", "buildah", "runc", "debootstrap", "redis-server", "prometheus-alertmanager", "newuidmap",
            "useradd", "journalctl", "tar", "ip", "curl")


def refusal():
    """Why the tests cannot run here; None if they can."""
    if os.geteuid() != 0:
        return "node tests make Unix users and cgroups: run them as root, for instance with sudo"
    missing = [name for name in COMMANDS if not shutil.which(name)]
    if missing:
        return f"missing: {', '.join(missing)}; scripts/install-packages.sh installs what the tests need"
    return None


class Lines(unittest.TextTestResult):
    """A line for each test, with its time."""

    def startTest(self, test):
        self.begin = time.monotonic()
        super().startTest(test)

    def said(self, word, test):
        self.stream.writeln(f"{word:7} {time.monotonic() - self.begin:5.1f} s  {test.id()}")
        self.stream.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.said("passed", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.said("FAILED", test)

    def addError(self, test, err):
        self.begin = getattr(self, "begin", time.monotonic())
        super().addError(test, err)
        self.said("ERROR", test)


def interrupt(*_):
    """As Ctrl-C does: of all that ends a program only this passes through unittest."""
    raise KeyboardInterrupt


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-f", "--failfast", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    why_not = refusal()
    if why_not:
        sys.exit(why_not)
    signal.signal(signal.SIGTERM, interrupt)  # the node is taken down then, too
    sys.path.insert(2, str(HERE.parent / "ns8"))
    import scene  # pylint: disable=import-outside-toplevel
    found = unittest.defaultTestLoader.discover(str(HERE), "test_*.py", str(HERE))
    chosen = unittest.TestSuite(test for test in tests_in(found)
                                if not options.names or any(name in test.id() for name in options.names))
    try:
        result = unittest.TextTestRunner(sys.stdout, resultclass=Lines, verbosity=0,
                                         failfast=options.failfast).run(chosen)
    finally:
        scene.stop()
    return 0 if result.testsRun and result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
