"""imageroot/ as a whole; and each rule is tried with what it must refuse."""

import pathlib
import tempfile
import unittest

import imageroot_rules as rules
from module_scene import IMAGEROOT

HEAD = "#\n# Copyright (C) 2026 The ns8-backup-monitor authors\n# SPDX-License-Identifier: MIT\n#\n"
TREE_RULES = (rules.dangling_links, rules.wrong_modes, rules.strange_places, rules.wrong_shebangs,
              rules.without_header, rules.twins, rules.unfinished_last_lines, rules.missing_commands)


def programs(shebang):
    return [path for path, name in rules.files_in(IMAGEROOT) if rules.is_program(name)
            and path.read_text(encoding="utf-8").startswith(shebang)]


class TheTree(unittest.TestCase):
    def test_it_keeps_every_rule(self):
        for rule in TREE_RULES:
            with self.subTest(rule.__name__):
                self.assertEqual([], rule(IMAGEROOT))

    def test_there_are_programs_of_every_kind(self):
        names = [name for _, name in rules.files_in(IMAGEROOT) if rules.is_program(name)]
        self.assertEqual({"actions", "events", "update-module.d", "bin"}, {name.split("/")[0] for name in names})

    def test_shellcheck_finds_nothing(self):
        self.assertTrue(programs("#!/bin/bash"))
        self.assertEqual([], rules.bash_faults(programs("#!/bin/bash")))

    def test_python_of_a_node_runs_every_program_and_library(self):
        paths = programs("#!/usr/bin/env python3") + sorted((IMAGEROOT / "pypkg").glob("*.py"))
        self.assertLess(15, len(paths))
        for path in paths:
            self.assertEqual([], rules.python_faults(path.read_text(encoding="utf-8"), path.name))

    def test_systemd_accepts_the_unit(self):
        self.assertEqual([], rules.unit_faults(IMAGEROOT / "systemd/user/backup-monitor.service"))

    def test_the_last_step_of_an_update_restarts(self):
        self.assertEqual("80restart_services", max(path.name for path in (IMAGEROOT / "update-module.d").iterdir()))


class Broken(unittest.TestCase):
    """Each rule on a tree with one fault."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="backup-monitor-tree-")
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)

    def add(self, name, text="#!/bin/bash\n" + HEAD, mode=0o755):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    def test_a_good_tree_keeps_every_rule(self):
        self.add("actions/do-it/20step")
        self.add("pypkg/a.py", HEAD, 0o644)
        (self.root / "update-module.d").mkdir()
        (self.root / "update-module.d/20step").symlink_to("../actions/do-it/20step")
        for rule in TREE_RULES:
            self.assertEqual([], rule(self.root), rule.__name__)

    def test_a_link_to_nothing_or_out_of_the_tree(self):
        (self.root / "bin").mkdir()
        (self.root / "bin/a").symlink_to("../nothing")
        (self.root / "bin/b").symlink_to("/bin/sh")
        self.assertEqual(["bin/a", "bin/b"], rules.dangling_links(self.root))

    def test_a_step_that_cannot_be_run_and_a_file_that_can(self):
        for name in ("actions/a/20step", "events/a/20handle", "bin/do-it", "update-module.d/20step"):
            self.add(name, mode=0o644)
        self.add("actions/a/validate-input.json")
        self.add("etc/state-include.conf")
        self.assertEqual(6, len(rules.wrong_modes(self.root)))

    def test_a_file_where_nobody_looks(self):
        for name in ("actions/20step", "events/a/handle", "bin/x.bak", "notes.txt"):
            self.add(name)
        self.assertEqual(4, len(rules.strange_places(self.root)))

    def test_another_interpreter(self):
        for number, text in enumerate(("#!/bin/sh\n", "#!/usr/bin/python3\n", "", "#!/bin/bash -e\n")):
            self.add(f"bin/x{'abcd'[number]}", text)
        self.assertEqual(4, len(rules.wrong_shebangs(self.root)))

    def test_a_file_that_does_not_say_whose_it_is(self):
        self.add("bin/a", "#!/bin/bash\n")
        self.add("bin/b", "#!/bin/bash\n" + "\n" * 20 + HEAD)
        self.assertEqual(["bin/a", "bin/b"], rules.without_header(self.root))

    def test_a_copy_of_another_file(self):
        self.add("bin/a")
        self.add("bin/b")
        self.assertEqual([("bin/a", "bin/b")], rules.twins(self.root))

    def test_a_last_line_without_its_end(self):
        self.add("etc/state-include.conf", "state/a\nvolumes/data")
        self.assertEqual(["etc/state-include.conf"], rules.unfinished_last_lines(self.root))

    def test_a_command_that_the_unit_calls_and_nobody_wrote(self):
        self.add("bin/discover-it")
        self.add("systemd/user/a.service", "ExecStartPre=-/usr/local/bin/runagent discover-it %t/x\n"
                 "ExecStartPre=%E/bin/provide-it\nExecStopPost=runagent forget-it\n", 0o644)
        self.assertEqual(["provide-it", "forget-it"], rules.missing_commands(self.root))

    def test_what_shellcheck_knows(self):
        self.assertTrue(rules.bash_faults([self.add("bin/a", "#!/bin/bash\nrm $1\n")]))

    def test_what_a_node_s_python_does_not_have(self):
        for text in ("import numpy", "from flask import Flask", "import telnetlib", "import distutils.util",
                     "from . import x", "def f[T](x: T): pass", "print 1"):
            with self.subTest(text):
                self.assertEqual(1, len(rules.python_faults(text, "x")))
        self.assertEqual([], rules.python_faults("import json, redis.exceptions\nfrom urllib import parse", "x"))

    def test_what_systemd_does_not_understand(self):
        good = "[Service]\nType=notify\nExecStart=/bin/true\n"
        for number, text in enumerate((good + "Shoe=43\n", good.replace("notify", "shoe"), "[Service]\n",
                                       good.replace("/bin/true", "/nowhere/at/all"))):
            with self.subTest(text):
                self.assertTrue(rules.unit_faults(self.add(f"bad{number}.service", text, 0o644)))
        self.assertEqual([], rules.unit_faults(self.add("good.service", good, 0o644)))


if __name__ == "__main__":
    unittest.main()
