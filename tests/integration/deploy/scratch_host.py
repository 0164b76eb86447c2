"""Places to install into: a folder, and a machine of its own made of namespaces."""

import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DEPLOY = HERE.parents[2] / "deploy"
STAND_INS = HERE / "stand_ins"
SERVICE = "ns8-backup-monitor.service"

CONFIG = "etc/ns8-backup-monitor/config.yml"
TOKEN = "etc/ns8-backup-monitor/webhook-token"
RECEIVER = "etc/ns8-backup-monitor/alertmanager-receiver.yml"
BINARY = "usr/local/bin/backup-monitor"
UNIT = "etc/systemd/system/" + SERVICE
DATA = "var/lib/backup-monitor/backup-monitor.db"
LOG = "var/log/ns8-backup-monitor.log"

ANSWERS = ["--from", "monitor@example.org", "--to", "admin@example.org"]


def daemon():
    """The real binary where the environment names one, else the stand-in."""
    return pathlib.Path(os.environ.get("BACKUP_MONITOR_BINARY") or STAND_INS / "backup-monitor")


class Folder:
    """An install below a folder: `install.sh --root`."""

    def __init__(self):
        self._temporary = tempfile.TemporaryDirectory(prefix="install-")
        self.path = pathlib.Path(self._temporary.name)
        self._calls = self.path / "calls"

    def close(self):
        self._temporary.cleanup()

    def install(self, *arguments, answers="", binary=None, script=DEPLOY / "install.sh"):
        command = [script, "--root", self.path, *arguments]
        if "--uninstall" not in arguments and binary != "":
            command += ["--binary", binary or daemon()]
        environment = dict(os.environ, SYSTEMCTL_CALLS=str(self._calls),
                           PATH=f"{STAND_INS}:{os.environ['PATH']}")
        return subprocess.run(command, input=answers, env=environment, text=True, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)

    def systemctl_calls(self):
        return self._calls.read_text().splitlines() if self._calls.exists() else []

    def __truediv__(self, name):
        return self.path / name

    def plant(self, name, text):
        (self / name).parent.mkdir(parents=True, exist_ok=True)
        (self / name).write_text(text)


class Machine(Folder):
    """A live install: a root of its own in its own mount namespace, programs shared with this one."""

    @staticmethod
    def possible():
        return subprocess.run(["unshare", *_namespaces(), "true"], capture_output=True,
                              check=False).returncode == 0

    def __init__(self):
        super().__init__()
        for name in ("usr", "proc", "dev", "tmp", "deploy", "local", "run/systemd/system",
                     "etc/systemd/system", "var/log", "var/lib", "opt"):
            (self / name).mkdir(parents=True)
        for name in ("bin", "lib", "lib64", "sbin"):
            (self / name).symlink_to("usr/" + name)
        (self / "local/bin").mkdir()
        shutil.copy(daemon(), self / "opt/backup-monitor")

    def install(self, *arguments, answers="", binary="/opt/backup-monitor", script=None):
        if "--uninstall" not in arguments:
            arguments = (*arguments, "--binary", binary)
        setup = ('set -e; cd "$1"; mount --rbind /usr usr; mount --bind local usr/local; '
                 'mount --rbind /dev dev; mount --bind "$2" deploy; mkdir -p stand_ins; '
                 'mount --bind "$3" stand_ins; shift 3; '
                 'exec chroot . /usr/bin/env -i PATH=/stand_ins:/usr/bin:/usr/sbin "$@"')
        command = ["unshare", *_namespaces(), "bash", "-c", setup, "-", self.path, DEPLOY, STAND_INS,
                   "/deploy/install.sh", *arguments]
        return subprocess.run(command, input=answers, text=True, timeout=60, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def __truediv__(self, name):
        # usr/ is this machine's own outside of the namespace; what is installed there is in local/.
        return self.path / str(name).replace("usr/local/", "local/", 1)


def _namespaces():
    return ["--mount"] if os.geteuid() == 0 else ["--mount", "--user", "--map-root-user"]
