"""What is measured: our daemon in its variants, its peers, and the load on each."""

import contextlib
import os
import pathlib
import subprocess
import sys

from stage.daemon import Daemon
from stage.processes import ROOT, Process, free_port, is_listening, wait_for

LOAD = ROOT / "build" / "release" / "bench" / "http_load"
GO_RECEIVER = ROOT / "build" / "release" / "bench" / "go_receiver"
# An older binary to compare with: BACKUP_MONITOR_BEFORE, if that is set.
BEFORE = os.environ.get("BACKUP_MONITOR_BEFORE", "")
SECONDS = os.environ.get("BACKUP_MONITOR_BENCH_SECONDS", "5")


class OlderDaemon(Daemon):
    """The daemon of another commit."""

    def launch(self, env=None, wrapper=()):
        self.port = self.settings["receiver"]["port"]
        self.process = Process([*wrapper, BEFORE, "serve", "--config", self.config], self.folder / "daemon.log", env)
        return self


def make_daemon(folder, name, socket, older=False, alert_names=()):
    """With other `alert_names` it stores nothing: it parses, answers and no more."""
    home = folder / name
    home.mkdir()
    correlator = {"reconcile_seconds": 300}
    if alert_names:
        correlator["alert_names"] = list(alert_names)
    return (OlderDaemon if older else Daemon)(home, socket, sections={"logging": {"level": "WARNING"}}, **correlator)


@contextlib.contextmanager
def daemon(folder, name, socket, older=False, alert_names=()):
    found = make_daemon(folder, name, socket, older, alert_names)
    try:
        yield found.start()
    finally:
        found.kill()


@contextlib.contextmanager
def peer(kind, folder):
    """A receiver that parses and stores nothing."""
    port = free_port()
    command = [GO_RECEIVER, port] if kind == "Go net/http" else \
        ["/usr/bin/python3", ROOT / "bench" / "receivers.py", kind, port]
    process = Process(command, folder / f"{kind.replace('/', '-')}.log")
    try:
        wait_for(lambda: is_listening(port), what=kind)
        yield port
    finally:
        process.kill()


def start_load(port, connections, what="/alert", seconds=SECONDS):
    return subprocess.Popen([str(LOAD), "127.0.0.1", str(port), str(connections), str(seconds), what],
                            stdout=subprocess.PIPE, text=True)


def end_load(process):
    """Requests per second, p50 and p99 in ms."""
    line = process.communicate()[0]
    figures = dict(pair.split("=") for pair in line.split() if "=" in pair)
    if process.returncode != 0 or figures["not_2xx"] != "0" or figures["failures"] != "0":
        raise RuntimeError(f"the receiver did not answer everything with 2xx: {line}")
    return float(figures["per_second"]), float(figures["p50_us"]) / 1000, float(figures["p99_us"]) / 1000


def load(port, connections, what="/alert", seconds=SECONDS):
    return end_load(start_load(port, connections, what, seconds))


def memory_mb(pid, what="VmRSS"):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {what} of process {pid}")


def say(text):
    print(text, file=sys.stderr, flush=True)
