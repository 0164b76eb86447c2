#!/usr/bin/env python3
"""count_tests.py with what each kind of test says: how many, which failed and why, which took longest."""

import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))
import count_tests  # pylint: disable=wrong-import-position

# As CTest 3.25, Python 3.11, Node.js 22, Vitest 3.2 and the drivers of tests/ write it.
CTEST = """\
1: All tests passed (3 assertions in 2 test cases)
1/4 Test #1: good .............................   Passed    0.03 sec
2: x_test.cc:3: FAILED:
2:   CHECK( 1 == 2 )
2: test cases: 5 | 3 passed | 2 failed
2/4 Test #2: bad ..............................***Failed    7.10 sec
3: the last words
3/4 Test #3: crash ............................***Exception: SegFault  0.07 sec
4/4 Test #4: gone .............................***Not Run   0.00 sec
"""
RULE, LINE = "=" * 70, "-" * 70
UNITTEST = f"""\
FAILED   12.5 s  test_a.A.test_x
passed    3.0 s  test_a.A.test_y
{RULE}
FAIL: test_x (test_a.A.test_x)
Words of the test.
{LINE}
Traceback (most recent call last):
AssertionError: 1 != 2

{RULE}
ERROR: setUpClass (test_b.B)
{LINE}
Traceback (most recent call last):
RuntimeError: no

{LINE}
Ran 3 tests in 15.500s

FAILED (failures=1, errors=1)
"""
NODE = """\
# Subtest: opens
ok 1 - opens
  ---
  duration_ms: 2500.5
  ...
# Subtest: closes
not ok 2 - closes
  ---
  duration_ms: 1.78
  error: 'it is open'
  ...
1..2
# pass 1
"""
VITEST = "ok 1 - tests/a.test.js > adds # time=1500.00ms\nnot ok 2 - tests/a.test.js > takes # time=2.00ms\n"
MODULE = "== test_events.Events (31.4 s)\n\n" + LINE + "\nRan 2 tests in 31.000s\n\nOK\n"


class CountTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def log(self, text, name="x.log"):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def run_on(self, *arguments):
        """What it counts, and what it tells."""
        counted, told = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(counted), contextlib.redirect_stderr(told):
            count_tests.main(list(arguments))
        return counted.getvalue(), told.getvalue()

    def test_ctest_counts_test_cases_and_tells_what_a_failed_one_said(self):
        counted, told = self.run_on(self.log(CTEST))
        self.assertEqual("good 2 0\nbad 3 2\ncrash 0 1\ngone 0 1\n", counted)
        self.assertIn("failed: bad (Failed)\n    x_test.cc:3: FAILED:\n      CHECK( 1 == 2 )\n", told)
        self.assertIn("failed: crash (Exception: SegFault)\n    the last words\n", told)
        self.assertIn("failed: gone (Not Run)\n", told)
        self.assertNotIn("good", told)

    def test_unittest_tells_each_failure_with_its_reason(self):
        counted, told = self.run_on(self.log(UNITTEST))
        self.assertEqual("unittest 1 2\n", counted)
        self.assertEqual("failed: test_x (test_a.A.test_x)\n    Traceback (most recent call last):\n"
                         "    AssertionError: 1 != 2\nfailed: setUpClass (test_b.B)\n"
                         "    Traceback (most recent call last):\n    RuntimeError: no\n", told)

    def test_tap_tells_each_failure_with_its_details(self):
        counted, told = self.run_on(self.log(NODE))
        self.assertEqual("1---opens 1 0\n2---closes 0 1\n", counted)
        self.assertTrue(told.startswith("failed: 2 - closes\n"), told)
        self.assertIn("error: 'it is open'", told)
        self.assertNotIn("opens", told)
        self.assertNotIn("pass 1", told)

    def test_a_log_without_a_result_is_a_failure_and_its_end_is_told(self):
        counted, told = self.run_on(self.log("before\nit did not start\n"))
        self.assertTrue(counted.endswith("x.log 0 1\n"), counted)
        self.assertTrue(told.endswith("    before\n    it did not start\n"), told)

    def test_of_a_long_reason_the_last_40_lines_are_told(self):
        for lines, cut in ((40, False), (41, True)):
            said = "".join(f"1: line {number}\n" for number in range(lines))
            _, told = self.run_on(self.log(said + "1/1 Test #1: long ...***Failed    0.01 sec\n"))
            self.assertEqual(cut, "    …\n" in told, lines)
            self.assertEqual(not cut, "    line 0\n" in told, lines)
            self.assertIn(f"    line {lines - 1}\n", told)

    def test_what_passed_tells_nothing(self):
        self.assertEqual("", self.run_on(self.log(MODULE))[1])

    def test_the_slowest_are_named_with_their_stage(self):
        logs = [self.log(text, f"{name}.log") for name, text in (
            ("asan", CTEST), ("node", UNITTEST), ("page", NODE), ("page-logic", VITEST), ("module", MODULE))]
        slowest, _ = self.run_on("--slowest", *logs)
        self.assertEqual(["31.4 s  module: test_events.Events", "12.5 s  node: test_a.A.test_x", "7.1 s  asan: bad",
                          "3.0 s  node: test_a.A.test_y", "2.5 s  page: opens",
                          "1.5 s  page-logic: tests/a.test.js > adds"],
                         [line.strip() for line in slowest.splitlines()[:6]])

    def test_twenty_are_named(self):
        lines = "".join(f"passed {number:5}.0 s  test_a.A.test_{number}\n" for number in range(21))
        slowest, _ = self.run_on("--slowest", self.log(lines))
        self.assertEqual(20, len(slowest.splitlines()))
        self.assertNotIn("test_0\n", slowest)

    def test_the_closing_line_and_the_code_tell_whether_all_passed(self):
        for counts, closing, code in (("a 2 0\nb 1 0\n", "3 passed, 0 failed", 0),
                                      ("a 2 0\nb 0 1\n", "2 passed, 1 failed", 1), ("", "0 passed, 0 failed", 1)):
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                self.assertEqual(code, count_tests.total(self.log(counts)))
            self.assertEqual(closing, said.getvalue().splitlines()[-1])


if __name__ == "__main__":
    unittest.main()
