"""The leader's API server on its fixed port, with the cluster actions read-backup-snapshots and list-alerts behind it."""

import collections
import errno
import itertools
import os
import socketserver
import threading

from ns8.api_server import ApiServer
from stage.alerting import list_alerts

PORT = 9311  # ns8-core 4f41b359, core/api-server
USER, PASSWORD = "module/backup-monitor1", "shoe43"


def own_addresses():
    """Loopback addresses, others for each process: the port is always the same."""
    for number in itertools.count(os.getpid()):
        yield f"127.{number >> 14 & 63 | 64}.{number >> 7 & 127}.{number & 127 | 128}"


class ClusterApi(ApiServer):
    """`snapshots` maps a repository's path to the times of its snapshots, to the words of a failed restic, or to how
    the task ends; `submitted` are the tasks as they came. No task ends while `ended` is false, and none into a
    destination that is in `silent`. `asked` counts how often each task was asked for. The Alertmanager of the leader
    listens on `alertmanager_port`."""

    daemon_threads = True
    ended = True
    alertmanager_port = 9  # nobody there

    def __init__(self, folder):
        self.snapshots, self.submitted = {}, []
        self.silent, self.destinations = set(), {}
        self.asked = collections.Counter()
        self.credentials = folder / "credentials"
        self.write_credentials(PASSWORD)
        for self.address in own_addresses():
            try:
                super().__init__(self.address, PORT)
                break
            except OSError as fault:
                if fault.errno != errno.EADDRINUSE:
                    raise

    def write_credentials(self, password):
        self.credentials.write_text(f"REDIS_USER={USER}\nREDIS_PASSWORD={password}\n")

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)  # HTTPServer would look up a name for the address
        self.server_name, self.server_port = self.server_address

    def start_serving(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self):
        self.shutdown()
        self.server_close()

    def accepts(self, user, password, address):
        return (user, password) == (USER, PASSWORD)

    def allows(self, user, action):
        return action.startswith(("list-", "get-", "show-", "read-"))

    def start(self, task):
        self.submitted.append(task)
        number = super().start(task)
        self.destinations[number] = task["data"].get("repository")
        return number

    def end_of(self, number):
        self.asked[number] += 1
        return super().end_of(number) if self.ended and self.destinations[number] not in self.silent else None

    def run(self, action, data):
        if action == "list-alerts":
            return list_alerts(self.alertmanager_port, data)
        held = self.snapshots.get(data["path"], "Fatal: unable to open config file: <config/> does not exist")
        if isinstance(held, dict):
            return held
        if isinstance(held, str):
            return {"exit_code": 1, "error": held, "output": ""}
        output = [{"timestamp": moment, "id": f"{moment:064x}", "total_bytes": -1,
                   "backup_start": "", "backup_end": ""} for moment in held]
        return {"exit_code": 0, "error": "", "output": output}
