"""What stands in one webhook body: several alerts, alerts of others, alerts that say little."""

import json

from scene import Scene, now_rfc3339, text_of
from stage.daemon import failed_alert

TWO_PLANS = {"1": ("Nightly", ["mail1"]), "2": ("Weekly", ["samba1"])}


class AlertGroups(Scene):
    def test_of_two_plans_in_a_group_each_gets_its_report_and_the_resolved_one_none(self):
        daemon = self.watch({**TWO_PLANS, "3": ("Monthly", ["webtop1"])})
        status, body = daemon.alert(failed_alert(1), failed_alert(2), failed_alert(3, status="resolved"))
        self.assertEqual(202, status)
        self.assertEqual({"accepted": 2, "resolved": 1, "foreign": 0}, json.loads(body))
        subjects = " ".join(mail["Subject"] for mail in self.mails(2))
        self.assertIn("Nightly", subjects)
        self.assertIn("Weekly", subjects)
        self.assert_only(2)

    def test_an_alert_without_a_plan_tells_of_what_was_just_updated(self):
        daemon = self.watch(TWO_PLANS)
        self.cluster.write_record("1", "mail1", errors=1)
        self.cluster.write_record("2", "samba1")
        daemon.alert(failed_alert())
        (mail,) = self.mails(1)
        self.assertIn("❌ Backup failed", mail["Subject"])
        self.assertIn("Nightly", mail["Subject"])
        self.assertIn("Weekly", text_of(mail))
        self.assert_only(1)

    def test_an_alert_without_a_plan_waits_for_the_run_that_goes_on(self):
        daemon = self.watch({"1": ("Nightly", ["mail1", "samba1"])})
        self.record("1", "mail1", errors=1)
        daemon.alert(failed_alert())
        self.assert_only(0)
        self.record("1", "samba1")
        (mail,) = self.mails(1)
        self.assertIn("⚠️ Backup partially failed: Nightly", mail["Subject"])
        self.assert_only(1)

    def test_an_alert_without_a_plan_where_nothing_was_updated_finds_no_status(self):
        self.watch(TWO_PLANS).alert(failed_alert())
        (mail,) = self.mails(1)
        self.assertIn("no status found", mail["Subject"])

    def test_an_alert_that_is_not_about_backups_is_accepted_counted_and_ignored(self):
        daemon = self.watch()
        status, body = daemon.alert(failed_alert(1, alertname="DiskFull"))
        self.assertEqual((202, 1), (status, json.loads(body)["foreign"]))
        self.assertEqual(1, daemon.metric("triggers_total", kind="alert", answer="foreign"))
        self.assert_only(0)

    def test_an_alert_for_a_plan_that_is_not_there_quotes_its_labels(self):
        self.watch().alert(failed_alert(77, "Gone astray", region="cellar"))
        (mail,) = self.mails(1)
        self.assertIn("plan not in this cluster", mail["Subject"])
        for word in ("77", "Gone astray", "cellar"):
            self.assertIn(word, text_of(mail))

    def test_a_name_that_two_plans_share_names_both(self):
        daemon = self.watch({"1": ("Nightly", ["mail1"]), "2": ("Nightly", ["samba1"])})
        daemon.alert(failed_alert(name="Nightly"))
        self.mails(2)

    def test_a_truncated_group_makes_us_look_at_every_plan(self):
        daemon = self.watch(TWO_PLANS, reconcile_seconds=3600)
        self.cluster.write_record("1", "mail1", errors=1)
        self.cluster.write_record("2", "samba1", errors=1)
        daemon.alert(failed_alert(1, starts_at=now_rfc3339()), truncatedAlerts=1)
        self.mails(2)
        self.assert_only(2)

    def test_what_will_never_parse_is_refused_at_once(self):
        daemon = self.watch()
        for body in (b"", b"[]", b"{", b'{"alerts":7}', b"[" * 262_144, b'{"alerts":[{"status":"\xff"}]}'):
            self.assertEqual(400, daemon.post("/alert", body)[0], body[:30])
        self.assertEqual(413, daemon.post("/alert", b" " * (2 << 20))[0])
        self.assert_only(0)
