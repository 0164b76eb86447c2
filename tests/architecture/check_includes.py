#!/usr/bin/env python3
"""Fail if a file below src/ includes what its layer may not know. Run by CTest: check_includes.py SRC

The layers and what each is for: docs/architecture.md.
"""

import pathlib
import re
import sys

STAGES = ("config", "intake", "cluster", "schedule", "run", "outcome", "probe", "journal", "presence",
          "notify", "store")
REPORT = ("report/facts", "report/words", "report/json", "report/mail")

# Layer -> the layers it may include, besides itself and the standard library.
ALLOWED = {
    "text": set(),
    "base": {"text"},
    "model": {"text", "base"},
    **{stage: {"text", "base", "model"} for stage in STAGES},
    # A report: what follows from it without words, the sentences, and the JSON and the mail that hold them.
    "report/facts": {"text", "base", "model"},
    "report/words": {"text", "base", "model", "report/facts"},
    "report/json": {"text", "base", "model", "report/facts", "report/words"},
    "report/mail": {"text", "base", "model", "report/facts", "report/words"},
    # What a step leads to: it puts the answers of other stages together.
    "announcement": {"text", "base", "model", "run", "outcome", "probe", "journal", "presence",
                     "notify", "store", *REPORT},
    # An adapter fills the port of a stage, so it knows the stages that have ports, and its settings.
    "adapters": {"text", "base", "model", "config", "intake", "cluster", "schedule", "probe", "journal",
                 "presence", "notify", "store"},
    "app": {"text", "base", "model", "adapters", "announcement", *STAGES, *REPORT},
    "main.cc": {"base", "app"},
}

# Header -> the places that may not include it, though their layer may include others beside it. What follows from a
# report is derived once: these are given it.
GIVEN_FACTS = ("report/words/", "report/json/", "report/mail/", "app/api/")
KEPT_FROM = {"model/checked_backup.h": GIVEN_FACTS, "report/facts/derive_facts.h": GIVEN_FACTS}

# Third-party header prefix -> the only places that may include it.
OWNERS = {
    "CLI/": ("app/", "main.cc"),
    "absl/": ("adapters/zoneinfo/",),
    "ares.h": ("adapters/redis/",),
    "catch2/": (),
    "curl/": ("adapters/smtp/", "adapters/http_client/"),
    "fmt/": (),
    "hiredis/": ("adapters/redis/",),
    "kainjow/": ("report/mail/",),
    "openssl/": ("adapters/", "base/digest.cc"),
    "pistache/": ("adapters/http/",),
    "rapidjson/": ("base/json/",),
    "spdlog/": ("base/log.cc",),
    "sqlite3.h": ("adapters/sqlite/",),
    "tl/": ("base/result.h",),
    "yaml-cpp/": ("config/yaml_tree.cc",),
}

# Written by the build: cmake/EmbedFiles.cmake, cmake/LinkedPackages.cmake, and the project's number.
GENERATED = ("embedded/", "app/version.h", "app/linked_packages.h")

# Folders of system headers. Whatever else has a folder is third party and needs an owner above.
SYSTEM_FOLDERS = ("arpa/", "gnu/", "linux/", "net/", "netinet/", "sys/")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def layer_of(name):
    """The layer of a file: its folder of src/, of the rooms of report/ both folders."""
    parts = name.split("/")
    return "/".join(parts[:2]) if parts[0] == "report" else parts[0]


def layer_fault(name, header):
    """Rules between the project's own files."""
    layer, target = layer_of(name), layer_of(header)
    if target == layer and layer in ALLOWED:
        return adapter_fault(name, header)
    if layer not in ALLOWED:
        return f"{name}: '{layer}' is no layer of this project"
    if target not in ALLOWED[layer]:
        return f"{name}: layer '{layer}' may not include '{header}'"
    return None


def kept_fault(name, header):
    """What is derived in one place is not derived again in another."""
    if name.startswith(KEPT_FROM.get(header, ("\0",))):
        return f"{name}: may not include '{header}': it is given what that derives"
    return None


def adapter_fault(name, header):
    """Adapters stand side by side: each wraps one thing, and app puts them together. One is what others use."""
    from_adapter, to_adapter = name.split("/")[:2], header.split("/")[:2]
    if to_adapter == ["adapters", "http_client"]:
        return None
    if from_adapter[0] == "adapters" == to_adapter[0] and from_adapter != to_adapter:
        return f"{name}: an adapter may not include another one's '{header}'"
    return None


def owner_fault(name, header):
    """Each third-party library has one place that knows it."""
    for prefix, owners in OWNERS.items():
        if header == prefix or (prefix.endswith("/") and header.startswith(prefix)):
            if not name.startswith(owners or ("\0",)):
                return f"{name}: only {' and '.join(owners) or 'nobody'} may include <{header}>"
            return None
    if "/" in header and not header.startswith(SYSTEM_FOLDERS):
        return f"{name}: <{header}> has no owner: name one in {pathlib.Path(__file__).name}"
    return None


def faults_of(root, path):
    """What is wrong with the includes of one file."""
    name = path.relative_to(root).as_posix()
    for bracket, header in INCLUDE.findall(path.read_text(encoding="utf-8")):
        if bracket == "<":
            yield owner_fault(name, header)
        elif header.startswith(GENERATED):
            continue
        elif not (root / header).is_file():
            yield f"{name}: '{header}' is no file of src/ (own headers are named from there)"
        else:
            yield layer_fault(name, header) or kept_fault(name, header)


def violations(root):
    """Every fault below `root`, as one line each."""
    files = sorted(path for path in root.rglob("*") if path.suffix in {".h", ".cc"})
    if not files:
        return [f"{root}: no source file found"]
    return [fault for path in files for fault in faults_of(root, path) if fault]


if __name__ == "__main__":
    found = violations(pathlib.Path(sys.argv[1]))
    print("\n".join(found) or "layers hold")
    sys.exit(bool(found))
