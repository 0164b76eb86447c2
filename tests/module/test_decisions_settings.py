"""Settings: defaults, what an update adds, what a request changes."""

import unittest

import module_scene  # noqa: F401  pylint: disable=unused-import
import backup_monitor


class DefaultSettings(unittest.TestCase):
    def test_every_setting_has_a_value_and_nothing_else_is_there(self):
        self.assertEqual(set(backup_monitor.DEFAULTS), set(backup_monitor.default_settings("node.example.org")))

    def test_the_sender_belongs_to_the_node(self):
        self.assertEqual("ns8-backup-monitor@node.example.org",
                         backup_monitor.default_settings("node.example.org")["sender"])

    def test_the_sender_is_an_address_whatever_the_node_calls_itself(self):
        for name in ("", "localhost", "a b", "-node", "node.", "nöde.example.org", "node\n", "x" * 64,
                     ".".join(["x" * 63] * 4)[:253], ".".join(["x" * 63] * 4)):
            with self.subTest(name):
                sender = backup_monitor.default_settings(name)["sender"]
                self.assertTrue(backup_monitor.is_address(sender), sender)

    def test_one_instance_s_recipients_do_not_get_into_another_s(self):
        backup_monitor.default_settings("a.example")["recipients"].append("x@example.org")
        self.assertEqual([], backup_monitor.default_settings("b.example")["recipients"])

    def test_one_instance_s_alert_names_do_not_get_into_another_s(self):
        backup_monitor.default_settings("a.example")["alert_names"].append("Mine")
        self.assertNotIn("Mine", backup_monitor.default_settings("b.example")["alert_names"])


class CompletedSettings(unittest.TestCase):
    def test_nothing_stored_means_the_defaults(self):
        self.assertEqual(backup_monitor.default_settings("a.example"), backup_monitor.complete({}, "a.example"))

    def test_a_setting_that_an_earlier_version_did_not_know_gets_its_default(self):
        stored = {**backup_monitor.default_settings("a.example"), "wait_seconds": 7}
        del stored["repository_check"]
        self.assertEqual({**stored, "repository_check": "failed"}, backup_monitor.complete(stored, "a.example"))

    def test_a_setting_that_this_version_does_not_know_goes(self):
        self.assertNotIn("shoe_size", backup_monitor.complete({"shoe_size": 43}, "a.example"))

    def test_false_zero_and_empty_are_values_like_any_other(self):
        stored = {"alert_token_required": False, "wait_seconds": 0, "subject_prefix": "", "recipients": []}
        self.assertLessEqual(stored.items(), backup_monitor.complete(stored, "a.example").items())


class MergedSettings(unittest.TestCase):
    def setUp(self):
        self.settings = backup_monitor.default_settings("a.example")

    def test_what_the_request_does_not_name_stays(self):
        self.settings["language"] = "it"
        merged = backup_monitor.merge(self.settings, {"sender": "x@example.org"})
        self.assertEqual({**self.settings, "sender": "x@example.org"}, merged)

    def test_false_zero_and_empty_are_taken_from_the_request(self):
        request = {"alert_token_required": False, "wait_seconds": 0, "subject_prefix": ""}
        self.assertLessEqual(request.items(), backup_monitor.merge(self.settings, request).items())

    def test_what_is_no_setting_is_not_kept(self):
        self.assertEqual(self.settings, backup_monitor.merge(self.settings, {"force": True}))

    def test_the_settings_given_are_not_changed_themselves(self):
        before = dict(self.settings)
        backup_monitor.merge(self.settings, {"language": "it"})
        self.assertEqual(before, self.settings)


if __name__ == "__main__":
    unittest.main()
