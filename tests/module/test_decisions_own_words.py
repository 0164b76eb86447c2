"""Why the daemon ended, from what it said."""

import unittest

import module_scene  # pylint: disable=unused-import
import backup_monitor

STARTS = "2026-11-22T12:00:00+00:00 info backup-monitor 0.1.0 starts with /etc/backup-monitor/config.yml"
ERROR = "2026-11-22T12:00:01+01:00 error listen on 127.0.0.1:20001: Address already in use"


class OwnWords(unittest.TestCase):
    def test_the_errors_of_its_log_count_without_their_times(self):
        self.assertEqual("listen on 127.0.0.1:20001: Address already in use",
                         backup_monitor.own_words([STARTS, ERROR, STARTS.replace("info", "warning")]))

    def test_faults_of_the_configuration_are_lines_without_a_time(self):
        faults = ["config.yml:7: mail.to: no", "config.yml:9: mail.from: no"]
        self.assertEqual("\n".join(faults), backup_monitor.own_words(faults))

    def test_without_an_error_the_last_line_is_all_there_is(self):
        self.assertEqual(STARTS, backup_monitor.own_words(["2026-11-22T12:00:00+00:00 info before", STARTS]))

    def test_who_says_nothing_has_no_words(self):
        self.assertEqual("", backup_monitor.own_words([]))


if __name__ == "__main__":
    unittest.main()
