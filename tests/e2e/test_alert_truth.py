"""What an alert leads to: the cases of tests/data/field/webhook.json that need a daemon, and floods of alerts."""

import json
import pathlib
import sqlite3
import time

from scene import Scene, now_rfc3339, text_of
from stage.daemon import failed_alert
from stage.processes import ROOT, wait_for

TWO_MODULES = {"1": ("Nightly", ["mail1", "samba1"])}
LIMIT = 1_048_576  # receiver.max_body_bytes


def case(name):
    cases = json.loads(pathlib.Path(ROOT, "tests/data/field/webhook.json").read_text(encoding="utf-8"))["cases"]
    return next(case for case in cases if case["id"] == name)


def hours_ago(hours):
    return int(time.time()) - hours * 3600


class FieldCases(Scene):
    def test_successes_of_the_night_before_do_not_answer_an_alert(self):
        self.assertIn("not ✅", case("alert-against-history")["right"])
        for module in TWO_MODULES["1"][1]:
            self.cluster.write_record("1", module, start=hours_ago(26), duration=1)
        daemon = self.watch(TWO_MODULES, wait_seconds=1, quiet_seconds=3)
        daemon.alert({"status": "firing", "labels": {"alertname": "BackupFailed", "id": "1"}, "startsAt": now_rfc3339()})
        (mail,) = self.mails(1)
        self.assertNotIn("✅", mail["Subject"])
        self.assertIn("⏳ Backup not finished: Nightly", mail["Subject"])
        text = text_of(mail)
        self.assertIn("An alert reported a failure of this backup", text)
        self.assertIn("No result explains it", text)
        self.assertNotIn("Nothing.", text)
        (run,) = daemon.get_json("/api/runs")["runs"]
        self.assertEqual("INCOMPLETE", run["outcome"])
        self.assert_only(1)
        self.record("1", "mail1", errors=1)  # of this night: it corrects the report
        self.record("1", "samba1")
        _, second = self.mails(2)
        self.assertIn("⚠️ Backup partially failed", second["Subject"])

    def test_a_report_on_request_shows_no_success_while_an_alert_is_unexplained(self):
        for module in TWO_MODULES["1"][1]:
            self.cluster.write_record("1", module, start=hours_ago(26), duration=1)
        daemon = self.watch(TWO_MODULES, wait_seconds=0)
        daemon.alert(failed_alert(1, starts_at=now_rfc3339()))
        wait_for(lambda: daemon.get_json("/api/runs")["runs"], what="the run of the alert")
        daemon.post("/api/report", {})
        (mail,) = self.mails(1)
        self.assertIn("⚠️ Alert, no result yet", mail["Subject"])
        self.assertIn("No result explains it yet", text_of(mail))
        printed = json.loads(daemon.run("report", "--format", "json").stdout)
        self.assertEqual("INCOMPLETE", printed["outcome"])

    def test_a_number_as_a_label_names_its_plan(self):
        self.assertIn('"id":1}', case("numeric-id")["input"])
        self.cluster.write_record("1", "mail1", start=hours_ago(2))
        daemon = self.watch(wait_seconds=0)
        daemon.alert({"status": "firing", "labels": {"alertname": "BackupFailed", "id": 1}, "startsAt": now_rfc3339()})
        self.wait_for_metric("alerts_total", 1, fate="reported")
        self.assert_only(0)  # its run is open: nothing is said to be without a status
        (run,) = daemon.get_json("/api/runs")["runs"]
        self.assertEqual(("1", None), (run["plan"]["id"], run["outcome"]))

    def test_a_mail_on_request_is_not_shown_with_a_run_that_comes_later(self):
        self.cluster.write_record("1", "mail1", start=hours_ago(20))
        daemon = self.watch()
        status, body = daemon.post("/api/report", {})
        self.assertEqual(202, status)
        self.mails(1)
        (message,) = daemon.get_json(f"/api/requests/{json.loads(body)['request']}")["messages"]
        self.assertEqual([], message["runs"])
        self.record("1", "mail1", errors=1)
        self.mails(2)
        (run,) = daemon.get_json("/api/runs")["runs"]
        told = daemon.get_json(f"/api/runs/{run['id']}")["messages"]
        self.assertEqual(["final"], [message["kind"] for message in told])


class Flood(Scene):
    seconds = 150

    def body(self):
        """As many alerts of unknown plans as one request may hold, and how many."""
        alerts, size = [], 100
        while True:
            alert = {"status": "firing", "startsAt": now_rfc3339(),
                     "labels": {"alertname": "BackupFailed", "id": f"ghost-{len(alerts)}"}}
            size += len(json.dumps(alert)) + 2
            if size > LIMIT or len(alerts) == 10_000:
                return json.dumps({"alerts": alerts}).encode(), len(alerts)
            alerts.append(alert)

    def test_one_request_of_thousands_of_unknown_plans_hides_no_failed_night(self):
        daemon = self.watch(TWO_MODULES, wait_seconds=1)
        body, count = self.body()
        self.assertGreater(count, 5000)
        self.assertEqual(202, daemon.post("/alert", body)[0])
        begin = time.monotonic()
        self.record("1", "mail1", errors=1)
        self.record("1", "samba1")
        failed = "⚠️ Backup partially failed: Nightly"
        wait_for(lambda: [mail for mail in self.relay.mails() if failed in mail["Subject"]], 60, "the failed night")
        print(f"the failed night was delivered {time.monotonic() - begin:.1f} s after its last result")
        self.mails(4, patience=60)
        self.wait_for_metric("alerts_total", count - 3, fate="summarized")
        self.assertEqual(count - 3, daemon.metric("bound_reached_total", bound="alert_reports"))
        (bound,) = [bound for bound in daemon.status()["bounds"] if bound["name"] == "alert_reports"]
        self.assertEqual(count - 3, bound["reached"])
        self.assertEqual(1, daemon.log().count("bound alert_reports reached"))
        daemon.post("/alert", body)
        self.wait_for_metric("alerts_total", count, fate="repeated")
        self.assert_only(4)

        daemon.kill()
        with sqlite3.connect(daemon.store) as store:  # the hour goes by
            store.execute("UPDATE alert_rate SET since = since - 3600")
        daemon.start()
        mails = self.mails(5)
        self.assertIn(f"❌ {count - 3:,} more backup alerts", mails[-1]["Subject"])
        self.assertIn("ghost-", text_of(mails[-1]))
        self.assert_only(5)

    def test_test_mails_and_reports_are_made_one_at_a_time(self):
        daemon = self.watch()
        for path in ("/api/test-mail", "/api/report"):
            with self.subTest(path):
                answers = [daemon.post(path, {}) for _ in range(5)]
                self.assertEqual([202, 429, 429, 429, 429], [status for status, _ in answers])
                self.assertIn("still in progress", answers[1][1])
        self.assertEqual(8, daemon.metric("triggers_total", kind="request", answer="busy"))
        self.assertEqual(8, daemon.metric("bound_reached_total", bound="requests"))
        self.mails(2)
        self.wait_until_recorded()
        self.assertEqual(202, daemon.post("/api/test-mail", {})[0])
        self.mails(3)
