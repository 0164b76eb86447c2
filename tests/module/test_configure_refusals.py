"""configure-module, where the request is refused: a list of errors, and nothing changed."""

import unittest

from module_scene import IMAGE, MINIMAL, ModuleScene


class Refused(ModuleScene):
    def prepare(self):
        self.create()
        self.configure()

    def setUp(self):
        super().setUp()
        self.before = (self.module.files(), self.module.read_state(), len(self.module.calls("systemctl")))

    def refuse(self, *errors, **request):
        result = self.module.run("configure-module", {**MINIMAL, **request})
        self.assert_refused(result, *errors)
        self.assertEqual(self.before, (self.module.files(), self.module.read_state(),
                                       len(self.module.calls("systemctl"))))
        return result

    def test_what_is_no_address(self):
        self.refuse(("recipients.1", "recipient_is_no_address"), ("sender", "sender_is_no_address"),
                    recipients=["a@b", "root"], sender="monitor")

    def test_a_recipient_named_twice(self):
        self.refuse(("recipients.1", "recipient_is_repeated"), recipients=["a@b", "A@b"])

    def test_a_prefix_of_two_lines(self):
        for prefix in ("a\r\nBcc: x@example.org", "a\x85b", "a\u2028b", "\x00"):
            with self.subTest(prefix):
                self.refuse(("subject_prefix", "subject_prefix_is_not_one_line"), subject_prefix=prefix)

    def test_an_address_with_a_header_in_it(self):
        self.refuse(("recipients.0", "recipient_is_no_address"), recipients=["a@b\r\nBcc: x@example.org"])

    def test_all_faults_of_texts_are_told_at_once(self):
        result = self.refuse(("recipients.0", "recipient_is_no_address"), ("sender", "sender_is_no_address"),
                             ("subject_prefix", "subject_prefix_is_not_one_line"),
                             recipients=["xyz"], sender="xyz", subject_prefix="\n")
        self.assertEqual(2, result.exit_code)
        self.assertEqual({"field", "parameter", "value", "error"}, set(result.value[0]))

    def test_alert_names_that_the_daemon_would_refuse(self):
        self.refuse(("alert_names.1", "alert_name_is_repeated"), ("alert_names.2", "alert_name_is_not_one_line"),
                    alert_names=["Mine", "mINE", "a\nb"])

    def test_the_vpn_where_the_node_has_none(self):
        self.refuse(("listen", "node_has_no_vpn_address"), listen="vpn")

    def test_another_instance_that_sends_mail(self):
        self.add_other("on")
        result = self.refuse(("force", "another_instance_is_enabled"))
        self.assertEqual("backup-monitor2", result.value[0]["value"])

    def test_another_instance_that_holds_its_mail_is_no_reason(self):
        self.add_other("held")
        self.configure()

    def test_with_force_another_instance_is_no_reason(self):
        self.add_other("on")
        self.configure(force=True)

    def add_other(self, mail):
        self.redis.hset("cluster/module_node", "backup-monitor2", 2)
        self.redis.hset("module/backup-monitor2/environment",
                        mapping={"IMAGE_URL": IMAGE, "BACKUP_MONITOR_MAIL": mail})

    def test_what_the_schema_does_not_know_or_allow(self):
        for request, field, error in (
                ({"shoe_size": 43}, "(root)", "(root)_additional_property_not_allowed"),
                ({"wait_seconds": 3601}, "wait_seconds", "wait_seconds_number_lte"),
                ({"wait_seconds": -1}, "wait_seconds", "wait_seconds_number_gte"),
                ({"wait_seconds": "30"}, "wait_seconds", "wait_seconds_invalid_type"),
                ({"language": "xx"}, "language", "language_enum"),
                ({"recipients": []}, "recipients", "recipients_array_min_items"),
                ({"recipients": [f"r{n}@b" for n in range(101)]}, "recipients", "recipients_array_max_items"),
                ({"subject_prefix": "é" * 101}, "subject_prefix", "subject_prefix_string_lte"),
                ({"alert_names": []}, "alert_names", "alert_names_array_min_items"),
                ({"alert_names": [""]}, "alert_names.0", "alert_names_string_gte"),
                ({"alert_names": ["x" * 201]}, "alert_names.0", "alert_names_string_lte"),
                ({"sender": None}, "sender", "sender_invalid_type")):
            with self.subTest(error):
                self.refuse((field, error), **request)

    def test_a_request_without_recipients_or_sender(self):
        for missing in MINIMAL:
            request = {name: value for name, value in MINIMAL.items() if name != missing}
            self.assert_refused(self.module.run("configure-module", request), ("(root)", "(root)_required"))

    def test_a_redis_that_is_away_fails_the_task_and_changes_nothing(self):
        self.module.environment.update(REDIS_REPLICA_ADDRESS="127.0.0.1:1")
        result = self.module.run("configure-module", MINIMAL)
        self.assertEqual("aborted", result.status)
        self.assertEqual(self.before[0], self.module.files())


if __name__ == "__main__":
    unittest.main()
