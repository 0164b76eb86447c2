#!/usr/bin/env python3
"""Every shell script of the project passes shellcheck, which is tried with what it must refuse."""

import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PLACES = (".ci", "bench", "config", "deploy", "scripts", "tests", "demo.sh", "test.sh")


def is_shell(path):
    if not path.is_file() or path.is_symlink():
        return False
    with path.open("rb") as file:
        first = file.readline(80)
    return first.startswith(b"#!") and first.split()[-1].endswith((b"bash", b"/sh"))


def scripts():
    for place in PLACES:
        path = ROOT / place
        yield from filter(is_shell, sorted(path.rglob("*")) if path.is_dir() else [path])


def shellcheck(*arguments, text=None):
    return subprocess.run(["shellcheck", "--external-sources", "--source-path=SCRIPTDIR", *arguments],
                          input=text, capture_output=True, text=True, timeout=300, check=False)


class ShellcheckTest(unittest.TestCase):
    def test_every_script_passes(self):
        found = list(scripts())
        self.assertIn(ROOT / "deploy/install.sh", found)
        done = shellcheck(*found)
        self.assertEqual(done.stdout, "")
        print(f"{len(found)} scripts")

    def test_a_careless_script_does_not(self):
        done = shellcheck("-", text="#!/bin/bash\nrm -rf $1/*\n")
        self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    sys.exit(unittest.main())
