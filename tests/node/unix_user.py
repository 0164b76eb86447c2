"""A Unix user with a real `systemd --user`, on a machine that systemd did not boot."""

import contextlib
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import time

from stage.processes import wait_for

MARK = "made by tests/node"  # the user's comment: only such users are ever removed
CGROUPS = pathlib.Path("/sys/fs/cgroup")
# Where a program of the user might write outside its home.
PLACES = ("/tmp", "/var/tmp", "/run", "/dev/shm", "/var/spool", "/etc/systemd", "/var/lib/nethserver")
# Podman without systemd's cgroups, and without limits that a container of a test machine may not raise.
CONTAINERS_CONF = """\
[containers]
default_ulimits=["nofile=1024:1024","nproc=4096:4096"]
log_driver="journald"
[engine]
runtime="runc"
cgroup_manager="cgroupfs"
events_logger="journald"
"""


class UnixUser:
    """`name` must be free. remove() takes everything away again, and may be called at any moment."""

    def __init__(self, name):
        self.name = name
        self.manager = None
        subprocess.run(["useradd", "-m", "-s", "/bin/sh", "-c", MARK, name], check=True)
        entry = pwd.getpwnam(name)
        self.uid, self.gid, self.home = entry.pw_uid, entry.pw_gid, pathlib.Path(entry.pw_dir)
        self.home.chmod(0o700)
        self.config = self.home / ".config"
        self.subordinates = subordinates(name)
        # Of somebody else who has the same number: another root tree, or a user who was removed.
        self.processes_before = set()
        self.processes_before = set(self.identities())
        self.files_before = owned_files(self.uid)
        self.runtime = pathlib.Path(f"/run/user/{self.uid}")
        self.cgroups = [root / name for root in cgroup_roots()]

    def start(self):
        """The user manager, as logind starts it for a user with lingering."""
        for folder in (self.runtime, *self.cgroups):
            folder.mkdir(parents=True, exist_ok=True)
        self.runtime.chmod(0o700)
        self.own(self.runtime)
        for cgroup in self.cgroups:
            self.own(cgroup)
        write_as_root(self.config / "containers/containers.conf", CONTAINERS_CONF)
        self.own(self.config)
        # Podman's process that holds the user namespace starts before any service, as on a node where it
        # lives in a scope of its own: no service's end takes it along.
        self.check("podman", "unshare", "true")
        self.manager = subprocess.Popen(
            ["/lib/systemd/systemd", "--user"], env=self.environment(), cwd=self.home, start_new_session=True,
            preexec_fn=self.become, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        wait_for(self.manager_is_up, 30, f"the user manager of {self.name}")
        # On a node Podman starts it, which manages cgroups by systemd there: it takes part in the stop order.
        self.check("systemctl", "--user", "start", "dbus.service")

    def manager_is_up(self):
        return self.run("systemctl", "--user", "is-system-running").stdout.strip() in ("running", "degraded")

    def become(self):
        """In the child, still root: into the cgroups, then into the user's skin."""
        for cgroup in self.cgroups:
            (cgroup / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")
        self.drop()

    def drop(self):
        os.setgroups([self.gid])
        os.setgid(self.gid)
        os.setuid(self.uid)
        os.umask(0o022)

    def environment(self):
        return {"HOME": str(self.home), "USER": self.name, "LOGNAME": self.name, "SHELL": "/bin/sh",
                "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(self.runtime),
                "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.runtime}/bus",
                "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}

    def run(self, *command, given=None, env=None, timeout=120, **more):
        """A command as the user, in the home. Nothing is checked."""
        return subprocess.run([str(part) for part in command], input=given, text=True, capture_output=True,
                              env={**self.environment(), **(env or {})}, timeout=timeout, check=False,
                              preexec_fn=self.drop, cwd=more.pop("cwd", self.home), **more)

    def check(self, *command, **more):
        """The same; what it says, or an error that tells what went wrong."""
        done = self.run(*command, **more)
        if done.returncode != 0:
            raise RuntimeError(f"{self.name}: {' '.join(map(str, command))} gave {done.returncode}:\n"
                               f"{done.stdout}{done.stderr}")
        return done.stdout

    def own(self, folder):
        subprocess.run(["chown", "-R", f"{self.uid}:{self.gid}", str(folder)], check=True)

    def processes(self):
        """(id, command line) of everything that runs as this user or as one of its subordinate ids."""
        found = []
        for number, _ in self.identities():
            with contextlib.suppress(OSError):  # it ends meanwhile
                line = pathlib.Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ")
                found.append((number, line.decode(errors="replace")))
        return found

    def identities(self):
        """(id, start in clock ticks) of these processes: ids are given again, both together are not."""
        found = []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it ends meanwhile
                status = (folder / "status").read_text(encoding="utf-8", errors="replace")
                uid = int(re.search(r"^Uid:\s+(\d+)", status, re.M)[1])
                dead = re.search(r"^State:\s+[ZX]", status, re.M)  # its parent has not looked yet
                if (uid == self.uid or uid in self.subordinates) and not dead:
                    # The command's name before these fields, in parentheses, may hold spaces (proc(5)).
                    fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
                    found.append((int(folder.name), int(fields.split()[19])))
        return [one for one in found if one not in self.processes_before]

    def stop(self):
        """Ends the manager with its services, then whatever else runs as this user, as a node does when
        user@UID.service ends; the runtime directory is emptied. Returns how many seconds the manager took."""
        begin = time.monotonic()
        if self.manager and self.manager.poll() is None:
            self.manager.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.manager.wait(120)
        took = time.monotonic() - begin
        self.kill_all()
        if self.manager:
            self.manager.wait()
            self.manager = None
        shutil.rmtree(self.runtime, ignore_errors=True)
        for path in pathlib.Path("/dev/shm").iterdir():  # as logind does, RemoveIPC= in logind.conf(5)
            if path.lstat().st_uid == self.uid and path.is_file() and str(path) not in self.files_before:
                path.unlink()
        return took

    def kill_all(self):
        def all_gone():
            for process, _ in self.processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            return not self.processes()
        wait_for(all_gone, 20, f"the end of the processes of {self.name}")

    def remove(self):
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)
        subprocess.run(["userdel", "-f", self.name], check=False, capture_output=True)
        for cgroup in self.cgroups:
            remove_cgroup(cgroup)


def owned_files(uid):
    """Paths of this number's files outside its home."""
    places = [place for place in PLACES if os.path.isdir(place)]
    done = subprocess.run(["find", *places, "-xdev", "-uid", str(uid), "-print"], text=True, check=False,
                          capture_output=True)
    return set(done.stdout.splitlines())


def subordinates(name):
    """The user ids that only this user's containers have."""
    for line in pathlib.Path("/etc/subuid").read_text(encoding="utf-8").splitlines():
        owner, first, count = line.split(":")
        if owner == name:
            return range(int(first), int(first) + int(count))
    return range(0)


def cgroup_roots():
    """Where a process must be put: v1's named hierarchy and the unified one beside it, or v2 alone."""
    if (CGROUPS / "cgroup.controllers").exists():
        return [CGROUPS]
    return [CGROUPS / name for name in ("systemd", "unified") if (CGROUPS / name).is_dir()]


def remove_cgroup(folder):
    """The deepest first: cgroup directories are removed one by one, and only when nothing runs there."""
    for inner, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(inner)


def write_as_root(path, text, mode=0o644):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def remove_forgotten_users():
    """Users that an earlier run could not take away, because it was killed."""
    for entry in pwd.getpwall():
        if entry.pw_gecos == MARK:
            user = UnixUser.__new__(UnixUser)
            user.name, user.uid, user.gid, user.manager = entry.pw_name, entry.pw_uid, entry.pw_gid, None
            user.home, user.runtime = pathlib.Path(entry.pw_dir), pathlib.Path(f"/run/user/{entry.pw_uid}")
            user.cgroups = [root / entry.pw_name for root in cgroup_roots()]
            user.subordinates = subordinates(entry.pw_name)
            user.processes_before, user.files_before = set(), set()
            user.remove()
