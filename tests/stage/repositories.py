"""Real repositories of the real restic, one for each module, as a destination holds them after a night."""

import functools
import multiprocessing.util
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

PASSWORD = "restic-Secret-5"
OLD = 76 * 3600  # "3 days 4 hours" before the night
UNREADABLE = "/proc/self/mem"


def restic(repository, *arguments, password=PASSWORD, status=0):
    """Runs restic, which must end with this status."""
    done = subprocess.run(["restic", "-r", str(repository), "--no-cache", *map(str, arguments)],
                          env={**os.environ, "RESTIC_PASSWORD": password}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != status:
        raise RuntimeError(f"restic {arguments[0]} ended with {done.returncode}: {done.stderr}")


def kept_folder():
    """A folder that goes with this process; a worker of a pool does not call what atexit knows."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="backup-monitor-restic-"))
    multiprocessing.util.Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=0)
    return folder


@functools.cache
def begin_of_night():
    return int(time.time()) - 900


@functools.cache
def kinds():
    """A folder with a repository of each kind. Restic takes seconds for them, so they are made once, and copied:
      none    no snapshot at all
      old     none of this night
      new     one of this night
      partly  the same, and some file could not be read
    """
    folder = kept_folder()
    begin = begin_of_night()
    data = folder / "data"
    data.write_text("what an application holds")

    def back_up(before, after, moment, *sources, status=0):
        shutil.copytree(folder / before, folder / after)
        restic(folder / after, "backup", "--time",
               time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(moment)), data, *sources, status=status)

    restic(folder / "none", "init")
    back_up("none", "old", begin - OLD)
    back_up("old", "new", begin + 5)
    back_up("old", "partly", begin + 5, UNREADABLE, status=3)  # "at least one source file could not be read"
    return folder


@functools.cache
def keys_of_another():
    folder = kept_folder()
    restic(folder, "init", password="another")
    return folder / "keys"


class Repositories:
    """`environment` is what the daemon needs to have, `command` how it looks into them."""

    environment = {"RESTIC_PASSWORD": PASSWORD}

    def __init__(self, folder):
        self.folder = folder / "repositories"
        self.folder.mkdir()
        self.command = ["restic", "-r", f"{self.folder}/{{module}}", "{restic_flags}",
                        "snapshots", "--json", "--latest", "1"]

    def put(self, kind, *modules):
        """Each of these modules has a repository of this kind."""
        for module in modules:
            shutil.copytree(kinds() / kind, self.folder / module)

    def lock(self, *modules):
        """A clean-up dies and leaves its exclusive lock."""
        for module in modules:
            clean_up = subprocess.Popen(
                ["restic", "-r", str(self.folder / module), "--no-cache", "--limit-download", "1", "prune"],
                env={**os.environ, **self.environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while clean_up.poll() is None and not self.locks(module):
                time.sleep(0.005)
            clean_up.kill()
            clean_up.wait()
            if not self.locks(module):
                raise RuntimeError(f"the clean-up of {module} ended too early")

    def locks(self, module):
        """Those that are there; not those that restic is still writing, under another name."""
        return [lock for lock in (self.folder / module / "locks").iterdir() if len(lock.name) == 64]

    def damage(self, module):
        (self.folder / module / "config").write_bytes(b"")

    def change_key(self, module):
        """The repository's key is one of another password."""
        shutil.rmtree(self.folder / module / "keys")
        shutil.copytree(keys_of_another(), self.folder / module / "keys")
