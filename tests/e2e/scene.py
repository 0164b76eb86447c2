"""What every end-to-end test stands on: a scratch folder, a relay, a Redis, the daemon. Everything is
stopped afterwards, and after a failure the logs tell what happened."""

import pathlib
import shutil
import signal
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

# pylint: disable=wrong-import-position
from stage.cluster import Cluster
from stage.daemon import Daemon
from stage.mail import Relay
from stage.processes import wait_for

DAY = 86_400
ONE_PLAN = {"1": ("Nightly", ["mail1"])}
THREE_MODULES = {"1": ("Nightly", ["mail1", "samba1", "webtop1"])}


def days_ago(days):
    return int(time.time()) - days * DAY


def now_rfc3339(offset=0):
    """The moment `offset` seconds from now, as Alertmanager writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + offset))


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def html_of(mail):
    return mail.get_body(("html",)).get_content()


class Scene(unittest.TestCase):
    """A test with a relay and a Redis, each its own. `seconds` is the most it may take."""

    maxDiff = None
    seconds = 90

    def run(self, result=None):
        bad = len(result.failures) + len(result.errors)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="backup-monitor-e2e-"))
        signal.signal(signal.SIGALRM, self.too_late)
        signal.alarm(self.seconds)
        try:
            super().run(result)
        finally:
            signal.alarm(0)
            self.doCleanups()  # after Ctrl-C unittest itself does not
            if len(result.failures) + len(result.errors) > bad:
                self.show_logs()
            shutil.rmtree(self.folder, ignore_errors=True)

    def too_late(self, *_):
        raise TimeoutError(f"the test took more than {self.seconds} s")

    def show_logs(self):
        for log in sorted([*self.folder.glob("**/*.log"), *self.folder.glob("**/log.jsonl")]):
            most = 25 if log.name in ("daemon.log", "log.jsonl") else 6
            lines = log.read_text(errors="replace").splitlines()[-most:]
            print(f"--- {self.id()}: {log.name}\n    " + "\n    ".join(lines))

    def setUp(self):
        self.relay = self.keep(Relay(self.folder).start())
        self.cluster = self.keep(Cluster(self.folder).start())
        self.cluster.set_smarthost(self.relay.port)
        self.daemon = None

    def keep(self, part):
        """Stop it after the test, whatever happens."""
        self.addCleanup(part.stop)
        return part

    def make_daemon(self, **settings):
        self.daemon = self.keep(Daemon(self.folder, self.cluster.socket, **settings))
        return self.daemon

    def serve(self, **settings):
        """The daemon, listening, and done with its first look: what is in Redis now is history."""
        self.make_daemon(**settings).start()
        self.wait_for_first_look()
        return self.daemon

    def wait_for_first_look(self):
        wait_for(lambda: self.daemon.status()["cluster"]["last_look"], what="the first look")

    def watch(self, plans=None, nodes=None, names=None, **settings):
        """A cluster with these plans, watched by the daemon."""
        self.cluster.furnish(plans or ONE_PLAN, nodes, names)
        return self.serve(**settings)

    def record(self, plan, module, **more):
        """NS8 has backed up one module, and says so."""
        self.cluster.write_record(plan, module, **more)
        self.daemon.event(plan, module, more.get("node", 1))

    def mails(self, count, patience=30.0):
        """Waits for exactly `count` mails."""
        mails = self.relay.wait_for_mails(count, patience)
        self.assertEqual(count, len(mails), [mail["Subject"] for mail in mails])
        return mails

    def wait_until_recorded(self):
        """The relay has taken the mail; a daemon killed before it noted that rightly sends it again."""
        wait_for(lambda: self.daemon.status()["mail"]["waiting"] == 0, what="the delivery on record")

    def assert_only(self, count):
        """Nothing more comes: another look later there are still `count` mails, and none waits."""
        self.daemon.wait_for_looks()
        self.assertEqual(0, self.daemon.status()["mail"]["waiting"])
        subjects = [mail["Subject"] for mail in self.relay.mails()]
        self.assertEqual(count, len(subjects), subjects)

    def wait_for_metric(self, name, least, **labels):
        wait_for(lambda: (self.daemon.metric(name, **labels) or 0) >= least, 30, f"{name} {least}")

    def wait_for_log(self, words, patience=20.0):
        wait_for(lambda: words in self.daemon.log(), patience, f"'{words}' in the log")
