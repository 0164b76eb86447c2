"""kill -9 at random moments. BACKUP_MONITOR_KILLS tells how often, BACKUP_MONITOR_SEED repeats a run."""

import collections
import contextlib
import email.parser
import email.policy
import http.client
import json
import os
import random
import sqlite3
import threading
import time

from scene import Scene
from stage.daemon import failed_alert
from stage.processes import wait_for

KILLS = int(os.environ.get("BACKUP_MONITOR_KILLS", "200"))
SEED = int(os.environ.get("BACKUP_MONITOR_SEED", str(random.SystemRandom().randrange(1 << 32))))
RECIPIENTS = ("alice@example.org", "bob@example.org")
SINGLY = 3  # alerts that fit no plan, in an hour


class Crashes(Scene):
    seconds = 60 + 2 * KILLS

    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.accepted = []  # plan labels of alerts answered with a 2xx
        self.unanswered = []
        self.known_heads = {}

    def test_no_trigger_is_lost_and_no_report_gets_two_message_ids(self):
        print(f"\n{KILLS} kills, seed {SEED}")
        plans = {f"run{n}": (f"run-{n}-end", [f"app{n}"]) for n in range(KILLS)}
        self.watch(plans, wait_seconds=0, reconcile_seconds=1, recipients=RECIPIENTS)
        begin = time.monotonic()
        for number in range(KILLS):
            self.live_and_die(number)
        print(f"{KILLS} lives took {time.monotonic() - begin:.1f} s: {len(self.accepted)} alerts accepted, "
              f"{len(self.unanswered)} cut off unanswered")
        self.daemon.start()
        records = [name for name, _ in plans.values()]
        wanted = {(who, label) for who in RECIPIENTS for label in records}
        self.daemon.wait_for_looks(2)
        wait_for(lambda: self.daemon.status()["mail"]["waiting"] == 0, 60, "an empty outbox")
        print(f"all mails were out after {time.monotonic() - begin:.1f} s")
        told = self.told()
        self.assertEqual(set(), wanted - told.keys(), "a run that was never reported")
        self.assert_no_alert_is_lost({label for _, label in told if label.startswith("alert-")})
        twice = {key: ids for key, ids in told.items() if len(ids) != 1}
        self.assertEqual({}, twice)
        known = set(self.accepted + self.unanswered + records)
        self.assertEqual(set(), {label for _, label in told} - known)
        self.assertGreater(len(self.accepted), KILLS / 2, "too few alerts met a living daemon")
        self.assertEqual(KILLS, len(self.daemon.get_json("/api/runs?limit=1000")["runs"]))

    def assert_no_alert_is_lost(self, singly):
        """None fits a plan: the first of an hour are reported singly, the others are counted for its summary."""
        with contextlib.closing(sqlite3.connect(f"file:{self.daemon.store}?mode=ro", uri=True)) as store:
            counted = store.execute("SELECT singly, summarized FROM alert_rate WHERE kind = 'unmatched'").fetchone()
        self.assertEqual(SINGLY, counted[0])
        self.assertEqual(SINGLY, len(singly))
        self.assertGreaterEqual(sum(counted), len(self.accepted), "accepted, and neither reported nor counted")
        self.assertLessEqual(sum(counted), len(self.accepted) + len(self.unanswered), "counted twice")

    def live_and_die(self, number):
        """One life, from its start to SIGKILL: a backup ends, alerts come, mails leave."""
        if not self.daemon.process.alive():
            self.daemon.launch()
        moment = self.random.uniform(0, 1.6) if number % 10 == 0 else self.random.uniform(0, 0.4)
        killer = threading.Timer(moment, self.daemon.kill)
        killer.start()
        try:
            self.cluster.write_record(f"run{number}", f"app{number}", errors=self.random.randrange(2))
            for count in range(2):
                self.post_alert(f"alert-{number}-{count}-end")
        finally:
            killer.join()

    def post_alert(self, label):
        """Tries until the daemon takes it or ends."""
        body = json.dumps({"alerts": [failed_alert(label)]})
        while self.daemon.process.alive():
            connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=5)
            try:
                connection.request("POST", "/alert", body, {"Content-Type": "application/json"})
            except OSError:  # not listening yet, or no longer
                time.sleep(0.005)
                continue
            try:
                status = connection.getresponse().status
            except (OSError, http.client.HTTPException):
                self.unanswered.append(label)
                return
            finally:
                connection.close()
            self.assertEqual(202, status)
            self.accepted.append(label)
            return

    def told(self):
        """Message-IDs by recipient and by the plan that the subject names."""
        ids = collections.defaultdict(set)
        events = self.relay.events("mail")
        heads = self.heads()  # after the events: each file is there before its event
        for event in events:
            label, message_id = heads[event["file"]]
            for recipient in event["recipients"]:
                ids[recipient, label].add(message_id)
        return ids

    def heads(self):
        parser = email.parser.BytesHeaderParser(policy=email.policy.default)
        for path in (self.relay.folder / "new").glob("*.eml"):
            name = f"new/{path.name}"
            if name not in self.known_heads:
                head = parser.parsebytes(path.read_bytes())
                words = head["Subject"].replace(",", " ").split()
                label = next(word for word in words if word.endswith("-end"))
                self.known_heads[name] = (label, str(head["Message-ID"]))
        return self.known_heads
