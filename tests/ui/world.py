"""What is true behind the page: a cluster, a mail relay, and an instance of the module with its daemon."""

import json
import pathlib
import subprocess
import sys
import threading
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "module")]

# pylint: disable=wrong-import-position
from invented import Invented
from module_scene import Module
from sandbox import AgentResult
from stage.cluster import Cluster
from stage.daemon import binary
from stage.mail import Relay
from stage.processes import free_port, wait_for
from stage.simulated_clock import SimulatedClock

ENVIRONMENT = {"IMAGE_URL": "ghcr.io/nethserver/backup-monitor:1.0.0"}


class World:
    """Each public method but run() and stop() is something a test can ask for, and gives JSON."""

    def __init__(self, folder, instance):
        """A cluster with one instance that was never configured."""
        self.instance = instance
        self.folder, self.clock = folder, None
        self.failing, self.paused, self.answers = {}, {}, {}
        self.heal()
        self.cluster = Cluster(folder, free_port()).start()
        self.relay = Relay(folder).start()
        self.module = Module(folder, self.cluster.port, instance)
        self.module.add_command("systemctl", f'#!/bin/sh\nexec /usr/bin/python3 {HERE}/systemctl.py "$@"\n')
        self.module.environment.update(BACKUP_MONITOR_BINARY=binary(), STAND_IN_VOLUME=str(self.module.volume))
        self.cluster.set_smarthost(self.relay.port)
        self.furnish({})
        self.export()
        self.must("create-module")

    def stop(self):
        self.stop_daemon()
        self.relay.stop()
        self.cluster.stop()

    def export(self):
        self.cluster.redis.hset(f"module/{self.instance}/environment", mapping=self.module.read_state())

    def run(self, action, data):
        """One task, as the agent runs it."""
        if action in self.failing:
            return AgentResult("aborted", 1, "", self.failing[action])
        if action in self.answers:
            return AgentResult("completed", 0, json.dumps(self.answers[action](data or {})))
        result = self.module.run(action, data)
        self.export()
        return result

    def must(self, action, data=None):
        result = self.run(action, data)
        if result.status != "completed":
            raise RuntimeError(f"{action}: {result.status}\n{result.output}\n{result.error}")
        return result.value if result.output else None

    def name(self, _):
        """In the place of a base action of NS8."""
        return {"name": self.cluster.redis.get(f"module/{self.instance}/ui_name") or ""}

    # What tests ask for.

    def configure(self, **more):
        """Configured, and the cluster has been read once."""
        self.must("configure-module", {"recipients": ["admin@example.org"], "sender": "monitor@example.org", **more})
        wait_for(lambda: self.status()["cluster"]["last_look"], what="the first look")

    def look(self):
        """The daemon reads the cluster now; it is waited for."""
        before = self.status()["cluster"]["last_look"]
        wait_for(lambda: self.nudge() and self.status()["cluster"]["last_look"] != before, what="another look")

    def nudge(self):
        self.module.event("backup-schedule-changed", {})
        return True

    def status(self):
        return self.must("get-configuration")["service"]["status"]

    def simulate_time(self, begin):
        """The daemon, which has not been started yet, has a clock of the test's, which shows `begin` first."""
        self.clock = SimulatedClock(self.folder, begin)
        self.module.environment.update(self.clock.environment, BACKUP_MONITOR_BINARY=self.clock.program)

    def advance_to(self, moment):
        """Passes the time of that clock until then; the daemon looks as often as it would."""
        self.clock.advance_to(moment, self.look_now)

    def look_now(self):
        """One look that begins at what the clock shows now, or later."""
        now = self.clock.now()
        self.ask_daemon("/event", {"node_id": 1, "backup_id": 1, "module_id": "none1"})
        wait_for(lambda: self.ask_daemon("/api/status")["cluster"]["last_look_unix"] >= now, what="a look at the cluster")

    def ask_daemon(self, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.module.read_state()['TCP_PORT']}{path}", data=json.dumps(body).encode() if body else None,
            headers={"Authorization": f"Bearer {self.token()}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def furnish(self, plans, names=None, nodes=None):
        """`plans`: {"1": ["Nightly", ["mail1"]]}."""
        self.cluster.furnish(plans, nodes=nodes, names=names)
        for name, value in (("module_node", "1"), ("module_uuid", "uuid-of-the-test")):
            self.cluster.redis.hset(f"cluster/{name}", self.instance, value)

    def back_up(self, plan, results, mails=1):
        """One run of a plan now: {"mail1": 0, "samba1": 1} are the errors of each module. Waits for its mail."""
        before = len(self.relay.mails())
        for module, errors in results.items():
            self.cluster.write_record(plan, module, errors=errors)
            self.module.event("backup-status-changed", {"node_id": 1, "backup_id": plan, "module_id": module})
        self.relay.wait_for_mails(before + mails)

    def schedule(self, plan, expression):
        self.cluster.redis.hset(f"cluster/backup/{plan}", "schedule", expression)

    def back_up_at(self, plan, module, start, duration, node=1):
        """One application is saved then. Waits for the mail of its run."""
        before = len(self.relay.mails())
        self.advance_to(start + duration + 10)
        self.cluster.write_record(plan, module, node=node, start=start, duration=duration)
        self.look_now()
        self.relay.wait_for_mails(before + 1)

    def mails(self):
        return [{"to": mail["To"], "subject": mail["Subject"], "id": mail["Message-ID"]} for mail in self.relay.mails()]

    def set_relay(self, enabled):
        self.cluster.set_smarthost(self.relay.port, enabled=enabled)

    def hold(self):
        """As after a clone whose original lives on: the daemon keeps its mail back."""
        config = self.module.state / "daemon" / "config.yml"
        config.write_text(config.read_text(encoding="utf-8").replace("hold: false", "hold: true"), encoding="utf-8")
        self.module.write_state(**{**self.module.read_state(), "BACKUP_MONITOR_MAIL": "held"})
        self.export()
        self.systemctl("stop")
        self.systemctl("start")

    def stop_daemon(self):
        self.systemctl("stop")

    def systemctl(self, verb):
        subprocess.run([f"{self.module.commands}/systemctl", "--user", verb, "backup-monitor.service"],
                       cwd=self.module.state, env={**self.module.environment, **self.module.read_state()},
                       capture_output=True, check=False)

    def pause(self, action, progress=0):
        """The next such task tells this progress and waits there for release()."""
        self.paused[action] = (progress, threading.Event())

    def release(self, action):
        self.paused.pop(action)[1].set()

    def progress(self, action):
        """What a task tells before its steps run; it ends when they may."""
        if action in self.paused:
            percent, released = self.paused[action]
            yield percent
            released.wait()

    def answer(self, action, value):
        """From now on this task gives that, in the place of the action."""
        self.answers[action] = lambda _: value

    def fail(self, action, error):
        """From now on this task aborts with these words."""
        self.failing[action] = error

    def heal(self):
        """Every task is the module's own again, but for the one in the place of NS8's."""
        self.failing, self.answers = {}, {"get-name": self.name}

    def add_rival(self, name="backup-monitor2"):
        """Another instance that sends mail."""
        redis = self.cluster.redis
        redis.hset("cluster/module_node", name, "1")
        redis.hset(f"module/{name}/environment", mapping={**ENVIRONMENT, "MODULE_UUID": "uuid-of-the-rival",
                                                          "BACKUP_MONITOR_MAIL": "on"})

    def invent(self, runs, modules):
        """From now on the history is a long one that no daemon made."""
        self.answers.update(Invented(runs, modules, int(time.time())).answers)

    def token(self):
        return self.module.read("daemon/webhook-token").strip()
