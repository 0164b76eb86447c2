#!/usr/bin/python3
"""Stand-in for NS8's module-backup with a directory tree in restic's place.

    module_backup.py PLAN TREE      in the agent's environment, in the state directory

Takes state/environment, the module's name where it has one, and what etc/state-include.conf names, between
module-dump-state and module-cleanup-state. Source: ns8-core 4f41b359,
core/imageroot/usr/local/agent/bin/module-backup. Of restic's --files-from: a line is a pattern, empty lines
and those with # are none, and what is missing is told and skipped.
"""

import glob
import os
import pathlib
import subprocess
import sys

import agent
from stand_in_state import copy, copy_one, volume_names, volume_path


def run_own(command, *arguments):
    """A command that the module may have; its failure ends the backup."""
    try:
        subprocess.run([command, *arguments], check=True)
    except FileNotFoundError:
        pass
    except PermissionError:
        print(f"[WARNING] {command} is not executable: ignored.", file=sys.stderr)


def patterns():
    yield "state/environment"
    yield "state/ui_name.dump"
    include = pathlib.Path(os.environ["AGENT_INSTALL_DIR"], "etc/state-include.conf")
    if include.exists():
        for line in include.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def save(place, inside, tree):
    """Files of `place` that match `inside`, under `tree`."""
    matches = sorted(glob.glob(inside, root_dir=place, include_hidden=True)) if inside else ["."]
    if not matches:
        print(f"pattern {inside} matches nothing in {place}, skipped", file=sys.stderr)
    for match in matches:
        path, goal = pathlib.Path(place, match), pathlib.Path(tree, match)
        goal.parent.mkdir(parents=True, exist_ok=True)
        copy_one(path, goal)
        if path.is_dir():
            copy(path, goal)


def dump_name():
    name = agent.redis_connect(privileged=True, use_replica=True, decode_responses=False).dump(
        f"module/{os.environ['MODULE_ID']}/ui_name")
    if name:
        pathlib.Path("ui_name.dump").write_bytes(name)


def main(plan, tree):
    dump_name()
    run_own("module-dump-state", plan)
    for pattern in dict.fromkeys(patterns()):
        kind, _, rest = pattern.partition("/")
        if kind == "state":
            save(".", rest, pathlib.Path(tree, "state"))
        elif kind == "volumes":
            name, _, inside = rest.partition("/")
            if name in volume_names():
                save(volume_path(name), inside, pathlib.Path(tree, "volumes", name))
    run_own("module-cleanup-state", plan)


if __name__ == "__main__":
    main(*sys.argv[1:])
