#!/usr/bin/env python3
"""Counts what tests said of themselves, so that test.sh can end with one line.

    count_tests.py LOG                   counts of one log: "NAME passed failed", a line per suite
    count_tests.py --single NAME CODE    one test that is judged by its exit code
    count_tests.py --sum COUNTS          prints failures and the closing line; exit 1 if any failed

A CTest entry that is a Catch2 executable counts as its test cases, any other as one test. Python's
unittest and lines "ok NAME" / "not ok NAME" are understood too.
"""

import re
import sys

CTEST_RESULT = re.compile(r"^\s*\d+/\d+ Test\s+#(\d+): (\S+) \.*\s*(\**\w+|\*+\w+ \w+)", re.M)
CATCH_ALL = re.compile(r"^(\d+): All tests passed \(.* in (\d+) test cases?\)", re.M)
CATCH_SOME = re.compile(r"^(\d+): test cases:\s*(\d+)(?: \|\s*(\d+) passed)?(?: \|\s*(\d+) failed)?", re.M)
TAP = re.compile(r"^(ok|not ok) (.+)$", re.M)
UNITTEST = re.compile(r"^Ran (\d+) tests? in .*\n\n(OK|FAILED)(?: \((.*)\))?", re.M)


def count_ctest(text):
    """(name, passed, failed) of each CTest entry."""
    cases = {m[1]: (int(m[2]), 0) for m in CATCH_ALL.finditer(text)}
    for m in CATCH_SOME.finditer(text):
        failed = int(m[4] or 0)
        cases[m[1]] = (int(m[2]) - failed, failed)
    for match in CTEST_RESULT.finditer(text):
        number, name, result = match[1], match[2], match[3]
        good = result == "Passed"
        passed, failed = cases.get(number, (1, 0) if good else (0, 1))
        if not good and failed == 0:
            failed = 1  # it crashed, timed out or was not run
        yield name, passed, failed


def count_unittest(text):
    for match in UNITTEST.finditer(text):
        bad = sum(int(n) for n in re.findall(r"(?:failures|errors)=(\d+)", match[3] or ""))
        skipped = sum(int(n) for n in re.findall(r"skipped=(\d+)", match[3] or ""))
        yield "unittest", int(match[1]) - bad - skipped, bad


def count(path):
    text = open(path, encoding="utf-8", errors="replace").read()
    found = list(count_ctest(text)) + list(count_unittest(text))
    found += [(m[2], int(m[1] == "ok"), int(m[1] != "ok")) for m in TAP.finditer(text)]
    if not found:
        found = [(path, 0, 1)]  # a log without any result is a failure
    return found


def total(path):
    passed = failed = 0
    for line in open(path, encoding="utf-8"):
        name, good, bad = line.rsplit(None, 2)
        passed, failed = passed + int(good), failed + int(bad)
        if int(bad):
            print(f"failed: {name} ({bad}); see build/results")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def main(arguments):
    if arguments[0] == "--sum":
        return total(arguments[1])
    if arguments[0] == "--single":
        rows = [(arguments[1], int(arguments[2] == "0"), int(arguments[2] != "0"))]
    else:
        rows = count(arguments[0])
    for name, passed, failed in rows:
        print(name.replace(" ", "-"), passed, failed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
