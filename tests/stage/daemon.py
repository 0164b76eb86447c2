"""The daemon under test, and requests to it."""

import json
import os
import signal
import urllib.error
import urllib.request

from .processes import ROOT, Process, free_port, wait_for

CONFIG = """\
mail:
  from: "ns8-backup-monitor@example.org"
  to: [{recipients}]
  subject_prefix: "[NS8 Backup]"
receiver:
  host: "127.0.0.1"
  port: {port}
correlator:
  wait_seconds: {wait_seconds}
  recent_window: 3600
  early_notice_seconds: {early_notice_seconds}
  reconcile_seconds: {reconcile_seconds}
  quiet_seconds: {quiet_seconds}
redis:
  socket: "{socket}"
store:
  path: "{store}"
logging:
  level: DEBUG
{more}"""


def binary():
    """The daemon to test: BACKUP_MONITOR_BINARY, else what the release preset built."""
    return os.environ.get("BACKUP_MONITOR_BINARY", str(ROOT / "build" / "release" / "backup-monitor"))


class Daemon:
    def __init__(self, folder, redis_socket, recipients=("admin@example.org",), more="", **times):
        self.folder = folder
        self.port = free_port()
        self.config = folder / "config.yml"
        self.store = folder / "backup-monitor.db"
        self.process = None
        self.values = {
            "recipients": ", ".join(f'"{r}"' for r in recipients), "port": self.port,
            "socket": redis_socket, "store": self.store, "more": more, "wait_seconds": 1,
            "early_notice_seconds": 900, "reconcile_seconds": 2, "quiet_seconds": 4200, **times}
        self.write_config()

    def write_config(self, **changes):
        self.values.update(changes)
        self.config.write_text(CONFIG.format(**self.values))

    def start(self, patience=20.0):
        self.process = Process([binary(), "serve", "--config", self.config], self.folder / "daemon.log")
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
        self.process.signal(signal.SIGHUP)

    def log(self):
        return self.process.log.read_text(errors="replace")

    def run(self, *arguments):
        """Another command of the same binary, with the same configuration."""
        import subprocess
        return subprocess.run([binary(), arguments[0], "--config", str(self.config), *arguments[1:]],
                              capture_output=True, text=True, timeout=60, check=False)

    def request(self, method, path, body=None, headers=None):
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, method=method,
            headers={"Content-Type": "application/json", **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()

    def get(self, path):
        return self.request("GET", path)

    def get_json(self, path):
        status, body = self.get(path)
        if status != 200:
            raise AssertionError(f"GET {path} answered {status}: {body}")
        return json.loads(body)

    def post(self, path, body):
        return self.request("POST", path, body)

    def alert(self, *alerts, **group):
        """Post a webhook body as Alertmanager does."""
        return self.post("/alert", {"version": "4", "status": "firing", "alerts": list(alerts), **group})


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
