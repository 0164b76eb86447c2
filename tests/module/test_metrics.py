"""publish-metrics and destroy-module: what NS8's Prometheus and Grafana are told, with the rights of a module."""

import json
import threading
import unittest

from module_scene import ModuleScene
import yaml

TARGETS, DASHBOARDS = "module/backup-monitor1/metrics_targets", "module/backup-monitor1/metrics_dashboards"


class Metrics(ModuleScene):
    def setUp(self):
        super().setUp()
        # As cluster/actions/add-module of ns8-core 4f41b359 gives them to a module.
        self.redis.execute_command(
            "ACL", "SETUSER", "module/backup-monitor1", "reset", "on", ">pass", "%R~cluster/*", "%R~node/*",
            "%R~module/*", "~module/backup-monitor1/*", "&module/backup-monitor1/event/*", "+@all", "-@admin")
        self.module.environment.update(REDIS_USER="module/backup-monitor1", REDIS_PASSWORD="pass")
        self.turn(BACKUP_MONITOR_MAIL="on")
        self.heard = self.redis.pubsub()
        self.addCleanup(self.heard.close)
        self.heard.psubscribe("*")
        self.heard.get_message(timeout=5)

    def turn(self, **variables):
        self.module.write_state(**{**self.module.read_state(), **variables})

    def publish(self, *arguments):
        done = self.assert_ran(self.run_program("bin/publish-metrics", *arguments))
        self.assertEqual("", done.stdout)
        return done.stderr

    def events(self):
        """Channels on which something was published since the last call."""
        self.redis.publish("end", "")
        found = []
        while (message := self.heard.get_message(timeout=5))["channel"] != "end":
            found.append(message["channel"])
        return found

    def target(self):
        text = self.redis.hget(TARGETS, "backup-monitor")
        return None if text is None else yaml.safe_load(text)

    def test_on_the_leader_it_is_loopback_with_labels(self):
        self.assertEqual("", self.publish())
        self.assertEqual([{"targets": [f"127.0.0.1:{self.module.port}"],
                           "labels": {"module_id": "backup-monitor1", "node": "1"}}], self.target())
        self.assertEqual(["module/backup-monitor1/event/metrics-target-changed",
                          "module/backup-monitor1/event/metrics-dashboard-changed"], self.events())

    def test_the_dashboard_goes_with_it_and_has_a_uid_and_panels(self):
        self.publish()
        dashboard = json.loads(self.redis.hget(DASHBOARDS, "backup-monitor"))
        self.assertTrue(dashboard["panels"])
        self.assertEqual(("ns8-backup-monitor1", "Backup monitor (backup-monitor1)"),
                         (dashboard["uid"], dashboard["title"]))  # two of the same would stop Grafana's provisioning

    def test_it_waits_for_the_switch_to_the_new_leader(self):
        self.publish()
        switch = threading.Timer(1, self.redis.hset, ("cluster/environment", "NODE_ID", "2"))
        switch.start()
        self.addCleanup(switch.join)
        self.publish("--when-leader-is", "2")
        self.assertIsNone(self.target())

    def test_elsewhere_loopback_cannot_be_reached_and_nothing_is_published(self):
        self.turn(NODE_ID="2")
        self.publish()
        self.assertIsNone(self.target())
        self.assertFalse(self.redis.exists(DASHBOARDS))

    def test_elsewhere_it_is_the_vpn_address(self):
        self.turn(NODE_ID="2", BACKUP_MONITOR_LISTEN="10.5.4.2")
        self.publish()
        self.assertEqual([f"10.5.4.2:{self.module.port}"], self.target()[0]["targets"])

    def test_what_has_not_changed_is_not_announced_again(self):
        self.publish()
        self.events()
        self.publish()
        self.assertEqual([], self.events())

    def test_a_change_of_the_leader_withdraws_it_or_brings_it_back(self):
        self.publish()
        self.redis.hset("cluster/environment", "NODE_ID", "2")
        self.publish()
        self.assertEqual((None, 0), (self.target(), self.redis.exists(DASHBOARDS)))
        self.redis.hset("cluster/environment", "NODE_ID", "1")
        self.publish()
        self.assertIsNotNone(self.target())

    def test_before_the_first_configuration_nothing_is_published(self):
        self.module.write_state(**{name: value for name, value in self.module.read_state().items()
                                   if name != "BACKUP_MONITOR_MAIL"})
        self.publish()
        self.assertEqual((None, []), (self.target(), self.events()))

    def test_a_copy_that_holds_its_mail_is_measured_too(self):
        self.turn(BACKUP_MONITOR_MAIL="held")
        self.publish()
        self.assertIsNotNone(self.target())

    def test_destroy_module_withdraws_both(self):
        self.publish()
        self.events()
        self.assert_ran(self.run_program("actions/destroy-module/20destroy"))
        self.assertEqual((None, 0), (self.target(), self.redis.exists(DASHBOARDS)))
        self.assertEqual(2, len(self.events()))

    def test_a_leader_that_is_away_is_a_warning_and_no_failure(self):
        self.module.environment["REDIS_ADDRESS"] = "127.0.0.1:1"
        self.assertRegex(self.publish(), r"\A<4>the metrics were not published: .+\n\Z")
        self.assertRegex(self.publish("--withdraw"), r"\A<4>the metrics were not published: ")

    def test_a_redis_that_refuses_the_password_is_a_warning_without_it(self):
        self.module.environment["REDIS_PASSWORD"] = "shoe43"
        said = self.publish()
        self.assertIn("the metrics were not published", said)
        self.assertNotIn("shoe43", said)

    def test_it_is_the_leader_that_is_written_and_not_the_replica(self):
        self.module.environment["REDIS_REPLICA_ADDRESS"] = "127.0.0.1:1"
        self.publish()
        self.assertIsNotNone(self.target())


if __name__ == "__main__":
    unittest.main()
