"""update-module.d: settings of an earlier version are completed, and a service that ran runs anew."""

import json
import unittest

from module_scene import IMAGEROOT, ModuleScene
import yaml

SCRIPTS = sorted(path.name for path in (IMAGEROOT / "update-module.d").iterdir())


class Updated(ModuleScene):
    def prepare(self):
        self.create()
        self.configure(language="it")

    def update(self):
        for script in SCRIPTS:
            self.assert_ran(self.run_program(f"update-module.d/{script}"))

    def age(self, **changed):
        """Settings as another version stored them."""
        settings = json.loads(self.module.read("settings.json"))
        del settings["repository_check"], settings["repository_check_timeout"]
        (self.module.state / "settings.json").write_text(json.dumps({**settings, "shoe_size": 43, **changed}))
        (self.module.state / "daemon/config.yml").write_text("of: old\n")

    def test_new_settings_get_their_default_old_ones_stay_and_unknown_ones_go(self):
        before = json.loads(self.module.read("settings.json"))
        self.age()
        self.update()
        self.assertEqual(before, json.loads(self.module.read("settings.json")))

    def test_the_configuration_is_written_anew(self):
        before = self.module.read("daemon/config.yml")
        self.age()
        self.update()
        self.assertEqual(before, self.module.read("daemon/config.yml"))

    def test_a_held_copy_stays_held(self):
        self.module.write_state(**{**self.module.read_state(), "BACKUP_MONITOR_MAIL": "held"})
        self.age()
        self.update()
        self.assertTrue(yaml.safe_load(self.module.read("daemon/config.yml"))["mail"]["hold"])
        self.assertEqual("held", self.module.read_state()["BACKUP_MONITOR_MAIL"])

    def test_the_token_stays(self):
        before = self.module.read("webhook.header"), self.module.read("daemon/webhook-token")
        self.update()
        self.assertEqual(before, (self.module.read("webhook.header"), self.module.read("daemon/webhook-token")))

    def test_a_service_that_runs_is_restarted_last_and_one_that_is_off_stays_off(self):
        before = len(self.module.calls("systemctl"))
        self.age()
        self.update()
        (call,) = self.module.calls("systemctl")[before:]
        self.assertEqual("--user try-restart backup-monitor.service", " ".join(call["arguments"]))
        self.assertIn("language: it", call["config"])
        self.assertEqual("80restart_services", SCRIPTS[-1])

    def test_the_metrics_are_published_again(self):
        self.redis.delete("module/backup-monitor1/metrics_targets")
        self.update()
        self.assertTrue(self.redis.exists("module/backup-monitor1/metrics_targets"))

    def test_settings_that_cannot_be_read_change_nothing(self):
        (self.module.state / "settings.json").write_text("{")
        before = self.module.files()
        self.assertNotEqual(0, self.run_program("update-module.d/20migrate").returncode)
        self.assertEqual(before, self.module.files())

    def test_a_node_without_redis_keeps_the_configuration_it_has(self):
        before = self.module.read("daemon/config.yml")
        self.module.environment["REDIS_REPLICA_ADDRESS"] = "127.0.0.1:1"
        self.assertNotEqual(0, self.run_program("update-module.d/20migrate").returncode)
        self.assertEqual(before, self.module.read("daemon/config.yml"))


class UpdatedUnconfigured(ModuleScene):
    def prepare(self):
        self.create()

    def test_one_that_was_never_configured_is_not_either_afterwards(self):
        for script in SCRIPTS:
            self.assert_ran(self.run_program(f"update-module.d/{script}"))
        self.assertFalse(self.module.exists("daemon/config.yml"))
        self.assertNotIn("BACKUP_MONITOR_MAIL", self.module.read_state())


if __name__ == "__main__":
    unittest.main()
