"""Alerts that are read from Alertmanager, since its configuration has no place for the daemon's webhook."""

import json
import urllib.request

from scene import Scene, now_rfc3339, text_of
from stage.alerting import Alertmanager, firing
from stage.cluster_api import PASSWORD, ClusterApi
from stage.processes import free_port, wait_for

LABELS = {"alertname": "BackupFailed", "id": "1", "name": "Nightly", "node": "1", "severity": "critical",
          "target_type": "node"}


class AlertScene(Scene):
    def setUp(self):
        super().setUp()
        # Its webhook goes nowhere, as on NS8.
        self.alertmanager = self.keep(Alertmanager(self.folder, free_port()).start())

    def watch_alerts(self, address=None, reconcile_seconds=1, **sections):
        self.cluster.furnish({"1": ("Nightly", ["mail1", "web1"])})
        address = address or f"127.0.0.1:{self.alertmanager.port}"
        return self.serve(reconcile_seconds=reconcile_seconds, quiet_seconds=3,
                          sections={"alertmanager": {"address": address}, **sections})

    def fire(self, **labels):
        self.alertmanager.post({"labels": {**LABELS, **labels}, "startsAt": now_rfc3339()})

    def witness(self):
        """How the witness of alerts stands."""
        return next(witness for witness in self.daemon.status()["witnesses"] if witness["name"] == "alerts")

    def silence(self):
        body = {"matchers": [{"name": "id", "value": "1", "isRegex": False, "isEqual": True}], "startsAt": now_rfc3339(-60),
                "endsAt": now_rfc3339(3600), "createdBy": "test", "comment": "test"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.alertmanager.port}/api/v2/silences",
                                         data=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=10).close()


class PulledAlerts(AlertScene):
    def test_a_plan_whose_every_module_was_given_up_is_reported(self):
        """No record, no event: the alert is all there is."""
        self.watch_alerts()
        self.fire()
        (mail,) = self.mails(1, patience=40)
        self.assertIn("Nightly", mail["Subject"])
        self.assertNotIn("✅", mail["Subject"])
        self.assertIn("mail1", text_of(mail))
        self.assertNotIn("silenced", text_of(mail))
        self.assertEqual(1, self.daemon.metric("alerts_pulled_total"))
        self.assert_only(1)

    def test_it_is_the_same_alert_as_one_that_was_posted_and_after_a_restart(self):
        self.watch_alerts()
        self.record("1", "mail1", errors=1)
        self.record("1", "web1")
        self.mails(1)
        self.fire()
        self.wait_for_metric("alerts_pulled_total", 1)
        (alert,) = firing(self.alertmanager.port)
        self.daemon.alert({"status": "firing", "labels": alert["labels"], "startsAt": alert["startsAt"]})
        self.assert_only(1)
        self.daemon.stop()
        self.daemon.start()
        self.wait_for_first_look()
        self.wait_for_metric("alerts_pulled_total", 1)
        self.assert_only(1)

    def test_a_silenced_alert_counts_and_one_of_others_does_not(self):
        self.silence()
        self.watch_alerts()
        self.fire(alertname="DiskFull")
        self.fire()
        (mail,) = self.mails(1, patience=40)
        self.assertIn("was silenced in Alertmanager", " ".join(text_of(mail).split()))
        self.assertEqual(1, self.daemon.metric("alerts_pulled_total"))

    def test_on_a_node_that_does_not_lead_nobody_is_asked(self):
        """There anybody could listen on that port."""
        self.cluster.redis.hset("node/1/vpn", "ip_address", "192.0.2.1")
        self.watch_alerts()
        self.fire()
        self.wait_for_metric("alertmanager_reads_total", 2, result="failed")
        self.assertIn("NS8's Alertmanager is on the node that leads, 192.0.2.1, and not on this one", self.daemon.log())
        self.assertEqual(0, self.daemon.metric("alerts_pulled_total"))
        self.cluster.redis.hset("node/1/vpn", "ip_address", "127.0.0.1")
        self.wait_for_metric("alerts_pulled_total", 1)

    def test_where_no_alertmanager_answers_the_rest_goes_on(self):
        self.watch_alerts(address="127.0.0.1:1")
        self.record("1", "mail1")
        self.record("1", "web1")
        self.mails(1)
        self.wait_for_metric("alertmanager_reads_total", 2, result="failed")
        self.assertEqual(1, self.daemon.log().count("alerts are not read: ask Alertmanager at 127.0.0.1:1"))

    def test_an_alert_of_a_plan_that_has_been_removed_is_named_on_request(self):
        self.watch_alerts()
        self.cluster.write_plan("2", "Weekly", ["web1"])
        wait_for(lambda: self.daemon.status()["cluster"]["plans"] == 2, 10, "the look that finds the plan")
        self.cluster.redis.delete("cluster/backup/2")
        wait_for(lambda: self.daemon.status()["cluster"]["plans"] == 1, 10, "the look that does not")
        self.fire(id="2", name="Weekly")
        wait_for(lambda: self.daemon.get_json("/api/overview")["alert_contradictions"], 20, "the contradiction")
        (found,) = self.daemon.get_json("/api/overview")["alert_contradictions"]
        self.assertEqual(("plan_gone", {"id": "2", "name": "Weekly"}), (found["kind"], found["plan"]))
        self.assert_only(0)
        self.daemon.post("/api/report", {})
        (mail,) = self.mails(1)
        self.assertRegex(" ".join(text_of(mail).split()),
                         r"An alert has been firing since .* for the plan Weekly, which has been removed from this cluster")

    def test_when_a_run_closes_it_is_asked_what_fires(self):
        self.watch_alerts(reconcile_seconds=3600)
        self.wait_for_metric("alertmanager_reads_total", 1, result="ok")
        self.fire()
        self.record("1", "mail1")
        self.record("1", "web1")
        self.wait_for_metric("alerts_pulled_total", 1)


class AlertsOfTheLeader(AlertScene):
    """This node does not lead: the cluster's action list-alerts says what fires."""

    def setUp(self):
        super().setUp()
        self.api = ClusterApi(self.folder).start_serving()
        self.addCleanup(self.api.stop)
        self.api.alertmanager_port = self.alertmanager.port
        self.cluster.redis.hset("node/1/vpn", "ip_address", self.api.address)

    def watch_leader(self):
        """Whoever listens on this node's own port is not asked."""
        return self.watch_alerts(address="127.0.0.1:1",
                                 repo_check={"mode": "off", "credentials_file": str(self.api.credentials)})

    def test_a_plan_whose_every_module_was_given_up_is_reported(self):
        self.fire()
        self.watch_leader()
        (mail,) = self.mails(1, patience=40)
        self.assertIn("Nightly", mail["Subject"])
        self.assertNotIn("✅", mail["Subject"])
        self.assertIn("mail1", text_of(mail))
        self.assertEqual([{"action": "list-alerts", "data": {}, "parent": "", "extra": {"isNotificationHidden": True}}],
                         self.api.submitted)
        self.assertIsNone(self.witness()["trouble"])
        self.assertTrue(self.witness()["answered_at"])
        # What was posted, too, is the same alert.
        (alert,) = firing(self.alertmanager.port)
        self.daemon.alert({"status": "firing", "labels": alert["labels"], "startsAt": alert["startsAt"]})
        self.assert_only(1)

    def test_a_leader_that_cannot_ask_its_alertmanager_is_no_answer(self):
        """Its task succeeds with an empty list all the same."""
        self.api.alertmanager_port = 1
        self.watch_leader()
        self.wait_for_metric("alertmanager_reads_total", 1, result="failed")
        self.assertEqual("unavailable", self.witness()["trouble"])
        self.assertIsNone(self.witness()["answered_at"])
        self.assertIn("alerts are not read: the leader has no answer of Alertmanager: cluster.fetch_alerts()",
                      self.daemon.log())
        self.daemon.wait_for_looks()
        self.assertEqual(1, len(self.api.submitted))  # not again before ten minutes are over

    def test_a_login_that_is_refused_is_told(self):
        self.api.write_credentials("not " + PASSWORD)
        self.watch_leader()
        self.wait_for_metric("alertmanager_reads_total", 1, result="failed")
        self.assertEqual("denied", self.witness()["trouble"])
        self.assertNotIn(PASSWORD, self.daemon.log())
