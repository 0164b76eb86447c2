#!/usr/bin/env python3
"""Fail if the tree breaks a rule of the house (CONTRIBUTING.md). Run by CTest: check_house.py ROOT"""

import pathlib
import re
import sys

BUILT_PLACES = ("src", "tests", "bench")  # Where each .cc must be in a CMakeLists.txt.
PLACES = (*BUILT_PLACES, "cmake", "config", "deploy", "demo", "docs", "imageroot", "scripts", "ui")
SKIPPED_FOLDERS = {".git", "__pycache__", "build", "dist", "node_modules"}
CODE = {".cc", ".h", ".py", ".sh"}
TEXT = CODE | {".cmake", ".css", ".example", ".js", ".json", ".md", ".mustache", ".service", ".sql",
               ".txt", ".vue", ".yaml", ".yml", ""}

SNAKE_CASE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
# Words that say nothing of what is inside; systemd's "service manager" is a name of its own.
NAMES_OF_OTHERS = {"__init__", "service_manager"}
VAGUE = re.compile(r"(^|_)(utils?|common|helpers?|manager|impl)(_|$)")
LATER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")

LICENCE = re.compile(r"SPDX-License-Identifier:\s*([\w.+-]+)")
OWN_LICENCE = "MIT"

# A function of a header that makes something of a text.
PARSER = re.compile(r"\b(?:(?:Parse|Read|Split|Decode)[A-Z]\w*|Parse|QueryValue)\((?:const )?std::string(?:_view\b|&)")
CATCH = re.compile(r"^#include <catch2/", re.MULTILINE)
INCLUDED = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
# Parsers without a fuzz target of their own: the header that a target includes and that leads to them, or why not.
FUZZED_THROUGH = {
    "adapters/http/chunked_body.h": "adapters/http/request_reader.h",
    "adapters/http/field_line.h": "adapters/http/request_reader.h",
    "adapters/http/http_host.h": "adapters/http/request_reader.h",
    "adapters/http/request_head.h": "adapters/http/request_reader.h",
    "cluster/flat_status.h": "cluster/status_record_parser.h",
    "config/yaml_tree.h": "config/config.h",
}
OUR_OWN_TEXTS = {"report/catalog.h"}

MOST_LINES = 400
WHY_LONG = re.compile(r"over 400 lines because", re.IGNORECASE)
WHY_WITHIN_LINES = 10


def files_below(root, places):
    """Files and links of these folders, without what builds leave there."""
    for place in places:
        for path in sorted((root / place).rglob("*")):
            if SKIPPED_FOLDERS.isdisjoint(path.relative_to(root).parts):
                if path.is_file() or path.is_symlink():
                    yield path


def build_words(text):
    """The words of a CMakeLists.txt, comments aside."""
    return re.findall(r"[^\s()\"]+", re.sub(r"#.*", "", text))


def is_built(root, path):
    """True if a CMakeLists.txt of the file's folder or above names it."""
    for folder in path.parents:
        lists = folder / "CMakeLists.txt"
        if lists.is_file() and is_named(build_words(lists.read_text()), path.relative_to(folder)):
            return True
        if folder == root:
            return False
    return False


def is_named(words, relative):
    """A word names a file as it is, behind ${A_FOLDER}/, or as the ${name} of a list with a suffix."""
    name = relative.as_posix()
    if name in words or any(re.fullmatch(r"\$\{\w+\}/" + re.escape(name), word) for word in words):
        return True
    for word in words:
        patterned = re.fullmatch(r"(.*?)\$\{\w+\}([\w./-]*\.cc)", word)
        if patterned and name.startswith(patterned[1]) and name.endswith(patterned[2]):
            if name[len(patterned[1]):-len(patterned[2])] in words:
                return True
    return False


def name_fault(relative):
    """Code files and their folders: snake_case, and a name that says what is inside."""
    for part in (*relative.parts[:-1], relative.stem):
        if part in NAMES_OF_OTHERS:
            continue
        if not SNAKE_CASE.fullmatch(part):
            return f"{relative}: '{part}' is not snake_case"
        if VAGUE.search(part):
            return f"{relative}: '{part}' does not say what is inside"
    return None


def text_faults(relative, text):
    """What the content shows."""
    lines = text.splitlines()
    if relative.suffix in CODE and len(lines) > MOST_LINES:
        if not WHY_LONG.search("\n".join(lines[:WHY_WITHIN_LINES])):
            yield (f"{relative}: {len(lines)} lines; split it, or say 'over {MOST_LINES} lines "
                   f"because …' in its first {WHY_WITHIN_LINES} lines")
    for number, line in enumerate(lines, 1):
        licence = LICENCE.search(line)
        if licence and licence[1] != OWN_LICENCE:
            yield f"{relative}:{number}: our own code is under {OWN_LICENCE}, not {licence[1]}"
        if LATER.search(line):
            yield f"{relative}:{number}: work left for later belongs in an issue"


def unfuzzed(root):
    """Headers of src that parse a text, and no fuzz target does it with any bytes."""
    fuzzed = set()
    for target in (root / "tests" / "fuzz").glob("*_fuzz.cc"):
        fuzzed.update(INCLUDED.findall(target.read_text()))
    for path in sorted((root / "src").rglob("*.h")):
        name = path.relative_to(root / "src").as_posix()
        if name in OUR_OWN_TEXTS or not PARSER.search(path.read_text(encoding="utf-8")):
            continue
        if FUZZED_THROUGH.get(name, name) not in fuzzed:
            yield f"src/{name}: parses a text, and nothing in tests/fuzz includes it"


def violations(root):
    """Every fault of the tree, as one line each."""
    yield from unfuzzed(root)
    for path in files_below(root, PLACES):
        relative = path.relative_to(root)
        if not path.exists():
            yield f"{relative}: a link to nothing"
            continue
        if relative.suffix in CODE and relative.parts[0] in BUILT_PLACES:
            yield name_fault(relative)
        if relative.suffix == ".cc" and relative.parts[0] in BUILT_PLACES:
            if not is_built(root, path):
                yield f"{relative}: no CMakeLists.txt builds it"
        if relative.suffix in CODE and relative.as_posix() != "tests/catch.h":
            if CATCH.search(path.read_text(encoding="utf-8", errors="replace")):
                yield f"{relative}: includes Catch2 itself, not catch.h"
        if relative.suffix in TEXT:
            yield from text_faults(relative, path.read_text(encoding="utf-8", errors="replace"))


if __name__ == "__main__":
    found = [fault for fault in violations(pathlib.Path(sys.argv[1])) if fault]
    print("\n".join(found) or "the house is in order")
    sys.exit(bool(found))
