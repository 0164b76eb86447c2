"""configure-module, where the daemon does not take the new configuration: the old one returns."""

import json
import unittest

from module_scene import MINIMAL, ModuleScene


class Reverted(ModuleScene):
    def prepare(self):
        self.create()

    def configure_in_vain(self, **request):
        result = self.module.run("configure-module", {**MINIMAL, **request})
        self.assertEqual(("aborted", 3, ""), (result.status, result.exit_code, result.output), result.error)
        return result.error

    def test_what_check_config_refuses_never_gets_into_place(self):
        self.configure()
        before = self.module.files()
        self.module.answer("podman run", 78, "config.yml:3: mail.to: no\n")
        said = self.configure_in_vain(language="it")
        self.assertTrue(said.startswith("config.yml:3: mail.to: no\n"), said)
        self.assertIn("nothing was changed", said)
        after = self.module.files()
        self.assertLessEqual(before.items(), after.items())
        self.assertEqual(1, len([call for call in self.module.said_to("systemctl") if " start " in call]))

    def test_the_real_check_config_is_what_decides(self):
        self.module.add("pypkg/backup_monitor.py", (self.module.install / "pypkg/backup_monitor.py").read_text()
                        .replace('"wait_seconds": settings["wait_seconds"]', '"wait_seconds": 3601'), 0o644)
        self.assertRegex(self.configure_in_vain(),
                         r"^config\.yml:\d+: correlator\.wait_seconds: 3601 is not between 0 and 3600\n")

    def test_a_service_that_does_not_get_ready_gets_its_old_configuration_back(self):
        self.configure(language="it")
        before, environment = self.module.files(), self.module.read_state()
        self.module.answer("systemctl start", 1, then=(0,))
        self.module.answer("journalctl", says="2026-11-22T12:00:00+00:00 info backup-monitor 0.1.0 starts\n"
                                              "2026-11-22T12:00:01+00:00 error listen on 127.0.0.1:20001: in use\n"
                                              "2026-11-22T12:00:01+00:00 info stopped\n")
        said = self.configure_in_vain(language="en").splitlines()
        self.assertEqual("listen on 127.0.0.1:20001: in use", said[0])
        self.assertEqual("The activation of the new configuration has failed: the service did not start. "
                         "The old configuration is in use again.", said[1])
        self.assertIn("  2026-11-22T12:00:01+00:00 info stopped", said)
        self.assertEqual((before, environment), (self.module.files(), self.module.read_state()))
        tried, again = [call["config"] for call in self.module.calls("systemctl")
                        if "start" in call["arguments"]][-2:]
        self.assertIn("language: en", tried)
        self.assertEqual(before["daemon/config.yml"].decode(), again)

    def test_where_the_old_one_does_not_start_either_that_is_said(self):
        self.configure(language="it")
        before = self.module.files()
        self.module.answer("systemctl start", 1)
        self.assertIn("The old configuration does not start either", self.configure_in_vain(language="en"))
        self.assertEqual(before, self.module.files())

    def test_a_service_that_cannot_be_enabled_is_not_started_with_the_new_one(self):
        self.configure(language="it")
        before = self.module.files()
        self.module.answer("systemctl enable", 1, then=(0,))
        self.configure_in_vain(language="en")
        self.assertEqual(before, self.module.files())
        self.assertIn("language: it", self.module.calls("systemctl")[-1]["config"])

    def test_a_first_configuration_that_fails_leaves_the_service_off(self):
        before, environment = self.module.files(), self.module.read_state()
        self.module.answer("systemctl start", 1)
        self.assertIn("The service is off, as it was", self.configure_in_vain())
        self.assertEqual((before, environment), (self.module.files(), self.module.read_state()))
        self.assertEqual("--user disable --now --quiet backup-monitor.service",
                         self.module.said_to("systemctl")[-1])

    def test_the_journal_is_asked_for_unit_and_container(self):
        self.module.answer("systemctl start", 1)
        self.configure_in_vain()
        container, unit = self.module.said_to("journalctl")
        for asked in (container, unit):
            self.assertRegex(asked, r"--since=@\d+\.\d+ --lines=20 CONTAINER_NAME=backup-monitor")
        self.assertNotIn("UNIT", container)
        self.assertIn("USER_UNIT=backup-monitor.service", unit)

    def test_what_the_daemon_says_of_its_configuration_comes_first_and_complete(self):
        self.module.answer("systemctl start", 1)
        self.module.answer("journalctl", says="config.yml:7: mail.to: no\nconfig.yml:9: mail.from: no\n")
        self.assertTrue(self.configure_in_vain().startswith(
            "config.yml:7: mail.to: no\nconfig.yml:9: mail.from: no\nThe activation "))

    def test_a_service_that_says_nothing_has_failed_all_the_same(self):
        self.module.answer("systemctl start", 1)
        self.assertEqual("The activation of the new configuration has failed: the service did not start. "
                         "The service is off, as it was.\n", self.configure_in_vain())

    def test_after_a_failure_a_good_configuration_is_taken(self):
        self.module.answer("systemctl start", 1)
        self.configure_in_vain()
        self.module.answer("systemctl start", 0)
        self.configure(language="it")
        self.assertEqual("it", json.loads(self.module.read("settings.json"))["language"])
        self.assertEqual("on", self.module.read_state()["BACKUP_MONITOR_MAIL"])

    def test_metrics_are_not_published_after_a_failure(self):
        self.module.answer("systemctl start", 1)
        self.configure_in_vain()
        self.assertFalse(self.redis.exists("module/backup-monitor1/metrics_targets"))


class Patience(ModuleScene):
    def test_a_command_that_takes_too_long_is_given_up(self):
        self.module.add_command("systemctl", "#!/bin/sh\nexec sleep 60\n")
        done = self.module.python("import backup_monitor_daemon as d\nprint(d.systemctl('restart', 'x', patience=0.1))")
        self.assertEqual("124\n", done.stdout, done.stderr)


if __name__ == "__main__":
    unittest.main()
