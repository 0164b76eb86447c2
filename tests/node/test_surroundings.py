"""The instance and what is around it: the VPN, the leader, the questions that people ask."""

import json

from monitor import MonitorScene, configuration, configure, look_again, wait_until_watching
from node import VPN_ADDRESS
from scene import node
from stage.processes import wait_for


class Surroundings(MonitorScene):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(node().furnish)
        cls.module = cls.add_watching()

    def targets(self):
        return node().redis.hget(f"module/{self.module.id}/metrics_targets", "backup-monitor")

    def post(self, url):
        """The status that an empty alert without the token gets; 000 where nobody listens."""
        return self.module.user.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-d", "{}",
                                    "-H", "Content-Type: application/json", url).stdout

    def test_1_a_report_on_request_is_mailed(self):
        self.back_up()
        self.mails(1)
        result = self.module.run("report-now", {"plan": "1"})
        self.assert_done(result)
        self.assertEqual("delivered", result.value["messages"][0]["deliveries"][0]["state"])
        self.assertIn("Nightly", self.mails(2)[1]["Subject"])

    def test_2_reports_are_listed_page_by_page(self):
        for _ in range(2):
            self.back_up(errors=1)
            look_again(self.module)
        everything = self.module.run("list-reports", {}).value["runs"]
        first = self.module.run("list-reports", {"limit": 2})
        self.assert_done(first)
        rest = self.module.run("list-reports", {"before": first.value["next_before"]})
        self.assertEqual(everything, first.value["runs"] + rest.value["runs"])
        good = self.module.run("list-reports", {"outcome": "SUCCESS"}).value["runs"]
        self.assertEqual({"SUCCESS"}, {run["outcome"] for run in good})
        self.assertLess(len(good), len(everything))

    def test_3_a_question_in_the_wrong_form_is_refused(self):
        for action, data in (("list-reports", {"outcome": "FINE"}), ("get-report", {"run": "one"}),
                             ("report-now", {"shoes": 1})):
            self.assertEqual("validation-failed", self.module.run(action, data).status, action)
        self.assertEqual("aborted", self.module.run("get-report", {"run": 999999}).status)

    def test_4_facts_are_counts_without_names(self):
        result = self.module.run("get-facts", {})
        self.assert_done(result)
        for name, value in result.value.items():
            self.assertTrue(name.startswith("backup_monitor_"), name)
            self.assertIsInstance(value, int, name)

    def test_5_on_the_vpn_every_alert_needs_the_token(self):
        self.assert_done(configure(self.module, alert_token_required=False))
        wait_until_watching(self.module)
        self.assertEqual("400", self.post(configuration(self.module)["webhook_url"]))
        self.assert_done(configure(self.module, alert_token_required=False, listen="vpn"))
        wait_until_watching(self.module)
        url = configuration(self.module)["webhook_url"]
        self.assertEqual(f"http://{VPN_ADDRESS}:{self.module.port}/alert", url)
        self.assertEqual("401", self.post(url))
        self.assertEqual("000", self.post(url.replace(VPN_ADDRESS, "127.0.0.1")))
        self.assertIn("credentials_file", configuration(self.module)["alertmanager_receiver"])
        self.assertIn(f"{VPN_ADDRESS}:{self.module.port}", self.targets())

    def test_6_events_reach_the_daemon_on_the_vpn_too(self):
        sent = len(self.relay.mails())
        self.back_up()
        self.mails(sent + 1)

    def test_7_without_a_vpn_address_it_cannot_listen_there(self):
        node().redis.hdel("node/1/vpn", "ip_address")
        self.addCleanup(node().redis.hset, "node/1/vpn", "ip_address", VPN_ADDRESS)
        result = configure(self.module, listen="vpn")
        self.assertEqual(("validation-failed", "node_has_no_vpn_address"),
                         (result.status, result.value[0]["error"]))

    def test_8_on_loopback_its_metrics_are_for_the_leader_only(self):
        self.assert_done(configure(self.module, listen="loopback"))
        self.assertIn(f"127.0.0.1:{self.module.port}", self.targets())
        (told,) = node().tell("leader-changed", {"node_id": 2, "endpoint": ""}).values()
        self.assertLess(told["seconds"], 2.5)
        node().redis.hset("cluster/environment", "NODE_ID", "2")  # the switch comes after the event
        wait_for(lambda: self.targets() is None, 20, "the withdrawal of the target")
        self.assertIsNone(configuration(self.module)["metrics_target"])
        node().tell("leader-changed", {"node_id": 1, "endpoint": ""})
        node().redis.hset("cluster/environment", "NODE_ID", "1")
        wait_for(self.targets, 20, "the target")

    def test_9_metrics_and_dashboard_are_what_prometheus_and_grafana_read(self):
        (entry,) = self.read_yaml(self.targets())
        self.assertEqual({"targets", "labels"}, set(entry))
        port = self.module.port
        answer = self.module.user.check("curl", "-s", f"http://127.0.0.1:{port}/metrics")
        self.assertIn("backup_monitor_cluster_reads_total", answer)
        dashboard = json.loads(node().redis.hget(f"module/{self.module.id}/metrics_dashboards", "backup-monitor"))
        self.assertTrue(dashboard["uid"])

    def read_yaml(self, text):
        return json.loads(self.module.command(
            "/usr/bin/python3", "-c", "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))",
            given=text))
