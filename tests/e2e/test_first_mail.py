"""The shortest way: an alert arrives and nothing at all is known of its backup."""

import subprocess

from scene import Scene, text_of
from stage.daemon import failed_alert

BODY = '{"alerts":[{"status":"firing","labels":{"alertname":"NethServerBackupFailed"}}]}'


class FirstMail(Scene):
    def test_the_documented_request_on_an_empty_redis_is_accepted_and_answered_by_a_mail(self):
        daemon = self.make_daemon().start()
        answer = subprocess.run(
            ["curl", "-s", "-w", " %{http_code}", "-X", "POST", f"http://127.0.0.1:{daemon.port}/alert",
             "-H", "Content-Type: application/json", "-d", BODY],
            capture_output=True, text=True, timeout=20, check=True)
        self.assertTrue(answer.stdout.endswith(" 202"), answer.stdout)
        (mail,) = self.mails(1)
        self.assertIn("[NS8 Backup] ❌ Backup failed", mail["Subject"])
        self.assertIn("no status found", mail["Subject"])
        self.assertIn("no status found", text_of(mail))

    def test_the_mail_has_the_form_that_mail_programs_expect(self):
        self.make_daemon(wait_seconds=0).start().post("/alert", BODY.encode())
        (mail,) = self.mails(1)
        self.assertEqual([], [defect for part in mail.walk() for defect in part.defects])
        self.assertEqual("multipart/alternative", mail.get_content_type())
        self.assertEqual(["text/plain", "text/html"], [part.get_content_type() for part in mail.iter_parts()])
        self.assertEqual("auto-generated", mail["Auto-Submitted"])
        self.assertEqual(("ns8-backup-monitor@example.org", "admin@example.org"),
                         (mail["From"].addresses[0].addr_spec, mail["To"].addresses[0].addr_spec))
        self.assertIsNotNone(mail["Date"].datetime)
        self.assertRegex(mail["Message-ID"], r"^<[^<>@\s]+@[^<>@\s]+>$")

    def test_two_requests_made_by_hand_are_two_requests(self):
        daemon = self.make_daemon(wait_seconds=0).start()
        daemon.post("/alert", BODY.encode())
        daemon.post("/alert", BODY.encode())
        self.mails(2)

    def test_an_alert_for_a_plan_without_any_status_is_a_failure_that_names_the_plan(self):
        daemon = self.watch()
        self.assertEqual(202, daemon.alert(failed_alert(1, "Nightly"))[0])
        (mail,) = self.mails(1)
        self.assertIn("❌ Backup failed: Nightly", mail["Subject"])
        self.assertIn("no status found", mail["Subject"])
        self.assertEqual("REPO_FAILURE", daemon.get_json("/api/runs")["runs"][0]["outcome"])

    def test_records_that_come_after_such_an_alert_correct_the_mail(self):
        daemon = self.watch()
        daemon.alert(failed_alert(1))
        self.mails(1)
        self.record("1", "mail1", duration=0)
        first, update = self.mails(2)
        self.assertIn("✅ Backup completed", update["Subject"])
        self.assertIn("corrected", update["Subject"])
        self.assertIn(first["Message-ID"], update["References"])
