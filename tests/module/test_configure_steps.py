"""configure-module, where all goes well: files, environment, service."""

import json
import unittest

from module_scene import DAEMON_IMAGE, MINIMAL, ModuleScene
import yaml

FULL = {"recipients": ["a@example.org", "b@example.org"], "sender": "s@example.org", "subject_prefix": "[x]",
        "language": "it", "notify_on": "problems", "wait_seconds": 0, "recent_window_seconds": 60,
        "alert_names": ["Mine", "è"], "log_level": "DEBUG", "repository_check": "off", "repository_check_timeout": 1,
        "alert_token_required": False, "read_cluster_log": False, "read_alerts": False, "read_nodes": False, "listen": "loopback", "grace_minutes": 5, "node_zones": ["2 UTC"],
        "recovery_targets": ["1 50"],
        "exemptions": ["web1 14030a59-a4e6-54cc-b8ea-cd5f97fe44c8 2027-01-31 test machine"], "force": False}
IN_USE = ["daemon/config.yml", "daemon/webhook-token", "settings.json", "webhook.header"]


class Scene(ModuleScene):
    def config(self):
        return yaml.safe_load(self.module.read("daemon/config.yml"))

    def settings(self):
        return json.loads(self.module.read("settings.json"))


class Configured(Scene):
    """What the first configuration leaves."""

    def prepare(self):
        self.create()
        type(self).before = self.module.read("daemon/webhook-token").strip()
        type(self).result = self.configure(**FULL)

    def test_every_field_is_kept_but_force(self):
        self.assertEqual({name: value for name, value in FULL.items() if name != "force"}, self.settings())

    def test_the_daemon_gets_this_instance_s_port_and_the_node_s_redis(self):
        self.assertEqual(("127.0.0.1", self.module.port),
                         (self.config()["receiver"]["host"], self.config()["receiver"]["port"]))
        self.assertEqual(f"127.0.0.1:{self.cluster.port}", self.config()["redis"]["address"])
        self.assertFalse(self.config()["mail"]["hold"])

    def test_the_daemon_gets_the_names_of_the_node(self):
        # The stand-in's `hostname -f`.
        self.assertEqual(["node.example.org", "node", "cluster-localnode", "cluster-leader"],
                         self.config()["receiver"]["host_names"])

    def test_the_new_file_is_checked_beside_the_old_one_in_a_container_without_rights(self):
        (said,) = self.module.said_to("podman")
        self.assertTrue(said.startswith("run --rm "), said)
        self.assertRegex(said, f"{DAEMON_IMAGE} check-config --config /etc/backup-monitor/config.yml[.][0-9a-f-]+$")
        for word in ("--network=none", "--read-only", "--cap-drop=all", "--security-opt=no-new-privileges",
                     "--volume=./daemon:/etc/backup-monitor:ro,z"):
            self.assertIn(word, said)
        self.assertIsNone(self.module.calls("podman")[0]["config"])

    def test_the_service_is_enabled_and_restarted_with_the_new_file_in_place(self):
        self.assertEqual(["stop", "reset-failed", "enable", "start"],
                         [call["arguments"][1] for call in self.module.calls("systemctl")])
        for call in self.module.calls("systemctl"):
            self.assertEqual(("--user", "backup-monitor.service"), (call["arguments"][0], call["arguments"][-1]))
            self.assertEqual(self.module.read("daemon/config.yml"), call["config"])

    def test_the_environment_tells_the_cluster_that_mail_is_on(self):
        told = {name: value for name, value in self.redis.hgetall("module/backup-monitor1/environment").items()
                if name.startswith("BACKUP_MONITOR_") and not name.endswith("_IMAGE")}
        self.assertEqual({"BACKUP_MONITOR_MAIL": "on", "BACKUP_MONITOR_LISTEN": "127.0.0.1"}, told)

    def test_nothing_is_left_beside_what_is_in_use(self):
        self.assertEqual(IN_USE, list(self.module.files()))

    def test_the_token_is_not_renewed_and_appears_nowhere(self):
        token = self.module.read("daemon/webhook-token").strip()
        self.assertEqual(self.before, token)
        for place in (self.result.output, self.result.error, self.module.read("daemon/config.yml"),
                      self.module.read("settings.json"), str(self.module.read_state())):
            self.assertNotIn(token, place)

    def test_it_has_no_output_and_leaves_no_line(self):
        self.assertEqual(("", ""), (self.result.output, self.result.error))


class Changed(Scene):
    """What another configuration changes."""

    def prepare(self):
        self.create()
        self.configure(**FULL)

    def test_what_is_not_given_stays(self):
        self.configure(sender="other@example.org")
        kept = {name: value for name, value in FULL.items() if name not in ("force", "sender", "recipients")}
        self.assertEqual({**kept, **MINIMAL, "sender": "other@example.org"}, self.settings())
        self.assertEqual(IN_USE, list(self.module.files()))

    def test_on_the_vpn_it_listens_on_the_node_s_address(self):
        self.redis.hset("node/1/vpn", "ip_address", "10.5.4.1")
        self.configure(listen="vpn")
        self.assertEqual("10.5.4.1", self.config()["receiver"]["host"])
        self.assertEqual("10.5.4.1", self.module.read_state()["BACKUP_MONITOR_LISTEN"])

    def test_no_text_of_the_user_gets_into_the_environment(self):
        self.configure(subject_prefix='$(id) "x" \'y\' =', recipients=["shoe@example.org"])
        for text in ("shoe", "$(id)"):
            self.assertNotIn(text, str(self.module.read_state()))

    def test_a_hostile_prefix_reaches_the_daemon_as_it_is(self):
        for prefix in ('yes: "no" # \\n', "  - *a", "{{x}}", "é🙂 \ufeff\xa0", "", "x" * 100):
            with self.subTest(prefix):
                for step in ("10validate_texts", "30write_candidate", "40check_candidate"):
                    self.assert_ran(self.run_program(f"actions/configure-module/{step}",
                                                     given={**MINIMAL, "subject_prefix": prefix}))
                config = yaml.safe_load(self.module.read("daemon/config.yml.new"))
                self.assertEqual(prefix, config["mail"]["subject_prefix"])
                self.assertEqual(prefix, json.loads(self.module.read("settings.json.new"))["subject_prefix"])

    def test_a_held_copy_sends_mail_from_now_on(self):
        self.module.write_state(**{**self.module.read_state(), "BACKUP_MONITOR_MAIL": "held"})
        self.configure()
        self.assertEqual("on", self.module.read_state()["BACKUP_MONITOR_MAIL"])
        self.assertFalse(self.config()["mail"]["hold"])

    def test_it_works_while_the_leader_is_away(self):
        self.module.environment["REDIS_ADDRESS"] = "127.0.0.1:1"
        said = ""
        for step in ("10validate_texts", "11validate_listen", "12validate_instances", "30write_candidate",
                     "40check_candidate", "50activate", "70publish_metrics"):
            said += self.assert_ran(self.run_program(f"actions/configure-module/{step}", given=MINIMAL)).stderr
        self.assertIn("the metrics were not published", said)
        self.assertEqual("on", self.module.read_state()["BACKUP_MONITOR_MAIL"])


if __name__ == "__main__":
    unittest.main()
