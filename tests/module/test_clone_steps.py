"""clone-module: a token, a port and an address of its own; beside its source it is quiet."""

import unittest

from module_scene import DAEMON_IMAGE, ModuleScene
import yaml

ACTION = "actions/clone-module"


class Cloned(ModuleScene):
    """The state of backup-monitor1 with another port is what base step 10recvstate leaves of a clone."""

    def prepare(self):
        self.create()
        self.configure(language="it")

    def setUp(self):
        super().setUp()
        self.module.write_state(**{**self.module.read_state(), "TCP_PORT": "20777"})
        self.token = self.module.read("daemon/webhook-token")
        (self.module.volume / "backup-monitor.db").write_text("store")

    def clone(self, replace):
        for step in ("50renew_identity", "55adopt_store", "95publish_metrics"):
            self.assert_ran(self.run_program(f"{ACTION}/{step}", given={"replace": replace, "port": 1}))

    def config(self):
        return yaml.safe_load(self.module.read("daemon/config.yml"))

    def adoptions(self):
        return [said for said in self.module.said_to("podman") if "adopt-store" in said]

    def test_it_has_a_token_of_its_own_for_the_owner_alone(self):
        self.clone(replace=False)
        token = self.module.read("daemon/webhook-token")
        self.assertNotEqual(self.token, token)
        self.assertEqual(f"Authorization: Bearer {token}", self.module.read("webhook.header"))
        self.assertEqual((0o600, 0o600), (self.module.mode("daemon/webhook-token"),
                                          self.module.mode("webhook.header")))

    def test_it_listens_on_its_own_port(self):
        self.clone(replace=True)
        self.assertEqual(20777, self.config()["receiver"]["port"])
        self.assertEqual("it", self.config()["mail"]["language"])

    def test_beside_its_source_it_holds_its_mail_and_leaves_the_source_s_mail_to_it(self):
        self.clone(replace=False)
        self.assertEqual((True, "held"), (self.config()["mail"]["hold"],
                                          self.module.read_state()["BACKUP_MONITOR_MAIL"]))
        (said,) = self.adoptions()
        self.assertTrue(said.endswith(f"{DAEMON_IMAGE} adopt-store --config /etc/backup-monitor/config.yml"), said)

    def test_in_its_source_s_place_it_goes_on_where_that_stopped(self):
        self.clone(replace=True)
        self.assertEqual((False, "on"), (self.config()["mail"]["hold"],
                                         self.module.read_state()["BACKUP_MONITOR_MAIL"]))
        self.assertEqual([], self.adoptions())

    def test_a_store_that_is_refused_is_set_aside_with_its_log(self):
        (self.module.volume / "backup-monitor.db-wal").write_text("log")
        self.module.answer("podman run", 65)
        self.clone(replace=False)
        self.assertEqual(["backup-monitor.db.refused", "backup-monitor.db.refused-wal"],
                         sorted(path.name for path in self.module.volume.iterdir()))

    def test_in_its_source_s_place_it_is_quiet_where_a_third_one_sends(self):
        self.redis.hset("cluster/module_node", "backup-monitor7", "1")
        self.redis.hset("module/backup-monitor7/environment", mapping={
            "IMAGE_URL": "ghcr.io/nethserver/backup-monitor:1.0.0", "MODULE_UUID": "another",
            "BACKUP_MONITOR_MAIL": "on"})
        self.clone(replace=True)
        self.assertTrue(self.config()["mail"]["hold"])

    def test_the_copy_of_a_backup_that_was_under_way_does_not_stay(self):
        (self.module.state / "store-copy").mkdir()
        self.clone(replace=True)
        self.assertFalse(self.module.exists("store-copy"))

    def test_the_steps_leave_the_start_to_the_base_step(self):
        before = len(self.module.said_to("systemctl"))
        self.clone(replace=False)
        self.assertEqual(before, len(self.module.said_to("systemctl")))

    def test_its_metrics_are_published_at_its_own_port(self):
        self.clone(replace=False)
        (target,) = yaml.safe_load(self.redis.hget("module/backup-monitor1/metrics_targets", "backup-monitor"))
        self.assertEqual(["127.0.0.1:20777"], target["targets"])


class ClonedUnconfigured(ModuleScene):
    def prepare(self):
        self.create()

    def test_a_clone_of_one_that_was_never_configured_is_not_either(self):
        token = self.module.read("daemon/webhook-token")
        for step in ("50renew_identity", "55adopt_store", "95publish_metrics"):
            self.assert_ran(self.run_program(f"{ACTION}/{step}", given={"replace": False}))
        self.assertNotEqual(token, self.module.read("daemon/webhook-token"))
        self.assertFalse(self.module.exists("daemon/config.yml"))
        self.assertNotIn("BACKUP_MONITOR_MAIL", self.module.read_state())
        self.assertEqual([], self.module.said_to("podman"))
        self.assertFalse(self.redis.exists("module/backup-monitor1/metrics_targets"))


if __name__ == "__main__":
    unittest.main()
