#!/usr/bin/env python3
"""Runs the tests of the NS8 module against the daemon that BACKUP_MONITOR_BINARY names, else the release one.

    run.py [-j WORKERS] [NAME...]     only classes of tests whose name contains one of the names

Each class is a process of its own, two side by side. Every process ends as unittest ends, which
scripts/count_tests.py adds up; one that dies before counts as `not ok`.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from stage.suites import tests_in  # pylint: disable=wrong-import-position

FOLDERS = (HERE, HERE.parent / "ns8")  # the stand-in for the agent has tests of its own
PATIENCE = 600  # seconds for one class
LONGEST_FIRST = ("test_configure_", "test_reading_")  # else one worker is busy with them when the other is done


def find(folder, names):
    """Classes of tests in one folder, as `file.Class`. A file that cannot be loaded is one whose test fails."""
    suite = unittest.TestLoader().discover(str(folder), "test_*.py", str(folder))
    classes = {test.id().rpartition(".")[0] for test in tests_in(suite)}
    return sorted(name for name in classes if not names or any(word in name for word in names))


def play(folder, name):
    """Whether all tests of a class passed, and what there is to read."""
    begin = time.monotonic()
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "unittest", "-v", name]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace",
                              timeout=PATIENCE, check=False)
        said, good = done.stdout + done.stderr, done.returncode == 0
    except subprocess.TimeoutExpired as late:
        said, good = f"{late}\n", False
    if "\nRan " not in said:
        said += f"not ok {name}\n"
        good = False
    return good, f"== {name} ({time.monotonic() - begin:.1f} s)\n{said}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", "--workers", type=int, default=2)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    sys.dont_write_bytecode = True
    from stage.daemon import binary  # pylint: disable=import-outside-toplevel
    if not os.access(binary(), os.X_OK):
        sys.exit(f"there is no binary to test: {binary()}")
    pieces = [(folder, name) for folder in FOLDERS for name in find(folder, options.names)]
    pieces.sort(key=lambda piece: not piece[1].startswith(LONGEST_FIRST))
    bad = [] if pieces else ["nothing was found"]
    with concurrent.futures.ThreadPoolExecutor(options.workers) as pool:
        for piece, (good, said) in zip(pieces, pool.map(lambda piece: play(*piece), pieces)):
            print(said, flush=True)
            if not good:
                bad.append(piece[1])
    print("failed: " + ", ".join(bad) if bad else "every class passed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
