"""The cluster's log: the stand-in for Loki on loopback, where Redis says it is, and what NS8's nodes ship to it."""

import json
import threading
import time

from ns8.loki import PASSWORD, USER, Server

MODULE = "loki1"
# As Go writes strings into JSON.
ESCAPED = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})
# Of systemd and of what a unit writes; tests/node/test_cluster_log.py has the real ones.
OF_SYSTEMD = {"SYSLOG_IDENTIFIER": "systemd", "SYSLOG_FACILITY": "3", "PRIORITY": "6", "TID": "1", "_PID": "1",
              "_COMM": "systemd", "_SYSTEMD_UNIT": "init.scope", "_TRANSPORT": "journal"}
OF_OUTPUT = {"SYSLOG_IDENTIFIER": "runagent", "SYSLOG_FACILITY": "3", "PRIORITY": "6", "_TRANSPORT": "stdout"}


def clock_of(at):
    """As run-backup writes it, by time.asctime()."""
    return time.asctime(time.localtime(at))


def line_of(fields):
    """An entry's fields as Alloy ships them: JSON by Go's rules, with sorted names and without blanks.

    Source: Alloy 39cfe681, internal/component/loki/source/journal/internal/target/journaltarget.go, formatter().
    """
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).translate(ESCAPED)


class ClusterLog(Server):
    """What the journals of the nodes hold. `pid` and `boot` are of what writes next."""

    boot = "b1"

    def __init__(self):
        super().__init__()
        self.pid = 1000

    def start(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self):
        self.shutdown()
        self.server_close()

    def announce(self, redis, password=PASSWORD):
        """As the module loki writes its environment into Redis."""
        redis.set("cluster/default_instance/loki", MODULE)
        redis.hset(f"module/{MODULE}/environment", mapping={
            "LOKI_ADDR": "127.0.0.1", "LOKI_HTTP_PORT": self.server_port,
            "LOKI_API_AUTH_USERNAME": USER, "LOKI_API_AUTH_PASSWORD": password})

    def ship(self, at, node, fields, module=None):
        """One entry of a node's journal, at `at` seconds."""
        labels = {"node_id": str(node), **({"module_id": module} if module else {})}
        entry = {"_BOOT_ID": self.boot, "_UID": "0", **fields}
        self.log.push([{"stream": labels, "values": [[str(int(at * 1_000_000) * 1_000), line_of(entry)]]}])

    def systemd(self, at, plan, message, node=1):
        """systemd, of the plan's unit."""
        self.ship(at, node, {**OF_SYSTEMD, "MESSAGE": message, "UNIT": f"backup{plan}.service"})

    def timer(self, at, plan, node=1):
        """The plan's timer begins it."""
        self.pid += 1
        self.systemd(at, plan, f"Started backup{plan}.service - Backup {plan} schedule.", node)

    def says(self, at, plan, message, node=1):
        """run-backup itself."""
        unit = f"backup{plan}.service"
        self.ship(at, node, {**OF_OUTPUT, "MESSAGE": message, "_PID": str(self.pid), "_SYSTEMD_UNIT": unit})

    def begins(self, at, plan, module, node=1):
        self.says(at, plan, f"{module}: starting backup {plan} at {clock_of(at)}", node)

    def of_module(self, at, module, message, node=1):
        """The module's user, in a session that its backup has begun. Of a process that ended before journald looked
        after it, _SYSTEMD_UNIT is the unit whose output it writes to."""
        self.ship(at, node, {**OF_OUTPUT, "MESSAGE": message, "_PID": str(self.pid + 500), "_UID": "1001",
                             "_SYSTEMD_UNIT": "session-c7.scope"}, module)
