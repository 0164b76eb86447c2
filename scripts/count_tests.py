#!/usr/bin/env python3
"""Counts what tests said of themselves, so that test.sh can end with one line.

    count_tests.py LOG                   counts of one log: "NAME passed failed", a line per suite; what failed
                                         and why goes to the standard error
    count_tests.py --single NAME CODE    one test that is judged by its exit code
    count_tests.py --slowest LOG...      the 20 tests that took longest, of those that say how long
    count_tests.py --sum COUNTS          prints failures and the closing line; exit 1 if any failed

A CTest entry that is a Catch2 executable counts as its test cases, any other as one test. Python's
unittest and lines "ok NAME" / "not ok NAME" are understood too.
"""

import pathlib
import re
import sys

CTEST_RESULT = re.compile(r"^\s*\d+/\d+ Test\s+#(\d+): (\S+) \.*\s*(\**\w[\w: -]*?) +([\d.]+) sec", re.M)
CATCH_ALL = re.compile(r"^(\d+): All tests passed \(.* in (\d+) test cases?\)", re.M)
CATCH_SOME = re.compile(r"^(\d+): test cases:\s*(\d+)(?: \|\s*(\d+) passed)?(?: \|\s*(\d+) failed)?", re.M)
TAP = re.compile(r"^(ok|not ok) (.+)$", re.M)
UNITTEST = re.compile(r"^Ran (\d+) tests? in .*\n\n(OK|FAILED)(?: \((.*)\))?", re.M)

# What is between two rules of unittest: the name of a test, a line of dashes, why it failed.
UNITTEST_FAILURE = re.compile(r"^={70}\n(?:FAIL|ERROR): (.+)\n(?:.+\n)?-{70}\n((?:(?!={70}|-{70}).*\n)*)", re.M)
# The indented lines after a line of TAP.
TAP_FAILURE = re.compile(r"^not ok (.+)\n((?:(?!(?:not )?ok |# |\d+\.\.).*\n?)*)", re.M)

TIMED_LINE = re.compile(r"^(?:passed|FAILED|ERROR) +([\d.]+) s  (\S+)$", re.M)
CLASS_OF_TESTS = re.compile(r"^== (\S+) \(([\d.]+) s\)$", re.M)
TAP_TIME = re.compile(r"^(?:not )?ok \d+ - (.+?)(?: # time=([\d.]+)ms| \{)?\n(?:  ---\n  duration_ms: ([\d.]+))?", re.M)

MOST_LINES = 40  # of why one test failed
SLOWEST = 20


def read(path):
    return pathlib.Path(path).read_text(encoding="utf-8", errors="replace")


def is_good(ctest_word):
    return ctest_word == "Passed"


def count_ctest(text):
    """(name, passed, failed) of each CTest entry."""
    cases = {m[1]: (int(m[2]), 0) for m in CATCH_ALL.finditer(text)}
    for m in CATCH_SOME.finditer(text):
        failed = int(m[4] or 0)
        cases[m[1]] = (int(m[2]) - failed, failed)
    for match in CTEST_RESULT.finditer(text):
        number, name, good = match[1], match[2], is_good(match[3])
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
    text = read(path)
    found = list(count_ctest(text)) + list(count_unittest(text))
    found += [(m[2], int(m[1] == "ok"), int(m[1] != "ok")) for m in TAP.finditer(text)]
    if not found:
        found = [(path, 0, 1)]  # a log without any result is a failure
    return found


def failures(text):
    """(name, why) of each test that failed."""
    for match in CTEST_RESULT.finditer(text):
        if not is_good(match[3]):
            said = re.findall(rf"^{match[1]}: (.*)$", text, re.M)
            yield f"{match[2]} ({match[3].strip('*')})", "\n".join(said)
    yield from ((match[1], match[2]) for match in UNITTEST_FAILURE.finditer(text))
    yield from ((match[1], match[2]) for match in TAP_FAILURE.finditer(text))


def last_lines(text):
    lines = text.strip("\n").splitlines()
    return lines if len(lines) <= MOST_LINES else ["…", *lines[-MOST_LINES:]]


def tell_failures(path, rows):
    """What failed and why, for whoever sits at the terminal."""
    text = read(path)
    found = list(failures(text))
    if not found and any(bad for _, _, bad in rows):
        found = [(f"no test of {path} is named as failed; it ends with", text)]
    for name, why in found:
        print("\n".join([f"failed: {name}", *(f"    {line}" for line in last_lines(why))]), file=sys.stderr)


def durations(text):
    """(seconds, name) of each test that says how long it took."""
    yield from ((float(m[4]), m[2]) for m in CTEST_RESULT.finditer(text))
    yield from ((float(m[1]), m[2]) for m in TIMED_LINE.finditer(text))
    yield from ((float(m[2]), m[1]) for m in CLASS_OF_TESTS.finditer(text))
    yield from ((float(m[2] or m[3]) / 1000, m[1]) for m in TAP_TIME.finditer(text) if m[2] or m[3])


def tell_slowest(paths):
    found = [(seconds, pathlib.Path(path).stem, name) for path in paths for seconds, name in durations(read(path))]
    for seconds, stage, name in sorted(found, reverse=True)[:SLOWEST]:
        print(f"{seconds:7.1f} s  {stage}: {name}")


def total(path):
    passed = failed = 0
    for line in read(path).splitlines():
        name, good, bad = line.rsplit(None, 2)
        passed, failed = passed + int(good), failed + int(bad)
        if int(bad):
            print(f"failed: {name} ({bad}); see build/results")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def main(arguments):
    if arguments[0] == "--sum":
        return total(arguments[1])
    if arguments[0] == "--slowest":
        tell_slowest(arguments[1:])
        return 0
    if arguments[0] == "--single":
        rows = [(arguments[1], int(arguments[2] == "0"), int(arguments[2] != "0"))]
    else:
        rows = count(arguments[0])
        tell_failures(arguments[0], rows)
    for name, passed, failed in rows:
        print(name.replace(" ", "-"), passed, failed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
