#!/usr/bin/env python3
"""Fail if a file below src/ opens another namespace than its folder's. Run by CTest: check_namespaces.py SRC

The rule: docs/architecture.md, "Rooms".
"""

import pathlib
import re
import sys

OURS = "backup_monitor"

# What every room may include, without a namespace of its own.
SHARED = {"text", "base", "model"}

# Folders whose namespace is not made of their own names.
NAMED_OTHERWISE = {"report/facts": f"{OURS}::report"}

# Files without a namespace: they only define what the linker knows by a C name.
LINKER_NAMES = {"base/out_of_memory.cc"}

# `namespace a::b {`; an unnamed one and `namespace a = b;` are no opening of a namespace that has a name.
OPENED = re.compile(r"^[ \t]*(?:inline[ \t]+)?namespace\s+(\w[\w:\s]*?)\s*\{", re.MULTILINE)
USED = re.compile(r"^[ \t]*using\s+namespace\b", re.MULTILINE)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)

SUFFIXES = (".cc", ".h", ".h.in")


def namespace_of(folder):
    """The namespace of a folder of src/; none of src/ itself."""
    if folder == ".":
        return None
    if folder in NAMED_OTHERWISE:
        return NAMED_OTHERWISE[folder]
    rooms = folder.split("/")
    if rooms[0] in SHARED:
        return OURS
    return "::".join((OURS, *(rooms[1:] if rooms[0] == "adapters" else rooms)))


def faults_of(root, path):
    """What is wrong with the namespaces of one file."""
    relative = path.relative_to(root)
    name, expected = relative.as_posix(), namespace_of(relative.parent.as_posix())
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    opened = [re.sub(r"\s", "", found) for found in OPENED.findall(text)]
    for wrong in sorted(set(opened) - {expected}):
        yield f"{name}: opens namespace '{wrong}', not '{expected}'" if expected else f"{name}: opens '{wrong}'"
    if expected and not opened and name not in LINKER_NAMES:
        yield f"{name}: opens no namespace; its folder's is '{expected}'"
    if not name.endswith(".cc") and USED.search(text):
        yield f"{name}: a header uses a whole namespace"


def violations(root):
    """Every fault below `root`, as one line each."""
    files = sorted(path for path in root.rglob("*") if path.name.endswith(SUFFIXES))
    if not files:
        return [f"{root}: no source file found"]
    return [fault for path in files for fault in faults_of(root, path)]


if __name__ == "__main__":
    found = violations(pathlib.Path(sys.argv[1]))
    print("\n".join(found) or "each file is in the namespace of its folder")
    sys.exit(bool(found))
