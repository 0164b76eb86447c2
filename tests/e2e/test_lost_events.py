"""Events are hints. What no event told is found by the daemon's own looks."""

from scene import ONE_PLAN, THREE_MODULES, Scene


class LostEvents(Scene):
    def test_a_failed_run_of_which_nothing_told_is_reported_by_the_reconcile(self):
        self.watch(THREE_MODULES, reconcile_seconds=1)
        for module in THREE_MODULES["1"][1]:
            self.cluster.write_record("1", module, errors=1)
        (mail,) = self.mails(1)
        self.assertIn("❌ Backup failed: Nightly", mail["Subject"])
        self.assertIn("0 of 3 modules", mail["Subject"])

    def test_a_good_run_of_which_nothing_told_is_reported_too(self):
        self.watch(ONE_PLAN, reconcile_seconds=1)
        self.cluster.write_record("1", "mail1")
        (mail,) = self.mails(1)
        self.assertIn("✅ Backup completed: Nightly", mail["Subject"])

    def test_an_event_brings_the_report_without_waiting_for_the_reconcile(self):
        daemon = self.watch(ONE_PLAN, reconcile_seconds=3600)
        self.cluster.write_record("1", "mail1")
        self.assertEqual(202, daemon.event("1", "mail1")[0])
        self.mails(1, patience=10)

    def test_an_event_without_news_opens_no_run(self):
        daemon = self.watch()
        daemon.event("1", "mail1")
        self.assert_only(0)
        self.assertEqual([], daemon.get_json("/api/runs")["runs"])
