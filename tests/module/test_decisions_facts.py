"""Counts for NS8's inventory."""

import json
import unittest

import module_scene  # noqa: F401  pylint: disable=unused-import
import backup_monitor

SETTINGS = {**backup_monitor.default_settings("secret-host.example.org"), "recipients": ["a@b", "c@d"]}
STATUS = {"version": "1", "cluster": {"plans": 2, "modules": 7, "unprotected": ["mail1"]},
          "mail": {"waiting": 3, "failed": 4, "held": False}}


def facts(mail="on", status=STATUS):
    found = backup_monitor.facts(SETTINGS, mail, status)
    return {name.removeprefix("backup_monitor_"): value for name, value in found.items()}


class Facts(unittest.TestCase):
    def test_a_running_instance_tells_its_counts(self):
        self.assertEqual({"configured": 1, "mail_held": 0, "running": 1, "recipients": 2, "plans": 2,
                          "modules": 7, "messages_waiting": 3, "messages_failed": 4}, facts())

    def test_held_mail_is_told(self):
        self.assertEqual((1, 1), (facts("held")["configured"], facts("held")["mail_held"]))

    def test_a_daemon_that_is_away_leaves_zeros(self):
        self.assertEqual([1, 0, 0, 2, 0, 0, 0, 0], list(facts(status=None).values()))

    def test_an_instance_that_was_never_configured_says_so(self):
        self.assertEqual(0, facts(None, None)["configured"])

    def test_an_earlier_daemon_s_status_without_some_member_is_no_fault(self):
        self.assertEqual(0, facts(status={"cluster": {}})["messages_waiting"])

    def test_there_are_only_numbers_and_every_name_says_whose_it_is(self):
        found = backup_monitor.facts(SETTINGS, "on", STATUS)
        self.assertEqual({int}, {type(value) for value in found.values()})
        self.assertTrue(all(name.startswith("backup_monitor_") for name in found))
        for word in ("secret-host", "@", "mail1"):
            self.assertNotIn(word, json.dumps(found))


if __name__ == "__main__":
    unittest.main()
