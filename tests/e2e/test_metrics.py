"""What Prometheus and an administrator may read of it."""

import re
import subprocess

from scene import Scene, days_ago
from stage.daemon import failed_alert

FAMILIES = {
    "triggers_total", "alerts_total", "runs_total", "reports_total",
    "plan_last_success_timestamp_seconds", "messages_waiting", "messages_delivered_total",
    "delivery_attempts_total", "cluster_reads_total", "cluster_read_seconds_total", "redis_reachable",
    "relay_reachable"}


class Metrics(Scene):
    def test_after_some_work_they_pass_promtool_and_hold_every_promised_family(self):
        self.watch({"1": ('Night "ly"\\\n', ["mail1"])})
        self.record("1", "mail1", errors=1, start=days_ago(1))
        self.mails(1)
        self.record("1", "mail1")
        self.mails(2)
        self.daemon.alert(failed_alert(1))
        self.wait_for_metric("alerts_total", 1)
        status, text = self.daemon.get("/metrics")
        self.assertEqual(200, status)
        checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True,
                                 text=True, timeout=30, check=False)
        self.assertEqual((0, "", ""), (checked.returncode, checked.stdout, checked.stderr))
        given = set(re.findall(r"^backup_monitor_(\w+)", text, re.M))
        self.assertEqual(set(), FAMILIES - given)
        self.assertEqual(1, self.daemon.metric("runs_total", outcome="SUCCESS"))
        self.assertEqual(2, self.daemon.metric("messages_delivered_total"))

    def test_before_any_work_they_pass_promtool_too(self):
        self.make_daemon().start()
        checked = subprocess.run(["promtool", "check", "metrics"], input=self.daemon.get("/metrics")[1],
                                 capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual((0, "", ""), (checked.returncode, checked.stdout, checked.stderr))


class Tokens(Scene):
    def serve_with_token(self, **receiver):
        token = self.folder / "token"
        token.write_text("open-sesame\n")
        return self.watch_with({"token_file": str(token), **receiver})

    def watch_with(self, receiver):
        self.cluster.furnish({"1": ("Nightly", ["mail1"])})
        return self.make_daemon(wait_seconds=0, sections={"receiver": receiver}).start()

    def statuses(self, headers=None):
        ask = self.daemon.request
        body = {"alerts": []}
        event = {"node_id": 1, "backup_id": 1, "module_id": "mail1"}
        return [ask("POST", "/alert", body, headers)[0], ask("POST", "/event", event, headers)[0],
                ask("GET", "/api/status", None, headers)[0], ask("GET", "/api/nothing", None, headers)[0],
                ask("GET", "/health")[0], ask("GET", "/ready")[0], ask("GET", "/metrics")[0]]

    def test_with_a_token_file_all_but_health_and_metrics_want_the_token(self):
        self.serve_with_token()
        self.assertEqual([401, 401, 401, 401, 200, 200, 200], self.statuses())
        self.assertEqual([401, 401, 401, 401, 200, 200, 200],
                         self.statuses({"Authorization": "Bearer open-sesam"}))
        self.assertEqual([202, 202, 200, 404, 200, 200, 200],
                         self.statuses({"Authorization": "Bearer open-sesame"}))
        self.assertEqual(2, self.daemon.metric("triggers_total", kind="alert", answer="unauthorized"))

    def test_alert_token_false_lets_an_alertmanager_on_loopback_in(self):
        self.serve_with_token(alert_token=False)
        self.assertEqual([202, 401, 401, 401, 200, 200, 200], self.statuses())

    def test_beyond_loopback_alert_wants_the_token_whatever_is_said(self):
        self.serve_with_token(host="0.0.0.0", alert_token=False)
        self.assertEqual(401, self.statuses()[0])

    def test_without_a_token_file_nothing_wants_one_and_answers_have_their_codes(self):
        daemon = self.watch_with({})
        self.assertEqual([202, 202, 200, 404, 200, 200, 200], self.statuses())
        self.assertEqual(415, daemon.request("POST", "/alert", {}, {"Content-Type": "text/plain"})[0])
        self.assertEqual(405, daemon.request("GET", "/alert")[0])
        self.assertEqual(400, daemon.post("/event", [])[0])
        self.assertRegex(daemon.post("/alert", b"{")[1], r'^\{"error":')
