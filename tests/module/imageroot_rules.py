"""What may not be in imageroot/: each function names what breaks its rule."""

import ast
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SHEBANGS = ("#!/usr/bin/env python3\n", "#!/bin/bash\n")
HEADER = re.compile(r"# Copyright \(C\) 2026 The ns8-backup-monitor authors\n# SPDX-License-Identifier: MIT\n")
WITHOUT_COMMENTS = (".json", "state-include.conf")
PROGRAMS = re.compile(r"actions/[^/]+/\d\d\w+|events/[^/]+/\d\d\w+|update-module\.d/\d\d\w+|bin/[a-z-]+")
OURS = {"agent", "redis", "requests", "yaml", "backup_monitor", "backup_monitor_daemon", "backup_monitor_page",
        "backup_monitor_protection", "backup_monitor_refusals", "backup_monitor_state"}
# PEP 594 and the changelog of 3.12: in 3.11 and no longer in 3.13.
GONE = {"aifc", "asynchat", "asyncore", "audioop", "cgi", "cgitb", "chunk", "crypt", "distutils", "imghdr", "imp",
        "lib2to3", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "pipes", "smtpd", "sndhdr", "spwd",
        "sunau", "telnetlib", "uu", "xdrlib"}
MISSING_COMMAND = re.compile(r"Command (/usr/local/bin/runagent|/usr/bin/podman|\S+/[.]config/bin/[a-z-]+) is not executable")
OWN_COMMAND = re.compile(r"(?:runagent |%E/bin/)([a-z-]+)")


def files_in(root):
    """Files and links, without what running Python leaves."""
    for path in sorted(pathlib.Path(root).rglob("*")):
        if "__pycache__" not in path.parts and (path.is_symlink() or path.is_file()):
            yield path, path.relative_to(root).as_posix()


def is_program(name):
    return PROGRAMS.fullmatch(name) is not None


def dangling_links(root):
    return [name for path, name in files_in(root) if path.is_symlink() and
            (not path.exists() or pathlib.Path(root).resolve() not in path.resolve().parents)]


def wrong_modes(root):
    """Programs must be executable: NS8's agent skips a step that is not. Nothing else may be."""
    return [name for path, name in files_in(root) if path.exists()
            and bool(path.stat().st_mode & 0o111) != is_program(name)]


def strange_places(root):
    """Programs and data by their names; a file that is neither was put where nobody looks."""
    data = re.compile(r"actions/[^/]+/validate-(in|out)put\.json|validator-definitions\.json|pypkg/\w+\.py|"
                      r"etc/(state-include\.conf|dashboard\.json)|systemd/user/[a-z-]+\.service")
    return [name for _, name in files_in(root) if not is_program(name) and not data.fullmatch(name)]


def wrong_shebangs(root):
    return [name for path, name in files_in(root) if is_program(name) and path.exists()
            and not path.read_text(encoding="utf-8").startswith(SHEBANGS)]


def without_header(root):
    return [name for path, name in files_in(root) if not name.endswith(WITHOUT_COMMENTS) and path.exists()
            and not HEADER.search("".join(path.read_text(encoding="utf-8").splitlines(True)[:8]))]


def twins(root):
    """Files with the content of another one: a link says the same once."""
    seen, found = {}, []
    for path, name in files_in(root):
        if not path.is_symlink():
            first = seen.setdefault(path.read_bytes(), name)
            if first != name:
                found.append((first, name))
    return found


def unfinished_last_lines(root):
    return [name for path, name in files_in(root) if path.exists() and not path.read_bytes().endswith(b"\n")]


def bash_faults(paths):
    """What shellcheck says of bash programs."""
    done = subprocess.run(["shellcheck", "--shell=bash", "--format=gcc", *paths], capture_output=True, text=True,
                          check=False)
    return (done.stdout + done.stderr).splitlines()


def python_faults(text, name):
    """What Python 3.11 to 3.13 of a node could not run, or does not have."""
    try:
        tree = ast.parse(text, name)
    except SyntaxError as fault:
        return [f"{name}: {fault}"]
    known = (set(sys.stdlib_module_names) | OURS) - GONE
    found = []
    for node in ast.walk(tree):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else \
            [node.module or "."] if isinstance(node, ast.ImportFrom) else []
        found += [f"{name}: imports {module}" for module in modules if module.split(".")[0] not in known]
    return found


def missing_commands(root):
    """Commands of bin/ that a unit calls and that are not there."""
    return [name for path in sorted(pathlib.Path(root).glob("systemd/user/*.service"))
            for name in OWN_COMMAND.findall(path.read_text(encoding="utf-8"))
            if not (pathlib.Path(root) / "bin" / name).is_file()]


def unit_faults(path):
    """What systemd says of a user unit, but for commands that only a node has."""
    with tempfile.TemporaryDirectory(prefix="backup-monitor-unit-") as folder:
        done = subprocess.run(["systemd-analyze", "--user", "verify", str(path)], capture_output=True, text=True,
                              check=False, env={**os.environ, "XDG_RUNTIME_DIR": folder, "HOME": folder})
    lines = [line for line in done.stderr.splitlines() if not MISSING_COMMAND.search(line)]
    return lines or (["systemd-analyze failed"] if done.returncode and not done.stderr else [])
