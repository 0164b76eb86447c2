"""create-module: settings and a token; nothing runs yet."""

import re
import unittest

from module_scene import ModuleScene


class Created(ModuleScene):
    def prepare(self):
        self.create()

    def test_the_token_is_for_the_owner_alone_and_both_files_hold_the_same(self):
        token = self.module.read("daemon/webhook-token")
        self.assertRegex(token, r"\A[A-Za-z0-9_-]{43}\n\Z")
        self.assertEqual(f"Authorization: Bearer {token}", self.module.read("webhook.header"))
        self.assertEqual((0o600, 0o600, 0o700), tuple(
            self.module.mode(path) for path in ("daemon/webhook-token", "webhook.header", "daemon")))

    def test_a_draft_that_a_power_cut_left_readable_does_not_make_the_token_readable(self):
        for path in ("daemon/webhook-token.draft", "webhook.header.draft"):
            (self.module.state / path).write_text("")
            (self.module.state / path).chmod(0o644)
        self.create()
        self.assertEqual((0o600, 0o600), (self.module.mode("daemon/webhook-token"),
                                          self.module.mode("webhook.header")))

    def test_each_instance_has_a_token_of_its_own(self):
        other = self.add_module("backup-monitor2")
        self.create(other)
        self.assertNotEqual(self.module.read("webhook.header"), other.read("webhook.header"))

    def test_the_token_is_in_no_environment(self):
        token = self.module.read("daemon/webhook-token").strip()
        self.assertNotIn(token, str(self.module.read_state()))
        self.assertNotIn(token, str(self.redis.hgetall("module/backup-monitor1/environment")))

    def test_nothing_was_started_and_nothing_says_that_it_is_configured(self):
        self.assertEqual(([], []), (self.module.said_to("systemctl"), self.module.said_to("podman")))
        self.assertFalse(self.module.exists("daemon/config.yml"))
        self.assertNotIn("BACKUP_MONITOR_MAIL", self.module.read_state())

    def test_the_sender_bears_the_node_s_name(self):
        self.assertIn('"sender": "ns8-backup-monitor@node.example.org"', self.module.read("settings.json"))

    def test_nothing_else_is_left(self):
        self.assertEqual(["daemon/webhook-token", "settings.json", "webhook.header"], list(self.module.files()))

    def test_it_says_nothing(self):
        result = self.create()
        self.assertEqual("", result.output)
        self.assertFalse(re.search("Traceback|Warning", result.error), result.error)


if __name__ == "__main__":
    unittest.main()
