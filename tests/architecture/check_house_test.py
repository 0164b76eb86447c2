#!/usr/bin/env python3
"""Every guard of check_house.py, tried once with what it must refuse and what it must let pass."""

import pathlib
import tempfile
import unittest

from check_house import violations


class CheckHouseTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.root = pathlib.Path(self._folder.name)

    def write(self, name, text=""):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def assert_fault(self, *parts):
        found = [fault for fault in violations(self.root) if fault]
        self.assertEqual(len(found), 1, found)
        for part in parts:
            self.assertIn(part, found[0])

    def assert_in_order(self):
        self.assertEqual([fault for fault in violations(self.root) if fault], [])

    def test_a_file_under_another_licence_is_refused(self):
        words = "# SPDX-License-" + "Identifier: "
        self.write("scripts/mine.sh", words + "MIT\n")
        self.assert_in_order()
        self.write("scripts/other.sh", "#\n" + words + "GPL-3.0-or-later\n")
        self.assert_fault("scripts/other.sh:2", "GPL-3.0-or-later")

    def test_a_source_that_nothing_builds_is_found(self):
        self.write("src/run/CMakeLists.txt", "room(run SOURCES book.cc)\n# tracker.cc\n")
        self.write("src/run/book.cc")
        self.write("src/run/tracker.cc")
        self.assert_fault("src/run/tracker.cc", "no CMakeLists.txt builds it")

    def test_a_test_that_nothing_builds_is_found(self):
        self.write("tests/unit/run/CMakeLists.txt", "room_test(run SOURCES other_book_test.cc)")
        self.write("tests/unit/run/book_test.cc")
        self.assert_fault("book_test.cc", "no CMakeLists.txt builds it")

    def test_a_folder_without_a_build_file_is_found(self):
        self.write("tests/unit/run/book_test.cc")
        self.assert_fault("book_test.cc")

    def test_every_way_of_naming_a_source_counts(self):
        self.write("tests/CMakeLists.txt", """
            add_library(catch_main STATIC catch_main.cc)
            add_executable(a "unit/a_test.cc" ${CMAKE_CURRENT_SOURCE_DIR}/unit/b_test.cc)
            foreach(name alert config)
              add_executable(${name} fuzz/${name}_fuzz.cc)
            endforeach()""")
        for name in ("catch_main.cc", "unit/a_test.cc", "unit/b_test.cc", "fuzz/alert_fuzz.cc",
                     "fuzz/config_fuzz.cc"):
            self.write("tests/" + name)
        self.assert_in_order()

    def test_a_pattern_counts_only_for_the_names_it_is_given(self):
        self.write("tests/fuzz/CMakeLists.txt", "foreach(name alert)\nfuzz(${name}_fuzz.cc)")
        self.write("tests/fuzz/config_fuzz.cc")
        self.assert_fault("config_fuzz.cc")

    def test_names_are_snake_case_and_say_something(self):
        for name in ("src/run/RunBook.h", "src/run/run-book.h", "src/Run/book.h", "tests/_book.py",
                     "src/run/utils.h", "src/run/book_impl.h", "src/common/book.h",
                     "tests/test_helpers.py"):
            with self.subTest(name=name):
                path = self.write(name)
                self.assert_fault(name)
                path.unlink()

    def test_names_that_ns8_gives_are_let_alone(self):
        self.write("imageroot/actions/configure-module/10validate_recipients")
        self.write("src/report/implication.h")
        self.assert_in_order()

    def test_a_long_file_must_say_why(self):
        path = self.write("src/run/book.h", "//\n" * 401)
        self.assert_fault("book.h", "401 lines")
        path.write_text("// Over 400 lines because the table is one.\n" + "//\n" * 400)
        self.assert_in_order()
        path.write_text("//\n" * 400)
        self.assert_in_order()

    def test_work_left_for_later_is_found(self):
        for word in ("TO" + "DO", "FIX" + "ME"):
            with self.subTest(word=word):
                path = self.write("docs/guide.md", f"one\n{word}: two\n")
                self.assert_fault("docs/guide.md:2")
                path.unlink()

    def test_catch_is_included_by_one_header(self):
        self.write("tests/catch.h", "#include <catch2/catch.hpp>\n")
        self.assert_in_order()
        self.write("tests/fakes/trip.h", "#pragma once\n#include <catch2/catch.hpp>\n")
        self.assert_fault("tests/fakes/trip.h", "catch.h")

    def test_a_parser_without_a_fuzz_target_is_found(self):
        for declared in ("Result<Trip> ParseTrip(std::string_view text);", "static Result<Id> Parse(std::string_view text);",
                         "std::string DecodeTrip(const std::string& text);",
                         "std::optional<std::string> QueryValue(std::string_view query, int name);"):
            self.write("src/trip/trip.h", declared)
            self.assert_fault("src/trip/trip.h", "nothing in tests/fuzz")
        self.write("tests/fuzz/CMakeLists.txt", "fuzz_target(${name}_fuzz.cc) trip_fuzz.cc")
        self.write("tests/fuzz/trip_fuzz.cc", '#include "trip/trip.h"\n')
        self.assert_in_order()

    def test_what_reads_no_text_needs_no_fuzz_target(self):
        self.write("src/trip/trip.h", "Trip ParseTrip(const Reply& reply);\nTrip Show(std::string_view text);")
        self.assert_in_order()

    def test_a_link_to_nothing_is_found(self):
        (self.root / "imageroot").mkdir()
        (self.root / "imageroot/step").symlink_to("../nowhere")
        self.assert_fault("imageroot/step", "a link to nothing")

    def test_what_builds_leave_is_not_looked_at(self):
        self.write("ui/node_modules/a/index.js", "TO" + "DO")
        self.write("tests/__pycache__/Any-Name.py")
        self.assert_in_order()


if __name__ == "__main__":
    unittest.main()
