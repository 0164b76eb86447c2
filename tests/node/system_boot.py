#!/usr/bin/python3
"""Boots systemd as the first process of a node of its own, on the files of this machine.

    system_boot.py FOLDER CGROUP     FOLDER has `journal/`, and `overlay.json`: texts by paths that lie over the files

Nothing that happens in there reaches this machine's files: its root is an overlay whose upper layer is in memory.
Only the journal lies in FOLDER, and network and users are shared. It ends with this process.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

SYSTEM_UNITS = pathlib.Path("/lib/systemd/system")
TARGET = "node.target"
UNITS = ("systemd-journald.service", "dbus.service", "systemd-logind.service")
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
ENVIRONMENT = {"container": "backup-monitor-node", "LANG": "C.UTF-8",
               "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


def mount_root(folder, root):
    """The files of this machine, and over them in memory whatever is written."""
    mount("--make-rprivate", "/")
    layers = folder / "layers"
    mount("-t", "tmpfs", "tmpfs", layers)
    for name in ("upper", "work"):
        (layers / name).mkdir()
    mount("-t", "overlay", "-o", f"lowerdir=/,upperdir={layers}/upper,workdir={layers}/work", "overlay", root)
    journal = root / "var/log/journal"
    journal.mkdir(exist_ok=True)
    mount("--bind", folder / "journal", journal)


def mount_kernel(root):
    mount("-t", "proc", "-o", "nosuid,nodev,noexec", "proc", root / "proc")
    mount("--bind", root / "proc/sys", root / "proc/sys")
    mount("-o", "remount,bind,ro", root / "proc/sys")  # the kernel's settings are everybody's
    mount("-t", "sysfs", "-o", "ro", "sysfs", root / "sys")
    for name in ("run", "dev"):
        mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", root / name)
    for name in DEVICES:
        (root / "dev" / name).touch()
        mount("--bind", f"/dev/{name}", root / "dev" / name)
    mount("-t", "cgroup2", "cgroup2", root / "sys/fs/cgroup")  # v1's controllers would be this machine's own


def write_units(root):
    """Only what the test needs is started: no service of this machine, nothing that tidies up."""
    etc = root / "etc/systemd"
    shutil.rmtree(etc)
    (etc / "system").mkdir(parents=True)
    for target in ("sysinit", "local-fs", "timers"):
        for unit in (SYSTEM_UNITS / f"{target}.target.wants").glob("*"):
            if unit.name not in UNITS:
                (etc / "system" / unit.name).symlink_to("/dev/null")
    (etc / "system/modprobe@.service").symlink_to("/dev/null")
    units = " ".join(UNITS)
    (etc / "system" / TARGET).write_text(f"[Unit]\nRequires={units}\nAfter={units}\n", encoding="ascii")
    (etc / "journald.conf").write_text("[Journal]\nStorage=persistent\nReadKMsg=no\nAudit=no\n", encoding="ascii")
    (root / "etc/fstab").write_text("", encoding="ascii")


def write_overlay(folder, root):
    """Texts by their paths, as the test wants them."""
    for name, text in json.loads((folder / "overlay.json").read_text(encoding="utf-8")).items():
        path = root / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def boot(folder):
    root = folder / "root"
    mount_root(folder, root)
    mount_kernel(root)
    write_units(root)
    write_overlay(folder, root)
    os.chdir(root)
    subprocess.run(["pivot_root", ".", "."], check=True)
    subprocess.run(["umount", "-l", "."], check=True)
    os.chdir("/")
    os.execve("/lib/systemd/systemd", ["systemd", "--system", f"--unit={TARGET}"], ENVIRONMENT)


def main():
    if sys.argv[1] == "--inside":
        boot(pathlib.Path(sys.argv[2]))
    folder, cgroup = sys.argv[1:]
    pathlib.Path(cgroup, "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")
    os.execvp("unshare", ["unshare", "--mount", "--pid", "--fork", "--cgroup", "--uts", "--ipc", "--kill-child",
                          sys.executable, __file__, "--inside", folder])


if __name__ == "__main__":
    main()
