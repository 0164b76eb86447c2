"""The system's own systemd on the node, with journald and logind: what begins backups by timers."""

import json
import pathlib
import subprocess
import sys

from stage.processes import Process, wait_for
from unix_user import cgroup_roots, remove_cgroup

BOOT = pathlib.Path(__file__).with_name("system_boot.py")
NAME = "backup-monitor-node-system"


def own_cgroup():
    """Of v2, on whatever machine: what the first process sees as the root of all."""
    for root in cgroup_roots():
        if (root / "cgroup.controllers").exists():
            return root / NAME
    raise RuntimeError("this machine has no cgroups of version 2")


class System:
    """start() boots it, stop() ends everything in it. `files`: texts by their paths, which only it sees."""

    def __init__(self, folder, files):
        self.folder = folder
        for name in ("journal", "root", "layers"):
            (folder / name).mkdir(parents=True)
        (folder / "overlay.json").write_text(json.dumps(files), encoding="utf-8")
        self.cgroup = own_cgroup()
        self.process = None
        self.first = None

    def start(self):
        self.cgroup.mkdir(exist_ok=True)
        self.process = Process([sys.executable, BOOT, self.folder, self.cgroup], self.folder / "system.log")
        wait_for(self.is_up, 30, f"systemd ({self.folder / 'system.log'})")
        self.check("journalctl", "--flush")  # only then it writes files that others see

    def is_up(self):
        if not self.process.alive():
            raise RuntimeError(f"systemd did not start:\n{self.process.tail()}")
        number = self.process.child.pid
        children = pathlib.Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()
        if not children:
            return False
        self.first = children[0]
        return self.run("systemctl", "is-active", "node.target").stdout.strip() == "active"

    def run(self, *command, given=None):
        """A command in there, as root."""
        return subprocess.run(
            ["nsenter", f"--target={self.first}", "--mount", "--uts", "--ipc", "--pid", "--", *map(str, command)],
            input=given, text=True, capture_output=True, timeout=30, check=False)

    def check(self, *command):
        done = self.run(*command)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, command))} gave {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def stop(self):
        """The end of the first process is that of all others."""
        if self.process:
            self.process.kill()
            wait_for(self.is_empty, 20, "the end of systemd")
        remove_cgroup(self.cgroup)

    def is_empty(self):
        return not any(listed.read_text(encoding="ascii") for listed in self.cgroup.rglob("cgroup.procs"))
