#!/usr/bin/env python3
"""Runs the end-to-end tests against the binary that BACKUP_MONITOR_BINARY names, else the release one.

    run.py [-j WORKERS] [NAME...]     only files or tests whose name contains one of the names

Each class of tests is one piece of work; two run side by side, the longest first. The end is written
as unittest writes it.
"""

import argparse
import concurrent.futures
import contextlib
import io
import os
import pathlib
import sys
import time
import traceback
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from stage.suites import tests_in  # pylint: disable=wrong-import-position

LONGEST_FIRST = ["test_crashes"]  # pieces that would keep one worker busy after all others


def find(names):
    """Names of tests, by class: [["test_first_mail.FirstMail.test_...", ...], ...]"""
    classes = {}
    for test in tests_in(unittest.defaultTestLoader.discover(str(HERE), "test_*.py", str(HERE))):
        if not names or any(name in test.id() for name in names):
            classes.setdefault(test.id().rpartition(".")[0], []).append(test.id())
    return sorted(classes.values(), key=lambda ids: ids[0].split(".")[0] not in LONGEST_FIRST)


def play(ids):
    """Runs tests one after another, in a worker. Returns counts and what there is to read."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        suite = unittest.defaultTestLoader.loadTestsFromNames(ids)
        result = unittest.TextTestResult(unittest.runner._WritelnDecorator(output), False, 0)
        lines = []
        for test in tests_in(suite):
            begin, before = time.monotonic(), counts(result)
            test(result)
            word = word_for([now - then for now, then in zip(counts(result), before)])
            lines.append(f"{word:7} {time.monotonic() - begin:5.1f} s  {test.id()}")
        result.printErrors()
        for test, reason in result.skipped:
            print(f"skipped {test.id()}: {reason}")
    return result.testsRun, counts(result), "\n".join(lines) + "\n" + output.getvalue()


def counts(result):
    return [len(result.failures), len(result.errors), len(result.skipped)]


def word_for(change):
    return next((word for word, n in zip(("FAILED", "ERROR", "skipped"), change) if n), "passed")


def collect(pieces, workers):
    """Runs all pieces; a piece whose worker dies is an error."""
    ran, totals = 0, [0, 0, 0]
    with concurrent.futures.ProcessPoolExecutor(workers) as pool:
        for future in concurrent.futures.as_completed([pool.submit(play, ids) for ids in pieces]):
            try:
                count, bad, output = future.result()
            except Exception:  # the worker died: said, counted, and the others go on
                count, bad, output = 1, [0, 1, 0], traceback.format_exc()
            ran += count
            totals = [a + b for a, b in zip(totals, bad)]
            print(output, flush=True)
    return ran, totals


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", "--workers", type=int, default=2)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    from stage.daemon import binary  # pylint: disable=import-outside-toplevel
    if not os.access(binary(), os.X_OK):
        sys.exit(f"there is no binary to test: {binary()}")
    begin = time.monotonic()
    ran, (failures, errors, skipped) = collect(find(options.names), options.workers)
    bad = failures + errors
    said = [f"{word}={n}" for word, n in
            (("failures", failures), ("errors", errors), ("skipped", skipped)) if n]
    print("-" * 70 + f"\nRan {ran} tests in {time.monotonic() - begin:.1f}s\n")
    print(("FAILED" if bad or not ran else "OK") + (f" ({', '.join(said)})" if said else ""))
    return 1 if bad or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
