"""An alert arrives while the run goes on, or when it is over already."""

from scene import THREE_MODULES, Scene, days_ago, now_rfc3339, text_of
from stage.daemon import failed_alert


class MidRunAlert(Scene):
    def last_night(self, modules):
        for module in modules:
            self.cluster.write_record("1", module, start=days_ago(1))

    def test_last_nights_records_are_not_told_as_tonights(self):
        self.last_night(THREE_MODULES["1"][1])
        daemon = self.watch(THREE_MODULES)
        self.record("1", "mail1", errors=1)
        daemon.alert(failed_alert(1, starts_at=now_rfc3339()))
        self.assert_only(0)
        self.record("1", "samba1")
        self.record("1", "webtop1")
        (mail,) = self.mails(1)
        self.assertIn("⚠️ Backup partially failed: Nightly", mail["Subject"])
        self.assertIn("2 of 3 modules", mail["Subject"])

    def test_an_early_notice_comes_before_and_the_final_report_goes_into_its_thread(self):
        self.last_night(THREE_MODULES["1"][1])
        daemon = self.watch(THREE_MODULES, early_notice_seconds=2)
        self.record("1", "mail1", errors=1)
        daemon.alert(failed_alert(1, starts_at=now_rfc3339()))
        (early,) = self.mails(1)
        self.assertIn("⚠️ Backup running with errors", early["Subject"])
        self.assertIn("1 of 3 modules with errors so far", early["Subject"])
        self.assertIn("2 modules have no result yet", text_of(early))
        self.record("1", "samba1")
        self.record("1", "webtop1")
        _, final = self.mails(2)
        self.assertIn("⚠️ Backup partially failed", final["Subject"])
        self.assertIn(early["Message-ID"], final["References"])
        self.assert_only(2)

    def test_a_crash_after_the_early_notice_neither_repeats_it_nor_breaks_the_thread(self):
        daemon = self.watch(THREE_MODULES, early_notice_seconds=0)
        self.record("1", "mail1", errors=1)
        (early,) = self.mails(1)
        self.wait_until_recorded()
        daemon.kill()
        daemon.start()
        self.assert_only(1)
        self.record("1", "samba1")
        self.record("1", "webtop1")
        _, final = self.mails(2)
        self.assertIn(early["Message-ID"], final["References"])

    def test_an_alert_after_its_one_module_run_was_reported_adds_nothing(self):
        self.last_night(["mail1"])
        daemon = self.watch()
        self.record("1", "mail1", errors=1)
        self.mails(1)
        daemon.alert(failed_alert(1, starts_at=now_rfc3339()))
        self.wait_for_metric("alerts_total", 1, fate="explained")
        self.assert_only(1)

    def test_an_alert_without_a_start_after_its_run_was_reported_adds_nothing_either(self):
        daemon = self.watch()
        self.record("1", "mail1", errors=1)
        self.mails(1)
        daemon.alert(failed_alert(1, starts_at=None))
        self.wait_for_metric("alerts_total", 1, fate="explained")
        self.assert_only(1)

    def test_an_unexplained_alert_tells_of_the_run_that_history_holds(self):
        self.cluster.write_record("1", "mail1", errors=1, start=days_ago(0) - 600)
        daemon = self.watch()
        daemon.alert(failed_alert(1, starts_at=now_rfc3339(-500)))
        (mail,) = self.mails(1)
        self.assertIn("❌ Backup failed: Nightly", mail["Subject"])
        self.assertNotIn("no status", mail["Subject"])
