"""What the drivers of tests (tests/*/run.py) share."""

import unittest


def tests_in(suite):
    """Every single test of a suite of suites."""
    for part in suite:
        if isinstance(part, unittest.TestSuite):
            yield from tests_in(part)
        else:
            yield part
