#!/usr/bin/env python3
"""Every guard of check_includes.py, tried once with what it must refuse and what it must let pass."""

import pathlib
import tempfile
import unittest

from check_includes import KEPT_FROM, OWNERS, violations

# What may be there so that an include finds its file.
HEADERS = ("text/utf8.h", "base/result.h", "model/run.h", "config/config.h", "run/run_tracker.h", "store/inbox.h",
           "outcome/judge.h", "report/facts/tally.h", *KEPT_FROM,
           "report/words/lead.h", "report/mail/page.h", "adapters/redis/redis.h", "app/pipeline.h")


class CheckIncludesTest(unittest.TestCase):
    def faults(self, name, *includes):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for header in HEADERS:
                (root / header).parent.mkdir(parents=True, exist_ok=True)
                (root / header).write_text("#pragma once\n")
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("".join(f"#include {include}\n" for include in includes))
            return violations(root)

    def test_what_layers_may_know_passes(self):
        for name, include in (("run/a.cc", '"run/run_tracker.h"'), ("run/a.cc", '"model/run.h"'),
                              ("model/a.cc", '"base/result.h"'), ("base/a.cc", '"text/utf8.h"'),
                              ("run/a.cc", '"text/utf8.h"'), ("app/a.cc", '"text/utf8.h"'),
                              ("adapters/smtp/a.cc", '"text/utf8.h"'), ("app/a.cc", '"outcome/judge.h"'),
                              ("app/a.cc", '"adapters/redis/redis.h"'), ("main.cc", '"app/pipeline.h"'),
                              ("adapters/redis/a.cc", '"adapters/redis/redis.h"'),
                              ("adapters/sqlite/a.cc", '"store/inbox.h"'), ("run/a.cc", "<vector>"),
                              ("adapters/http/a.cc", "<sys/socket.h>"), ("run/a.cc", "<time.h>"),
                              ("report/words/a.cc", '"embedded/catalogs.h"'),
                              ("report/words/a.cc", '"report/facts/tally.h"'), ("report/mail/a.cc", '"report/words/lead.h"'),
                              ("report/mail/a.cc", '"report/facts/tally.h"'),
                              ("announcement/a.cc", '"report/facts/tally.h"'), ("app/a.cc", '"report/mail/page.h"')):
            with self.subTest(name=name, include=include):
                self.assertEqual(self.faults(name, include), [])

    def test_what_layers_may_not_know_is_refused(self):
        for name, include in (("base/a.h", '"model/run.h"'), ("text/a.h", '"base/result.h"'), ("model/a.h", '"config/config.h"'),
                              ("run/a.cc", '"outcome/judge.h"'), ("report/words/a.cc", '"store/inbox.h"'),
                              ("report/facts/a.cc", '"report/words/lead.h"'), ("report/facts/a.cc", '"report/mail/page.h"'),
                              ("report/words/a.cc", '"report/mail/page.h"'), ("model/a.h", '"report/facts/tally.h"'),
                              ("config/a.cc", '"app/pipeline.h"'), ("run/a.cc", '"config/config.h"'),
                              ("adapters/sqlite/a.cc", '"run/run_tracker.h"'),
                              ("adapters/smtp/a.cc", '"report/mail/page.h"'),
                              ("store/a.h", '"adapters/redis/redis.h"'),
                              ("main.cc", '"run/run_tracker.h"')):
            with self.subTest(name=name, include=include):
                found = self.faults(name, include)
                self.assertEqual(len(found), 1)
                self.assertIn("may not include", found[0])
                self.assertTrue(found[0].startswith(name))

    def test_every_third_party_header_is_refused_outside_of_its_place(self):
        for prefix in OWNERS:
            with self.subTest(prefix=prefix):
                header = prefix + "any.h" if prefix.endswith("/") else prefix
                self.assertEqual(len(self.faults("model/a.cc", f"<{header}>")), 1)

    def test_every_third_party_header_passes_in_its_place(self):
        for prefix, owners in OWNERS.items():
            for owner in owners:
                with self.subTest(prefix=prefix, owner=owner):
                    header = prefix + "any.h" if prefix.endswith("/") else prefix
                    name = owner + "a.cc" if owner.endswith("/") else owner
                    self.assertEqual(self.faults(name, f"<{header}>"), [])

    def test_what_is_derived_once_is_kept_from_those_who_are_given_it(self):
        for header, places in KEPT_FROM.items():
            for place in places:
                with self.subTest(header=header, place=place):
                    self.assertIn("is given what that derives", self.faults(place + "a.cc", f'"{header}"')[0])
            with self.subTest(header=header):
                self.assertEqual(self.faults("report/facts/a.cc", f'"{header}"'), [])
                self.assertEqual(self.faults("announcement/a.cc", f'"{header}"'), [])

    def test_a_library_without_an_owner_is_refused(self):
        self.assertIn("has no owner", self.faults("app/a.cc", "<boost/asio.hpp>")[0])

    def test_one_adapter_may_not_know_another(self):
        self.assertIn("another", self.faults("adapters/http/a.cc", '"adapters/redis/redis.h"')[0])

    def test_a_path_that_does_not_start_at_src_is_refused(self):
        self.assertIn("no file of src/", self.faults("run/a.cc", '"run_tracker.h"')[0])
        self.assertIn("no file of src/", self.faults("run/a.cc", '"../model/run.h"')[0])

    def test_a_new_layer_must_be_declared(self):
        for name in ("misc/a.cc", "report/a.cc", "report/misc/a.cc"):
            with self.subTest(name=name):
                self.assertIn("no layer", self.faults(name, '"model/run.h"')[0])

    def test_unusual_spacing_hides_nothing(self):
        self.assertEqual(len(self.faults("run/a.cc", "", '  "outcome/judge.h"')), 1)
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "base").mkdir()
            (root / "base/a.h").write_text("#pragma once\n  #  include<spdlog/spdlog.h>\n")
            self.assertEqual(len(violations(root)), 1)

    def test_an_empty_tree_is_no_success(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(len(violations(pathlib.Path(folder))), 1)


if __name__ == "__main__":
    unittest.main()
