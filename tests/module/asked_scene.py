"""A scene for tests of actions that ask the daemon: the real one stands behind them."""

import time

from module_scene import ModuleScene
from stage.mail import Relay
from stage.processes import wait_for

PREFIX = 'yes: "no" # é🙂'


class AskedScene(ModuleScene):
    """A configured module with its daemon, a plan of two modules, and a mail relay."""

    def prepare(self):
        self.create()
        self.configure(subject_prefix=PREFIX)
        self.cluster.furnish({"1": ("Nightly", ["mail1", "samba1"]), "2": ("Weekly", ["mail1"])})
        for name, value in (("module_node", 1), ("module_uuid", "uuid-of-backup-monitor1")):
            self.redis.hset(f"cluster/{name}", "backup-monitor1", value)

    def setUp(self):
        super().setUp()
        relay = self.folder / self._testMethodName
        relay.mkdir()
        self.relay = Relay(relay).start()
        self.addCleanup(self.relay.stop)
        self.cluster.set_smarthost(self.relay.port)
        self.serve()
        wait_for(lambda: self.status()["cluster"]["last_look"], what="the first look")

    def status(self):
        return self.run_action("get-configuration").value["service"]["status"]

    def back_up(self, plan, *modules, errors=(), ago=None):
        """One run of a plan, with an error for each module of `errors`, now or that many hours ago. Waits until
        its report is delivered and the daemon has recorded that, and returns the run's number."""
        before = len(self.relay.mails())
        start = None if ago is None else int(time.time()) - ago * 3600
        for module in modules:
            self.cluster.write_record(plan, module, errors=int(module in errors), start=start)
            self.module.event("backup-status-changed", {"node_id": 1, "backup_id": plan, "module_id": module})
        self.relay.wait_for_mails(before + 1)
        newest = lambda: self.list(plan=plan, limit=1)["runs"][0]
        wait_for(lambda: newest()["state"] == "ended", what="the run's end in the history")
        return newest()["id"]

    def list(self, **request):
        return self.run_action("list-reports", request).value
