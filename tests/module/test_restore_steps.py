"""restore-module: the copy's settings for this instance's own port, its store, and when mail is held."""

import sqlite3
import unittest

from module_scene import DAEMON_IMAGE, ModuleScene
import yaml

ACTION = "actions/restore-module"
STEPS = ("06copyenv", "30write_configuration", "40adopt_store", "80start_services", "85publish_metrics")


def make_store(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path) as store:
        store.execute("CREATE TABLE shoe (size)")
        store.execute("INSERT INTO shoe VALUES (43)")
    store.close()


class Restored(ModuleScene):
    """backup-monitor1 was created anew; settings and the store's copy came from the backup of another."""

    def prepare(self):
        self.create()

    def setUp(self):
        super().setUp()
        settings = self.module.read("settings.json").replace('"recipients": []', '"recipients": ["a@example.org"]')
        (self.module.state / "settings.json").write_text(settings.replace('"language": "en"', '"language": "it"'))
        make_store(self.module.state / "store-copy/backup-monitor.db")

    def restore(self, mail="on", uuid="uuid-of-backup-monitor9", **request):
        environment = {"MODULE_ID": "backup-monitor9", "MODULE_UUID": uuid, "TCP_PORT": "29999", "NODE_ID": "7",
                       "IMAGE_URL": "old:1", "BACKUP_MONITOR_LISTEN": "10.5.4.9", "SHOE": "43"}
        if mail:
            environment["BACKUP_MONITOR_MAIL"] = mail
        given = {"repository": "r", "path": "p", "snapshot": "s", "environment": environment, **request}
        self.said = "".join(self.assert_ran(self.run_program(f"{ACTION}/{step}", given=given)).stderr
                            for step in STEPS)
        return self.module.read_state()

    def config(self):
        return yaml.safe_load(self.module.read("daemon/config.yml"))

    def test_of_the_original_s_environment_only_whether_mail_was_on_comes(self):
        before = self.module.read_state()
        self.assertEqual({**before, "BACKUP_MONITOR_MAIL": "on", "BACKUP_MONITOR_LISTEN": "127.0.0.1"},
                         self.restore())

    def test_the_configuration_is_the_restored_one_at_the_new_port(self):
        self.restore()
        self.assertEqual((["a@example.org"], "it", False, self.module.port),
                         (self.config()["mail"]["to"], self.config()["mail"]["language"],
                          self.config()["mail"]["hold"], self.config()["receiver"]["port"]))

    def test_beside_its_original_it_holds_its_mail(self):
        self.redis.hset("cluster/module_uuid", "backup-monitor9", "uuid-of-backup-monitor9")
        self.assertEqual("held", self.restore()["BACKUP_MONITOR_MAIL"])
        self.assertTrue(self.config()["mail"]["hold"])

    def test_in_its_original_s_place_it_does_not(self):
        self.redis.hset("cluster/module_uuid", "backup-monitor9", "uuid-of-backup-monitor9")
        self.assertEqual("on", self.restore(replace=True)["BACKUP_MONITOR_MAIL"])

    def test_the_backup_of_a_held_copy_holds_its_mail_too(self):
        self.assertEqual("held", self.restore("held")["BACKUP_MONITOR_MAIL"])

    def test_the_store_s_copy_is_put_into_the_volume_and_taken_over(self):
        (self.module.volume / "backup-monitor.db-wal").write_text("of a store that is gone")
        self.restore()
        store = self.module.volume / "backup-monitor.db"
        self.assertEqual([(43,)], list(sqlite3.connect(store).execute("SELECT size FROM shoe")))
        self.assertEqual(0o600, store.stat().st_mode & 0o777)
        self.assertEqual(["backup-monitor.db"], [path.name for path in self.module.volume.iterdir()])
        self.assertFalse(self.module.exists("store-copy"))
        (said,) = [said for said in self.module.said_to("podman") if said.startswith("run ")]
        self.assertIn("--volume=backup-monitor-data:/var/lib/backup-monitor:z", said)
        self.assertTrue(said.endswith(f"{DAEMON_IMAGE} adopt-store --config /etc/backup-monitor/config.yml"), said)

    def test_a_store_that_the_daemon_refuses_is_set_aside_and_the_restore_goes_on(self):
        self.module.answer("podman run", 65)
        self.restore()
        self.assertEqual(["backup-monitor.db.refused"], [path.name for path in self.module.volume.iterdir()])
        self.assertIn("cannot be read", self.said)
        self.assertIn("--user enable --now backup-monitor.service", self.module.said_to("systemctl"))

    def test_after_any_other_failure_nothing_is_thrown_away_and_the_restore_fails(self):
        for code in (69, 78, 125):
            with self.subTest(code):
                self.module.answer("podman run", code)
                with self.assertRaisesRegex(AssertionError, "was not taken over"):
                    self.restore()
                self.assertEqual(["backup-monitor.db"], [path.name for path in self.module.volume.iterdir()])
                self.assertTrue(self.module.exists("store-copy/backup-monitor.db"))

    def test_where_another_instance_sends_it_holds_its_mail(self):
        self.redis.hset("cluster/module_node", "backup-monitor7", "1")
        self.redis.hset("module/backup-monitor7/environment", mapping={
            "IMAGE_URL": "ghcr.io/nethserver/backup-monitor:1.0.0", "MODULE_UUID": "another",
            "BACKUP_MONITOR_MAIL": "on"})
        self.assertEqual("held", self.restore()["BACKUP_MONITOR_MAIL"])

    def test_a_backup_without_a_store_is_restored_without_one(self):
        (self.module.state / "store-copy/backup-monitor.db").unlink()
        self.restore()
        self.assertEqual([], list(self.module.volume.iterdir()))
        self.assertIn("--user enable --now backup-monitor.service", self.module.said_to("systemctl"))

    def test_one_that_was_never_configured_is_not_started(self):
        self.assertNotIn("BACKUP_MONITOR_MAIL", self.restore(mail=None))
        self.assertEqual([], self.module.said_to("systemctl"))
        self.assertFalse(self.module.exists("daemon/config.yml"))
        self.assertFalse(self.module.exists("store-copy"))

    def test_a_word_that_this_version_does_not_know_means_never_configured(self):
        self.assertNotIn("BACKUP_MONITOR_MAIL", self.restore("paused"))

    def test_on_a_node_without_vpn_it_falls_back_to_loopback(self):
        text = self.module.read("settings.json").replace('"listen": "loopback"', '"listen": "vpn"')
        (self.module.state / "settings.json").write_text(text)
        self.assertEqual("127.0.0.1", self.restore()["BACKUP_MONITOR_LISTEN"])
        self.assertEqual("127.0.0.1", self.config()["receiver"]["host"])

    def test_the_token_is_the_new_instance_s_own(self):
        token = self.module.read("daemon/webhook-token")
        self.restore()
        self.assertEqual(token, self.module.read("daemon/webhook-token"))

    def test_the_service_starts_before_anything_is_published(self):
        self.restore()
        self.assertEqual("--user enable --now backup-monitor.service", self.module.said_to("systemctl")[-1])
        self.assertTrue(self.redis.hexists("module/backup-monitor1/metrics_targets", "backup-monitor"))


if __name__ == "__main__":
    unittest.main()
