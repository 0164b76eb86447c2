"""How reports hang together: failures in a row, recoveries, corrections, languages, who wants what."""

import time

from scene import Scene, days_ago, html_of, text_of

TWO_MODULES = {"1": ("Nightly", ["mail1", "samba1"])}


class Episodes(Scene):
    def nights(self, *errors):
        """One run a night; waits for a mail after each."""
        for count, error in enumerate(errors, 1):
            self.record("1", "mail1", errors=error, start=days_ago(len(errors) - count) - 600)
            self.mails(count)
        return self.relay.mails()

    def test_the_third_failure_in_a_row_says_so_and_the_recovery_says_after_how_many(self):
        self.watch()
        first, second, third, recovery = self.nights(1, 1, 1, 0)
        self.assertNotIn("in a row", first["Subject"])
        self.assertIn("2nd time in a row", second["Subject"])
        self.assertIn("3rd time in a row", third["Subject"])
        self.assertIn("✅ Backup completed", recovery["Subject"])
        self.assertIn("fixed after 3 failed runs", recovery["Subject"])

    def test_one_episode_is_one_thread_and_the_next_failure_begins_another(self):
        self.watch()
        first, second, recovery, later = self.nights(1, 1, 0, 1)
        self.assertIn(first["Message-ID"], second["References"])
        self.assertIn(first["Message-ID"], recovery["References"])
        self.assertNotIn(first["Message-ID"], later["References"] or "")


class Corrections(Scene):
    def test_a_late_record_leads_to_one_update_in_the_thread_of_what_it_corrects(self):
        for module in TWO_MODULES["1"][1]:
            self.cluster.write_record("1", module, start=days_ago(1), duration=1)
        self.watch(TWO_MODULES, quiet_seconds=1)
        begin = int(time.time()) - 1
        self.record("1", "mail1", start=begin, duration=1)
        (first,) = self.mails(1)
        self.assertIn("⏳ Backup not finished", first["Subject"])
        self.assertNotIn("not saved", text_of(first).lower())
        self.record("1", "samba1", start=begin + 1, duration=1)  # it ran in time, its record is late
        _, update = self.mails(2)
        self.assertIn("✅ Backup completed", update["Subject"])
        self.assertIn("corrected", update["Subject"])
        self.assertIn(first["Message-ID"], update["References"])
        self.assert_only(2)


class Wishes(Scene):
    def test_italian_mails_are_italian(self):
        self.watch(sections={"mail": {"language": "it"}})
        self.record("1", "mail1", errors=1)
        (mail,) = self.mails(1)
        self.assertIn('lang="it"', html_of(mail))
        self.assertIn("cluster example", mail["Subject"])
        self.assertNotIn("Backup failed", mail["Subject"])
        self.assertNotIn("What to do next", text_of(mail))

    def test_with_problems_only_a_good_run_is_kept_quiet_and_counted(self):
        daemon = self.watch(sections={"mail": {"notify_on": "problems"}})
        self.record("1", "mail1", start=days_ago(2))
        self.wait_for_metric("reports_kept_quiet_total", 1)
        self.record("1", "mail1", errors=1, start=days_ago(1))
        (mail,) = self.mails(1)
        self.assertIn("❌ Backup failed", mail["Subject"])
        self.record("1", "mail1")
        self.wait_for_metric("reports_kept_quiet_total", 2)
        self.assert_only(1)
        self.assertEqual(3, len(daemon.get_json("/api/runs")["runs"]))

    def test_with_recoveries_the_first_good_run_after_a_bad_one_is_told_and_no_other(self):
        self.watch(sections={"mail": {"notify_on": "problems_and_recoveries"}})
        self.record("1", "mail1", errors=1, start=days_ago(3))
        self.mails(1)
        self.record("1", "mail1", start=days_ago(2))
        self.mails(2)
        self.record("1", "mail1", start=days_ago(1))
        self.wait_for_metric("reports_kept_quiet_total", 1)
        self.assert_only(2)

    def test_the_size_and_its_change_are_told_of_good_records_only(self):
        self.watch()
        self.record("1", "mail1", start=days_ago(2), size=4_000_000_000)
        self.mails(1)
        self.record("1", "mail1", start=days_ago(1), size=5_000_000_000)
        text = text_of(self.mails(2)[-1])
        self.assertIn("+25", text)
        self.record("1", "mail1", errors=1, size=5_000_000_000)
        text = text_of(self.mails(3)[-1])
        self.assertNotIn("5.0 GB", text)
        self.assertIn("Last good backup", text)
