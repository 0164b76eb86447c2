"""get-configuration, reveal-webhook-token and get-facts: what is told, whoever answers, and no secret."""

import fnmatch
import json
import unittest

from http_peer import HttpPeer
from module_scene import IMAGE, IMAGEROOT, MINIMAL, ModuleScene
import backup_monitor

ASKING = (("list-reports", {}), ("report-now", {}), ("get-message", {"message": 1}), ("send-again", {"message": 1}),
          ("list-results", {}), ("get-report", {"run": 1}), ("send-test-mail", {}))
READERS_MAY = ("get-*", "list-*", "show-*", "read-*")  # ns8-core 4f41b359, the role reader


class Told(ModuleScene):
    def prepare(self):
        self.create()
        self.configure(language="it")
        self.redis.hset("cluster/smarthost", mapping={
            "host": "relay.example.org", "port": "25", "username": "u", "password": "shoe43", "enabled": "1",
            "encrypt_smtp": "none", "tls_verify": "1"})

    def told(self, **answers):
        self.module.answer("systemctl is-active", **answers)
        return self.run_action("get-configuration").value

    def test_the_settings_are_those_of_configure_module(self):
        told = self.told()
        expected = {**backup_monitor.default_settings("node.example.org"), **MINIMAL, "language": "it"}
        self.assertEqual(expected, {name: told[name] for name in backup_monitor.DEFAULTS})

    def test_they_can_be_given_to_configure_module_again(self):
        told = self.told()
        self.configure(**{name: told[name] for name in backup_monitor.DEFAULTS})
        self.assertEqual(told, self.told())

    def test_what_the_page_shows(self):
        told = self.told()
        self.assertEqual(("on", True, f"http://127.0.0.1:{self.module.port}/alert",
                          f"127.0.0.1:{self.module.port}", []),
                         (told["mail"], told["smarthost_enabled"], told["webhook_url"], told["metrics_target"],
                          told["other_instances"]))
        self.assertIn(told["webhook_url"], told["alertmanager_receiver"])

    def test_elsewhere_than_on_the_leader_there_is_no_metrics_target(self):
        self.redis.hset("cluster/environment", "NODE_ID", "2")
        self.assertIsNone(self.told()["metrics_target"])

    def test_another_instance_that_sends_mail_is_named(self):
        self.redis.hset("cluster/module_node", "backup-monitor2", 2)
        self.redis.hset("module/backup-monitor2/environment",
                        mapping={"IMAGE_URL": IMAGE, "BACKUP_MONITOR_MAIL": "on"})
        self.assertEqual(["backup-monitor2"], self.told()["other_instances"])

    def test_a_relay_that_is_off_or_missing_is_told(self):
        self.redis.hset("cluster/smarthost", "enabled", "0")
        self.assertFalse(self.told()["smarthost_enabled"])
        self.redis.delete("cluster/smarthost")
        self.assertFalse(self.told()["smarthost_enabled"])

    def test_a_daemon_that_is_off_leaves_its_status_empty(self):
        self.assertEqual({"active": False, "status": None}, self.told(code=3)["service"])

    def test_a_stranger_on_its_port_is_not_believed(self):
        for status, body in ((500, b"[]"), (200, b"<html>"), (404, b""), (200, b"\xff\xfe"), (401, b'{"error": 1}')):
            with self.subTest(status, body=body):
                peer = HttpPeer(self.module.port, status=status, body=body)
                try:
                    self.assertEqual({"active": True, "status": None}, self.told(code=0)["service"])
                    self.assertEqual({"configured": True, "active": True, "answers": False},
                                     self.run_action("get-overview").value["service"])
                    for action, request in ASKING[:4]:
                        result = self.module.run(action, request)
                        self.assertEqual(("aborted", 3, ""), (result.status, result.exit_code, result.output))
                        self.assertNotIn("Traceback", result.error)
                finally:
                    peer.stop()

    def test_what_cannot_be_one_of_our_mails_is_not_given_as_one(self):
        peer = HttpPeer(self.module.port, status=200, body='{"subject": "é"}'.encode())
        self.addCleanup(peer.stop)
        result = self.module.run("get-message", {"message": 1})
        self.assertEqual(("aborted", 3, ""), (result.status, result.exit_code, result.output))
        self.assertRegex(result.error, r"\AGET /api/messages/1\.eml: this is no mail of the service ")

    def test_no_secret_is_told(self):
        token = self.module.read("daemon/webhook-token").strip()
        for action in ("get-configuration", "get-overview", "get-facts"):
            result = self.run_action(action)
            for secret in (token, "shoe43", "nopass"):
                self.assertNotIn(secret, result.output + result.error)

    def test_an_action_without_daemon_says_what_to_do(self):
        for action, request in ASKING:
            with self.subTest(action):
                result = self.module.run(action, request)
                self.assertEqual(("aborted", 3, ""), (result.status, result.exit_code, result.output))
                self.assertIn("systemctl --user status backup-monitor.service", result.error)
                self.assertNotIn("Traceback", result.error)

    def test_the_overview_without_daemon_has_the_relay_and_nothing_invented(self):
        self.module.answer("systemctl is-active", 3)
        told = self.run_action("get-overview").value
        self.assertEqual({"held": None, "waiting": None, "failed": None, "refused": None, "refusal": "", "error": "",
                          "relay": "relay.example.org:25", "relay_enabled": True}, told.pop("mail"))
        self.assertEqual({"configured": True, "active": False, "answers": False}, told.pop("service"))
        self.assertEqual({None}, set(told.values()))

    def test_the_overview_says_where_there_is_no_relay(self):
        self.redis.hset("cluster/smarthost", "enabled", "0")
        self.assertEqual(("relay.example.org:25", False), self.relay())
        self.redis.delete("cluster/smarthost")
        self.assertEqual(("", False), self.relay())

    def relay(self):
        mail = self.run_action("get-overview").value["mail"]
        return mail["relay"], mail["relay_enabled"]

    def test_facts_of_one_that_is_off_are_zeros(self):
        facts = self.run_action("get-facts").value
        self.assertEqual((1, 0, 0), tuple(facts[f"backup_monitor_{name}"] for name in
                                          ("configured", "running", "plans")))

    def test_the_token_is_revealed_whole_and_alone(self):
        self.assertEqual({"webhook_token": self.module.read("daemon/webhook-token").strip()},
                         self.run_action("reveal-webhook-token").value)

    def test_no_reader_of_the_cluster_may_ask_for_the_token_or_change_anything(self):
        allowed = {path.name for path in (IMAGEROOT / "actions").iterdir()
                   if any(fnmatch.fnmatch(path.name, pattern) for pattern in READERS_MAY)}
        self.assertEqual({"get-configuration", "get-facts", "get-message", "get-overview", "get-report", "list-reports",
                          "list-results"}, allowed)


class ToldUnconfigured(ModuleScene):
    def prepare(self):
        self.create()

    def test_before_the_first_configuration_all_is_off(self):
        self.module.answer("systemctl is-active", 4)
        told = self.run_action("get-configuration").value
        self.assertEqual(("off", [], None, {"active": False, "status": None}),
                         (told["mail"], told["recipients"], told["metrics_target"], told["service"]))
        self.assertEqual(0, self.run_action("get-facts").value["backup_monitor_configured"])
        self.assertEqual({"configured": False, "active": False, "answers": False},
                         self.run_action("get-overview").value["service"])

    def test_before_the_first_configuration_there_is_no_history(self):
        self.assertEqual({"runs": [], "next_before": None}, self.run_action("list-reports").value)
        self.assertEqual({"runs": [], "modules": [], "older_left_out": False}, self.run_action("list-results", {"plan": "1"}).value)

    def test_what_reads_changes_nothing(self):
        before = self.module.files(), json.dumps(self.module.read_state())
        for action in ("get-configuration", "get-overview", "get-facts", "reveal-webhook-token"):
            self.run_action(action)
        self.assertEqual(before, (self.module.files(), json.dumps(self.module.read_state())))


if __name__ == "__main__":
    unittest.main()
