"""What installations keep in Redis: two layouts of NS8 after an upgrade, a third, and remains."""

import time

from scene import DAY, THREE_MODULES, Scene, days_ago, now_rfc3339, text_of
from stage.daemon import failed_alert

TWO_MODULES = {"1": ("Nightly", ["mail1", "samba1"])}


class Layouts(Scene):
    def test_the_earlier_layout_is_read(self):
        daemon = self.watch()
        self.cluster.write_earlier_record("1", "mail1", errors=1)
        daemon.event()
        (mail,) = self.mails(1)
        self.assertIn("❌ Backup failed: Nightly", mail["Subject"])

    def test_after_an_upgrade_the_newer_of_two_records_counts(self):
        self.cluster.write_earlier_record("1", "mail1", errors=1, start=days_ago(2))
        self.cluster.write_record("1", "mail1", start=days_ago(1))
        self.watch()
        self.record("1", "mail1")
        (mail,) = self.mails(1)
        self.assertIn("✅ Backup completed: Nightly", mail["Subject"])
        self.assert_only(1)

    def test_a_removed_module_is_not_waited_for(self):
        self.cluster.furnish(THREE_MODULES)
        self.cluster.redis.hdel("cluster/module_node", "webtop1")
        self.serve()
        self.record("1", "mail1")
        self.record("1", "samba1")
        (mail,) = self.mails(1)
        self.assertIn("2 of 2 modules", mail["Subject"])
        self.assertNotIn("webtop1", text_of(mail))

    def test_a_module_that_moved_is_told_with_its_new_node_and_not_with_its_old_record(self):
        self.cluster.write_record("1", "mail1", node=1, errors=1, start=days_ago(1))
        self.watch(nodes={"mail1": 2})
        self.record("1", "mail1", node=2)
        (mail,) = self.mails(1)
        self.assertIn("✅ Backup completed", mail["Subject"])
        self.assertIn("node 2", text_of(mail))
        self.assertNotIn("node 1", text_of(mail))

    def test_a_status_that_is_not_json_is_named_and_the_others_are_told(self):
        daemon = self.watch(TWO_MODULES, quiet_seconds=1)
        self.cluster.redis.hset("node/1/backup_status/1", "samba1", "<not json>")
        self.record("1", "mail1", start=days_ago(2))
        (mail,) = self.mails(1)
        self.assertIn("1 of 2 modules", mail["Subject"])
        self.assertIn("plan 1, module samba1", text_of(mail))
        self.assertIn("samba1", " ".join(daemon.status()["cluster"]["complaints"]))

    def test_missing_sizes_are_no_sizes(self):
        daemon = self.watch()
        now = int(time.time())
        self.cluster.redis.hset("node/1/backup_status/1", "mail1",
                                f'{{"start":{now - 9},"end":{now - 3},"errors":0}}')
        daemon.event()
        (mail,) = self.mails(1)
        self.assertIn("✅ Backup completed", mail["Subject"])
        self.assertNotRegex(text_of(mail).partition("Written by")[0], r"\d [kMGT]?B\b")

    def test_the_compact_layout_is_told_without_an_alert_when_the_plan_has_a_new_time(self):
        def write(offset):
            for key in ("module/mail1/backup/1/status", "cluster/backup/1/status"):
                self.cluster.redis.hset(key, mapping={
                    "result": "success", "timestamp": now_rfc3339(offset), "errors": "0"})
        write(-DAY)
        daemon = self.watch()
        self.assert_only(0)
        write(0)
        daemon.event()
        (mail,) = self.mails(1)
        self.assertIn("✅ Backup completed: Nightly", mail["Subject"])
        self.assert_only(1)

    def test_the_compact_layout_is_told_after_its_alert(self):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        daemon = self.watch(TWO_MODULES)
        self.cluster.redis.hset("cluster/backup/1/status", mapping={
            "result": "error", "timestamp": stamp, "errors": "1"})
        self.cluster.redis.hset("module/mail1/backup/1/status", mapping={
            "result": "success", "timestamp": stamp})
        self.cluster.redis.hset("module/samba1/backup/1/status", mapping={
            "result": "error", "timestamp": stamp, "error": "repository is locked"})
        daemon.alert(failed_alert(name="Nightly", alertname="NethServerBackupFailed"))
        (mail,) = self.mails(1)
        self.assertIn("⚠️ Backup partially failed: Nightly", mail["Subject"])
        self.assertIn("repository is locked", text_of(mail))
        self.assert_only(1)
