"""Which other instances send mail, and what a copy of an instance does."""

import unittest

import module_scene  # noqa: F401  pylint: disable=unused-import
import backup_monitor

URL = "ghcr.io/nethserver/backup-monitor:1.0.0"
OWN = {"backup-monitor1": {"IMAGE_URL": URL, "BACKUP_MONITOR_MAIL": "on"}}


def others(**environment):
    """The verdict on one other module with this environment."""
    return backup_monitor.other_instances({**OWN, "other1": environment}, "backup-monitor1")


class ImageName(unittest.TestCase):
    def test_it_is_the_last_part_without_tag_and_digest(self):
        for url, name in ((URL, "backup-monitor"), ("backup-monitor", "backup-monitor"), ("", ""),
                          ("localhost:5000/x/backup-monitor", "backup-monitor"),
                          ("ghcr.io/a/mail@sha256:0123", "mail"), ("ghcr.io/a/mail:1.0@sha256:0123", "mail")):
            with self.subTest(url):
                self.assertEqual(name, backup_monitor.image_name(url))


class OtherInstances(unittest.TestCase):
    def test_one_that_sends_mail_counts(self):
        self.assertEqual(["other1"], others(IMAGE_URL=URL, BACKUP_MONITOR_MAIL="on"))

    def test_one_of_another_version_or_registry_counts(self):
        self.assertEqual(["other1"], others(IMAGE_URL="localhost:5000/backup-monitor:dev",
                                            BACKUP_MONITOR_MAIL="on"))

    def test_one_that_holds_its_mail_or_was_never_configured_does_not(self):
        self.assertEqual([], others(IMAGE_URL=URL, BACKUP_MONITOR_MAIL="held"))
        self.assertEqual([], others(IMAGE_URL=URL))

    def test_another_module_does_not_whatever_is_in_its_environment(self):
        self.assertEqual([], others(IMAGE_URL="ghcr.io/nethserver/mail:1.0.0", BACKUP_MONITOR_MAIL="on"))
        self.assertEqual([], others(IMAGE_URL="ghcr.io/x/backup-monitor-daemon:1", BACKUP_MONITOR_MAIL="on"))
        self.assertEqual([], others())

    def test_the_instance_itself_does_not(self):
        self.assertEqual([], backup_monitor.other_instances(OWN, "backup-monitor1"))

    def test_an_instance_that_the_cluster_does_not_know_yet_sees_the_others(self):
        self.assertEqual(["backup-monitor1"], backup_monitor.other_instances(OWN, "backup-monitor2"))

    def test_they_are_refused_unless_forced(self):
        refused = backup_monitor.find_instance_errors({}, ["b2", "a1"])
        self.assertEqual([{"field": "force", "parameter": "force", "value": "a1 b2",
                           "error": "another_instance_is_enabled"}], refused)
        self.assertEqual(refused, backup_monitor.find_instance_errors({"force": False}, ["b2", "a1"]))
        self.assertEqual([], backup_monitor.find_instance_errors({"force": True}, ["b2", "a1"]))
        self.assertEqual([], backup_monitor.find_instance_errors({}, []))


class Copies(unittest.TestCase):
    def test_a_copy_beside_its_original_holds_its_mail(self):
        self.assertEqual("held", backup_monitor.mail_after_copy("on", True))
        self.assertEqual("held", backup_monitor.mail_after_copy("held", True))

    def test_a_copy_that_replaces_its_original_goes_on_as_that_did(self):
        self.assertEqual("on", backup_monitor.mail_after_copy("on", False))
        self.assertEqual("held", backup_monitor.mail_after_copy("held", False))

    def test_a_copy_of_one_that_was_never_configured_is_not_either(self):
        for original in (None, "", "off", "ON", "on "):
            for exists in (True, False):
                with self.subTest(original, exists=exists):
                    self.assertIsNone(backup_monitor.mail_after_copy(original, exists))


class Originals(unittest.TestCase):
    UUIDS = {"backup-monitor1": "u1", "backup-monitor2": "u2"}

    def lives(self, uuid="u1", own="backup-monitor2", **request):
        environment = {} if uuid is None else {"MODULE_UUID": uuid}
        return backup_monitor.original_exists({"environment": environment, **request}, self.UUIDS, own)

    def test_it_lives_if_another_module_has_its_uuid(self):
        self.assertTrue(self.lives())
        self.assertTrue(self.lives(replace=False))

    def test_it_is_gone_if_no_module_has_its_uuid(self):
        self.assertFalse(self.lives("u9"))
        self.assertFalse(self.lives(None))

    def test_the_copy_itself_is_not_its_original(self):
        self.assertFalse(self.lives("u2"))

    def test_it_goes_when_it_is_replaced(self):
        self.assertFalse(self.lives(replace=True))


if __name__ == "__main__":
    unittest.main()
