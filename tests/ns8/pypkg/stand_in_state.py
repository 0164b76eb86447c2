"""Moves a module's state as files: what restic and rsync do on a node, without either.

A tree has `state/…` and `volumes/NAME/…`, as both tools see a module (ns8-core 4f41b359,
agent.get_state_volume_args). Only files of the container's root can be moved, which rootless Podman maps to
the module's own user; anything else is refused, so that no test passes on half a copy.
"""

import os
import pathlib
import shutil
import stat
import subprocess


def volume_names():
    return subprocess.run(["podman", "volume", "ls", "--format={{.Name}}"], check=True, text=True,
                          stdout=subprocess.PIPE).stdout.split()


def volume_path(name):
    """The volume's files; a missing volume is created, as `podman run --volume` would."""
    if name not in volume_names():
        subprocess.run(["podman", "volume", "create", name], check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run(["podman", "volume", "inspect", "--format={{.Mountpoint}}", name], check=True,
                           text=True, stdout=subprocess.PIPE)
    return pathlib.Path(shown.stdout.strip())


def included_volumes(lines):
    """Volumes that lines of etc/state-include.conf name. NS8 takes the text up to the next slash, and where
    there is none all but the last character: a last line without its newline loses a letter."""
    found = {line[8:line.find("/", 8)] for line in lines if line.startswith("volumes/")}
    return sorted(name for name in found if name)


def copy(source, target, skip=(), clean=False):
    """Files below `source` into `target`, but not the names `skip` at the top. With `clean` whatever else is
    in `target` goes first (rsync's --delete)."""
    if clean:
        for entry in target.iterdir():
            if entry.name not in skip:
                shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        if inside.parts[0] not in skip:
            copy_one(path, target / inside)


def copy_one(path, goal):
    """One file, link or directory with mode and times; its directories must be there."""
    status = path.lstat()
    if os.geteuid() not in (0, status.st_uid):
        raise PermissionError(f"{path} belongs to {status.st_uid}; this stand-in moves only the user's files")
    if stat.S_ISDIR(status.st_mode):
        goal.mkdir(exist_ok=True)
        shutil.copystat(path, goal)
    elif stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode):
        goal.unlink(missing_ok=True)
        shutil.copy2(path, goal, follow_symlinks=False)
