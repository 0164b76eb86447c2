#!/usr/bin/env python3
"""Every guard of check_namespaces.py, tried once with what it must refuse and what it must let pass."""

import pathlib
import tempfile
import unittest

from check_namespaces import violations


class CheckNamespacesTest(unittest.TestCase):
    def faults(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            return violations(pathlib.Path(folder))

    def test_the_namespace_of_the_folder_passes(self):
        for name, namespace in (("text/a.h", "backup_monitor"), ("base/json/a.cc", "backup_monitor"),
                                ("model/a.h", "backup_monitor"), ("run/a.h", "backup_monitor::run"),
                                ("announcement/a.cc", "backup_monitor::announcement"),
                                ("report/facts/a.h", "backup_monitor::report"),
                                ("report/words/a.h", "backup_monitor::report::words"),
                                ("report/mail/a.h", "backup_monitor::report::mail"),
                                ("adapters/cluster_api/a.h", "backup_monitor::cluster_api"),
                                ("app/a.h", "backup_monitor::app"), ("app/a.h.in", "backup_monitor::app"),
                                ("app/api/a.cc", "backup_monitor::app::api")):
            with self.subTest(name=name):
                self.assertEqual(self.faults(name, f"namespace {namespace} {{\nnamespace {{\n}}\n}}\n"), [])

    def test_another_namespace_is_refused(self):
        for name, namespace in (("run/a.h", "backup_monitor"), ("run/a.h", "backup_monitor::outcome"),
                                ("run/a.cc", "run"), ("model/a.h", "backup_monitor::model"),
                                ("report/facts/a.h", "backup_monitor::report::facts"),
                                ("adapters/redis/a.h", "backup_monitor::adapters::redis"),
                                ("app/api/a.h", "backup_monitor::app"), ("app/a.h.in", "backup_monitor")):
            with self.subTest(name=name, namespace=namespace):
                found = self.faults(name, f"namespace {namespace} {{\n}}\n")
                self.assertEqual(len(found), 1)
                self.assertIn(f"opens namespace '{namespace}'", found[0])

    def test_a_second_namespace_beside_the_right_one_is_refused(self):
        for second in ("namespace details {\n}", "  inline namespace  v1\n{\n}", "namespace std {\n}"):
            with self.subTest(second=second):
                self.assertEqual(len(self.faults("run/a.h", "namespace backup_monitor::run {\n" + second + "\n}\n")), 1)

    def test_a_file_without_a_namespace_is_refused(self):
        self.assertIn("opens no namespace", self.faults("run/a.cc", "int number;\n")[0])
        self.assertIn("opens no namespace", self.faults("run/a.cc", "// namespace backup_monitor::run {\n")[0])

    def test_what_stands_beside_the_rooms_opens_none(self):
        self.assertEqual(self.faults("main.cc", "int main() {}\n"), [])
        self.assertEqual(len(self.faults("main.cc", "namespace backup_monitor {\n}\n")), 1)

    def test_a_header_that_uses_a_whole_namespace_is_refused(self):
        text = "namespace backup_monitor::app {\n  using namespace std;\n}\n"
        self.assertIn("uses a whole namespace", self.faults("app/a.h", text)[0])
        self.assertEqual(self.faults("app/a.cc", text), [])

    def test_another_name_for_a_namespace_is_no_namespace(self):
        self.assertEqual(self.faults("app/a.cc", "namespace backup_monitor::app {\nnamespace fs = std::filesystem;\n}\n"), [])

    def test_an_empty_tree_is_no_success(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(len(violations(pathlib.Path(folder))), 1)


if __name__ == "__main__":
    unittest.main()
