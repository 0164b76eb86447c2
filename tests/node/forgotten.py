"""Takes away what a run left behind that was killed and could not: the next run does it, under the lock."""

import contextlib
import os
import pathlib
import shutil
import signal
import tempfile

from stage.processes import wait_for
from system import NAME as SYSTEM
from unix_user import cgroup_roots, remove_cgroup, remove_forgotten_users

PREFIX = "backup-monitor-node-"
MADE = "made"  # in a node's folder: a line for each place outside that the node has made


def new_node_folder():
    folder = pathlib.Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o755)
    (folder / MADE).touch()
    return folder


def note(folder, place):
    """To be called before `place` is made."""
    with open(folder / MADE, "a", encoding="utf-8") as made:
        made.write(f"{place}\n")


def remove(place):
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)


def remove_made(folder):
    """Every noted place, the last first, and the folder itself."""
    for line in reversed((folder / MADE).read_text(encoding="utf-8").splitlines()):
        remove(pathlib.Path(line))
    shutil.rmtree(folder, ignore_errors=True)


def remove_forgotten():
    remove_forgotten_users()
    for folder in pathlib.Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{MADE}"):
        wait_for(lambda: not kill_all(folder.parent), what=f"the end of the processes of {folder.parent}")
        remove_made(folder.parent)
    for root in cgroup_roots():
        remove_cgroup(root / SYSTEM)


def kill_all(folder):
    """Kills processes that write their errors into this folder; how many there were."""
    found = 0
    for link in pathlib.Path("/proc").glob("[0-9]*/fd/2"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if os.readlink(link).startswith(f"{folder}/"):
                os.kill(int(link.parts[2]), signal.SIGKILL)
                found += 1
    return found
