"""What the tests of this project's own module share: it is installed, watches a plan and has a relay."""

import time

from scene import Scene, node
from stage.mail import Relay
from stage.processes import wait_for

UNIT = "backup-monitor.service"
PLANS = {"1": ("Nightly", ["mail1", "samba1"])}
SETTINGS = {"recipients": ["admin@example.org"], "sender": "backup-monitor@example.org", "wait_seconds": 1,
            "repository_check": "off", "log_level": "DEBUG"}


class MonitorScene(Scene):
    """`relay` takes the mails of the class; `self.module` is the instance in question."""

    module = None
    last_second = 0

    @classmethod
    def setUpClass(cls):
        node().images.module_image()  # outside any test's limit of time
        cls.folder = node().new_folder()
        cls.relay = cls.start_relay()
        node().cluster.set_smarthost(cls.relay.port)
        node().forget_backups()
        node().cluster.furnish(PLANS)

    @classmethod
    def start_relay(cls):
        relay = node().keep(Relay(node().new_folder()))  # after Ctrl-C no class is cleaned up
        cls.addClassCleanup(relay.stop)
        return relay.start()

    @classmethod
    def add(cls):
        return cls.keep(node().add(node().images.module_image()))

    @classmethod
    def add_watching(cls, **settings):
        """Installed, configured, and done with its first look: what is in Redis now is history."""
        module = cls.add()
        result = configure(module, **settings)
        if result.status != "completed":
            raise AssertionError(f"configure-module: {result}")
        wait_until_watching(module)
        return module

    def mails(self, count, relay=None):
        """Waits for exactly `count` mails since the class began."""
        mails = (relay or self.relay).wait_for_mails(count, 30)
        self.assertEqual(count, len(mails), [mail["Subject"] for mail in mails])
        return mails

    def back_up(self, errors=0):
        """Both modules of the plan, one after the other: a run from its first record to its last. Records
        are told apart by the second in which they start."""
        told = {}
        for module in PLANS["1"][1]:
            wait_for(lambda: int(time.time()) > MonitorScene.last_second, what="the next second")
            told = node().record("1", module, errors=errors, duration=0)
        MonitorScene.last_second = int(time.time())
        return told

    def wait_for_silence(self):
        """Two looks at the cluster later nothing waits to be sent."""
        for _ in range(2):
            look_again(self.module)
        self.assertEqual(0, status(self.module)["mail"]["waiting"])

    def assert_unchanged(self, before):
        """The same container is still running with the same configuration."""
        self.assertEqual(before, state_of(self.module))


def configure(module, **changes):
    return module.run("configure-module", {**SETTINGS, **changes})


def configuration(module):
    return module.run("get-configuration").value


def status(module):
    """The daemon's own status; an empty one while it is away."""
    return configuration(module)["service"]["status"] or {"cluster": {"last_look": None}, "mail": {}}


def wait_until_watching(module):
    wait_for(lambda: status(module)["cluster"]["last_look"], 30, f"the first look of {module.id}")


def look_again(module):
    """Until the daemon has looked at the cluster once more; its status tells the second of the last look."""
    before = status(module)["cluster"]["last_look"]

    def has_looked():
        module.event("backup-schedule-changed", {"backup_ids": ["1"]})
        return status(module)["cluster"]["last_look"] != before
    wait_for(has_looked, 30, f"another look of {module.id}")


def runs(module, **query):
    return module.run("list-reports", query).value["runs"]


def token(module):
    return module.run("reveal-webhook-token").value["webhook_token"]


def state_of(module):
    """What must not change when a configuration is refused: the container, its start, the files."""
    shown = module.user.check("podman", "inspect", "--format={{.Id}} {{.State.StartedAt}}", "backup-monitor")
    return (shown, (module.state / "daemon/config.yml").read_text(), (module.state / "settings.json").read_text())
