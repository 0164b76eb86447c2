"""Alerts repeat for as long as they fire, from every Alertmanager, and start anew after a restart."""

from scene import Scene, days_ago, now_rfc3339
from stage.alerting import Alertmanager
from stage.daemon import failed_alert

LABELS = {"alertname": "BackupFailed", "id": "1", "name": "Nightly", "node": "1"}


class Repeats(Scene):
    def alertmanager(self):
        return self.keep(Alertmanager(self.folder, self.daemon.port, repeat_interval="1s").start())

    def test_ten_deliveries_by_two_alertmanagers_and_a_new_start_make_one_report(self):
        self.watch()
        self.record("1", "mail1", errors=1)
        managers = [self.alertmanager(), self.alertmanager()]
        alert = {"labels": LABELS, "startsAt": now_rfc3339()}
        for manager in managers:
            manager.post(alert)
        self.wait_for_metric("triggers_total", 10, kind="alert", answer="accepted")
        managers[0].stop()
        managers[0].start()
        managers[0].post({**alert, "startsAt": now_rfc3339(-1)})
        accepted = self.daemon.metric("triggers_total", kind="alert", answer="accepted")
        self.wait_for_metric("triggers_total", accepted + 4, kind="alert", answer="accepted")
        self.assert_only(1)

    def test_the_same_alert_without_any_status_is_told_once_also_after_a_restart_of_the_daemon(self):
        daemon = self.watch(wait_seconds=0)
        for _ in range(5):
            daemon.alert(failed_alert(1, starts_at=now_rfc3339(-60)))
        self.mails(1)
        daemon.stop()
        daemon.start()
        for _ in range(5):
            daemon.alert(failed_alert(1, starts_at=now_rfc3339(-60)))
        self.assert_only(1)

    def test_the_next_nights_failure_is_told_although_no_new_alert_comes(self):
        daemon = self.watch()
        self.record("1", "mail1", errors=1, start=days_ago(1))
        daemon.alert(failed_alert(1))
        self.mails(1)
        self.record("1", "mail1", errors=1)
        _, second = self.mails(2)
        self.assertIn("2nd time in a row", second["Subject"])
        daemon.alert(failed_alert(1))
        self.assert_only(2)

    def test_last_nights_alert_repeating_into_tonights_clean_run_gives_no_early_notice(self):
        daemon = self.watch({"1": ("Nightly", ["mail1", "samba1"])}, early_notice_seconds=1)
        old = failed_alert(1, starts_at=now_rfc3339(-86_000))
        self.cluster.write_record("1", "mail1", errors=1, start=days_ago(1))
        self.cluster.write_record("1", "samba1", start=days_ago(1) + 100)
        daemon.alert(old)
        self.mails(1)
        self.record("1", "mail1")
        daemon.alert(old)
        self.assert_only(1)
        self.record("1", "samba1")
        _, recovery = self.mails(2)
        self.assertIn("✅ Backup completed", recovery["Subject"])
