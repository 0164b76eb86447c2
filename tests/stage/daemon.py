"""The daemon under test, and requests to it."""

import json
import os
import signal
import subprocess
import urllib.error
import urllib.request

from .config_file import as_yaml, settings
from .metrics import metric
from .processes import ROOT, Process, free_port, wait_for


def binary():
    """The daemon to test: BACKUP_MONITOR_BINARY, else what the release preset built."""
    return os.environ.get("BACKUP_MONITOR_BINARY", str(ROOT / "build" / "release" / "backup-monitor"))


class Daemon:
    """`correlator` holds keys of that section; `sections` more keys of any, {"mail": {...}}; `clock`: a
    SimulatedClock in the place of the machine's."""

    def __init__(self, folder, redis_socket, recipients=("admin@example.org",), more="",
                 sections=None, clock=None, **correlator):
        self.folder = folder
        self.clock = clock
        self.port = free_port()
        self.config = folder / "config.yml"
        self.store = folder / "backup-monitor.db"
        self.process = None
        self.more = more
        self.headers = {}
        self.settings = settings(self.port, redis_socket, self.store, recipients, correlator)
        for section, keys in (sections or {}).items():
            self.settings.setdefault(section, {}).update(keys)
        self.write_config()

    def program(self):
        return self.clock.program if self.clock else binary()

    def clock_environment(self):
        return self.clock.environment if self.clock else {}

    def write_config(self, **sections):
        """Write the file anew, with these keys changed: `mail={"language": "it"}`."""
        for section, keys in sections.items():
            self.settings.setdefault(section, {}).update(keys)
        self.config.write_text(as_yaml(self.settings) + self.more)

    def launch(self, env=None, wrapper=()):
        """Start, and do not wait for anything."""
        self.port = self.settings["receiver"]["port"]
        self.process = Process([*wrapper, self.program(), "serve", "--config", self.config],
                               self.folder / "daemon.log", {**(env or {}), **self.clock_environment()})
        return self

    def start(self, patience=20.0, env=None, wrapper=()):
        self.launch(env, wrapper)
        wait_for(self.is_ready, patience, "the daemon's /ready")
        return self

    def is_ready(self):
        if self.process and not self.process.alive():
            raise RuntimeError("the daemon has ended:\n" + self.process.tail())
        try:
            return self.get("/ready")[0] == 200
        except OSError:
            return False

    def stop(self):
        return self.process.stop() if self.process else None

    def kill(self):
        self.process.kill()

    def reload(self):
        """SIGHUP, and wait until its end is in the log."""
        said = self.log().count("reloaded ") + self.log().count("the old one stays")
        self.process.signal(signal.SIGHUP)
        wait_for(lambda: self.log().count("reloaded ") + self.log().count("the old one stays") > said,
                 what="the end of the reload")
        self.port = self.settings["receiver"]["port"]

    def log(self):
        return self.process.log.read_text(errors="replace")

    def run(self, *arguments, path=None):
        """Another command of the same binary, with the same configuration; `path` is its $PATH."""
        env = {**os.environ, **self.clock_environment(), **({"PATH": str(path)} if path else {})}
        return subprocess.run([self.program(), arguments[0], "--config", str(self.config), *arguments[1:]],
                              capture_output=True, text=True, timeout=60, check=False, env=env)

    def request(self, method, path, body=None, headers=None):
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, method=method,
            headers={"Content-Type": "application/json", **self.headers, **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()

    def get(self, path):
        return self.request("GET", path)

    def get_json(self, path):
        status, body = self.get(path)
        if status != 200:
            raise AssertionError(f"GET {path} answered {status}: {body}")
        return json.loads(body)

    def status(self):
        return self.get_json("/api/status")

    def metric(self, name, /, **labels):
        """The value of `backup_monitor_<name>`; None if there is no such sample."""
        return metric(self.get("/metrics")[1], f"backup_monitor_{name}", **labels)

    def post(self, path, body):
        return self.request("POST", path, body)

    def alert(self, *alerts, **group):
        """Post a webhook body as Alertmanager does."""
        return self.post("/alert", {"version": "4", "status": "firing", "alerts": list(alerts), **group})

    def event(self, plan="1", module="mail1", node=1):
        """Post what NS8's event says: look now."""
        return self.post("/event", {"node_id": node, "backup_id": plan, "module_id": module})

    def wait_for_looks(self, count=1, patience=30.0):
        """Until the cluster was read `count` times more, each time from now on and to its end."""
        for _ in range(count + 1):  # the next look may have begun before now
            before = self.metric("cluster_reads_total", result="ok") or 0
            self.event()
            wait_for(lambda at=before: (self.metric("cluster_reads_total", result="ok") or 0) > at,
                     patience, "a look at the cluster")

    def advance_to(self, moment):
        """Passes the time of the simulated clock until then, and ends with a look at that moment."""
        self.clock.advance_to(moment, self.look_now)

    def look_now(self):
        """One look at the cluster that begins at what the clock shows now, or later."""
        now = self.clock.now()
        self.event()
        wait_for(lambda: self.status()["cluster"]["last_look_unix"] >= now, what="a look at the cluster")


def failed_alert(plan=None, name=None, starts_at="2026-11-22T02:10:00Z", status="firing", **labels):
    """One alert of ns8-metrics' rule BackupFailed."""
    labels = {"alertname": "BackupFailed", "node": "1", "severity": "critical", **labels}
    if plan is not None:
        labels["id"] = str(plan)
    if name is not None:
        labels["name"] = name
    alert = {"status": status, "labels": labels, "annotations": {}}
    if starts_at:
        alert["startsAt"] = starts_at
    return alert
