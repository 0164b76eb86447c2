"""What the cluster's log adds to a report, and that it delays none for longer than its budget."""

import time

from scene import Scene, html_of, text_of
from stage.cluster_log import ClusterLog
from ns8.loki import PASSWORD

LOCKED = "unable to create lock in backend: repository is already locked by PID 7 on web"


class LogScene(Scene):
    """One plan, two applications of node 1."""

    def setUp(self):
        super().setUp()
        self.log = self.keep(ClusterLog().start())
        self.log.announce(self.cluster.redis)

    def watch_two(self, **settings):
        self.cluster.furnish({"1": ("Nightly", ["mail1", "web1"])})
        return self.serve(**settings)

    def begin(self, ago=120):
        """The timer begins a run, so long ago."""
        at = int(time.time()) - ago
        self.log.timer(at, "1")
        return at + 1

    def failed(self, at, module, *lines, rc=1):
        """A backup of 20 s that fails, with the lines of its user and then of root."""
        self.log.begins(at, "1", module)
        for message in lines:
            if message.startswith("root: "):
                self.log.says(at + 19, "1", message.removeprefix("root: "))
            else:
                self.log.of_module(at + 18, module, message)
        self.log.says(at + 20, "1", f"{module}: backup 1 failed (exit code {rc})")
        self.record("1", module, errors=1, start=at, duration=20)

    def saved(self, at, module):
        self.log.begins(at, "1", module)
        self.log.says(at + 20, "1", f"{module}: backup 1 completed")
        self.record("1", module, start=at, duration=20)


class ClusterLogs(LogScene):
    def test_the_step_that_failed_is_named_in_its_own_words(self):
        self.watch_two()
        at = self.begin()
        # The record comes when run-backup has written all that it writes.
        self.log.says(at + 45, "1", "Backup 1 finished with failures: mail1,web1")
        self.failed(at, "mail1", "root: [ERROR] retention policy failed for x/mail/1: Command '['restic', 'forget']' "
                    "returned non-zero exit status 11.")
        self.failed(at + 21, "web1", "[ERROR] module-dump-state failed. No such file or directory: 'dump'",
                    "[ERROR] module-backup aborted.")
        (mail,) = self.mails(1)
        text = " ".join(text_of(mail).split())
        self.assertIn("restic itself ended without error. Removing old snapshots failed", text)
        self.assertIn("Not saved.", text)
        self.assertIn("The application's own dump failed before restic began", text)
        self.assertNotIn("which step failed is unknown", text)
        self.assertNotIn("journalctl", text)
        self.assertIn("Removing old snapshots failed", html_of(mail))
        (run,) = self.daemon.get_json("/api/runs")["runs"][:1]
        modules = {line["module"]: line for line in self.daemon.get_json(f"/api/runs/{run['id']}")["modules"]}
        self.assertEqual("retention", modules["mail1"]["log"]["failed_steps"][0]["step"])
        self.assertEqual("dump", modules["web1"]["log"]["failed_steps"][0]["step"])

    def test_a_killed_backup_is_reported_at_once_with_its_cause(self):
        """Without the log its silent application is waited for, for over an hour."""
        self.watch_two(reconcile_seconds=300)
        at = self.begin(60)
        self.log.begins(at + 21, "1", "web1")
        self.log.systemd(at + 30, "1", "backup1.service: Main process exited, code=killed, status=9/KILL")
        self.log.systemd(at + 30, "1", "backup1.service: Failed with result 'signal'.")
        self.saved(at, "mail1")
        (mail,) = self.mails(1)
        text = " ".join(text_of(mail).split())
        self.assertIn("The backup on the node was killed by 9/KILL", text)
        self.assertIn("This application was being backed up then.", text)
        self.assertNotIn("still running, cancelled", text)
        self.assert_only(1)

    def test_what_has_begun_by_the_log_is_not_called_a_backup_that_did_not_run(self):
        """Somebody ended it by `systemctl kill` while it was at its first application, so there is no result at all."""
        self.cluster.furnish({"1": ("Nightly", ["mail1", "web1"])})
        self.cluster.redis.hset("cluster/backup/1", "schedule", "*:*:0/10")
        self.serve(reconcile_seconds=1)
        due = (int(time.time()) // 10 + 1) * 10
        self.log.timer(due + 1, "1")
        self.log.begins(due + 2, "1", "mail1")
        self.log.systemd(due + 4, "1", "backup1.service: Sent signal SIGTERM to main process 58 (run-backup) on client "
                         "request.")
        self.log.systemd(due + 4, "1", "backup1.service: Deactivated successfully.")
        (mail,) = self.mails(1, patience=40)
        self.assertIn("⏳ Backup not finished: Nightly", mail["Subject"])
        text = " ".join(text_of(mail).split())
        self.assertIn("The backup on the node was stopped: by a person", text)
        self.assertIn("This application was being backed up then.", text)
        self.assertIn("The backup of this application had not begun.", text)

    def test_a_first_backup_that_goes_on_by_the_log_is_waited_for(self):
        """Without the log it would be reported as one that did not run when nothing has come for twenty seconds."""
        self.cluster.furnish({"1": ("Nightly", ["mail1"])})
        self.cluster.redis.hset("cluster/backup/1", "schedule", "*:*:0/20")
        self.serve(reconcile_seconds=1)
        due = (int(time.time()) // 20 + 1) * 20
        self.log.timer(due + 1, "1")
        self.log.begins(due + 2, "1", "mail1")
        while time.time() < due + 27:
            self.log.ship(time.time(), 1, {"MESSAGE": "x", "_SYSTEMD_UNIT": "cron.service"})
            time.sleep(1)
        self.assert_only(0)
        self.record("1", "mail1", start=due + 2, duration=25)
        (mail,) = self.mails(1)
        self.assertIn("✅ Backup completed: Nightly", mail["Subject"])

    def test_a_backup_that_goes_on_is_not_over(self):
        """Three seconds of quiet are the whole wait without the log."""
        self.watch_two(quiet_seconds=3, reconcile_seconds=1)
        at = self.begin(60)
        self.log.begins(at + 21, "1", "web1")
        self.log.ship(time.time(), 1, {"MESSAGE": "x", "_SYSTEMD_UNIT": "cron.service"})
        self.saved(at, "mail1")
        self.wait_for_metric("log_reads_total", 1, result="found")
        time.sleep(8)
        (late,) = self.mails(1)
        self.assertIn("Backup taking longer than usual", late["Subject"])
        self.assertIn("The backup has begun, and the log shows no end of it", " ".join(text_of(late).split()))
        self.record("1", "web1", start=at + 21, duration=30)
        self.assertIn("✅", self.mails(2)[1]["Subject"])

    def test_the_cluster_s_own_backup_is_in_each_report(self):
        """Its leader is node 1, on which the plan has no application."""
        self.cluster.furnish({"1": ("Nightly", ["mail1"])}, {"mail1": 2})
        self.serve()
        at = self.begin()
        self.log.says(at, "1", "Cluster backup uploaded as 48ce/cluster-backup-9f.json.gz.gpg")
        self.record("1", "mail1", start=at, duration=20, node=2)
        (good,) = self.mails(1)
        self.assertIn("✅ Backup completed", good["Subject"])
        self.assertIn("Cluster backup: last uploaded", " ".join(text_of(good).split()))
        (plan,) = self.daemon.get_json("/api/overview")["plans"]
        self.assertEqual((at, None), (plan["cluster_backup"]["uploaded_at_unix"], plan["cluster_backup"]["failed_at"]))

        self.log.says(at + 60, "1", "[ERROR] upload of cluster backup GPG file failed: no room")
        self.record("1", "mail1", start=at + 60, duration=20, node=2)
        bad = self.mails(2)[1]
        self.assertIn("⚠️ Backup not confirmed", bad["Subject"])
        text = " ".join(text_of(bad).split())
        self.assertRegex(text, r"was not uploaded \(.*\): no room\. It was last uploaded")
        self.assertIn("check that its password is set", text)

        self.daemon.stop()
        self.serve()
        run = self.daemon.get_json("/api/runs")["runs"][0]["id"]
        backup = self.daemon.get_json(f"/api/runs/{run}")["cluster_backup"]
        self.assertEqual((at, at + 60, "no room"),
                         (backup["uploaded_at_unix"], backup["failed_at_unix"], backup["words"]))

    def test_the_plan_that_kept_an_application_busy_for_an_hour_is_named(self):
        """Its backup began two hours ago and goes on; "run now" of a third plan was over before."""
        self.cluster.furnish({"1": ("Nightly", ["mail1", "web1"]), "2": ("Weekly", ["web1"]),
                              "3": ("Archive", ["web1"])})
        self.serve()
        now = int(time.time())
        self.log.ship(now - 8000, 1, {"MESSAGE": "web1: starting backup 3 at Thu", "_PID": "50",
                                      "_SYSTEMD_UNIT": "agent@node.service", "SYSLOG_IDENTIFIER": "agent@node"})
        self.log.ship(now - 7900, 1, {"MESSAGE": "web1: backup 3 completed", "_PID": "50",
                                      "_SYSTEMD_UNIT": "agent@node.service", "SYSLOG_IDENTIFIER": "agent@node"})
        self.log.timer(now - 7201, "2")
        self.log.begins(now - 7200, "2", "web1")
        at = self.begin(3700)
        self.log.begins(at + 20, "1", "web1")
        self.log.says(at + 21, "1", "web1: already running, queued for retry")
        self.log.begins(at + 3600, "1", "web1")
        self.log.says(at + 3601, "1", "web1: still running, will retry")
        self.log.says(at + 3621, "1", "web1: gave up retrying after 3600s")
        self.log.says(at + 3621, "1", "Backup 1 finished with failures: web1")
        self.saved(at, "mail1")
        (mail,) = self.mails(1)
        text = " ".join(text_of(mail).split())
        self.assertIn("NS8 gave up after one hour, because the plan Weekly was still backing up the application", text)
        self.assertIn("change the schedule of Nightly or of Weekly, so that the two do not overlap.", text)
        self.assertIn("because the plan Weekly was still", " ".join(html_of(mail).split()))
        (run,) = self.daemon.get_json("/api/runs")["runs"][:1]
        modules = {line["module"]: line for line in self.daemon.get_json(f"/api/runs/{run['id']}")["modules"]}
        self.assertEqual({"id": "2", "name": "Weekly"}, modules["web1"]["log"]["silence"]["busy_with"])

    def test_a_log_that_refuses_us_is_named_and_gives_nothing_away(self):
        self.log.announce(self.cluster.redis, "not-the-password")
        self.watch_two()
        at = self.begin()
        self.failed(at, "mail1")
        self.saved(at + 21, "web1")
        (mail,) = self.mails(1)
        text = " ".join(text_of(mail).split())
        self.assertIn("The cluster's log could not be read: the login was refused.", text)
        self.assertIn("which step failed is unknown", text)
        self.assertIn("journalctl _SYSTEMD_UNIT=agent@node.service + _SYSTEMD_UNIT=backup1.service + "
                      "_SYSTEMD_UNIT=agent@mail1.service + _UID=$(id -u mail1) --since", text)
        (witness,) = [one for one in self.daemon.status()["witnesses"] if one["name"] == "log"]
        self.assertEqual((True, "denied", None), (witness["asked"], witness["trouble"], witness["answered_at"]))
        for place in (text, html_of(mail), self.daemon.log()):
            self.assertNotIn("not-the-password", place)

    def test_a_log_that_is_not_to_be_read_is_not_asked(self):
        self.watch_two(sections={"cluster_log": {"read": False}})
        at = self.begin()
        self.failed(at, "mail1")
        self.saved(at + 21, "web1")
        self.mails(1)
        self.assertEqual([], self.log.log.asked)

    def test_the_address_may_be_configured(self):
        self.cluster.redis.delete("cluster/default_instance/loki")
        password = self.folder / "loki-password"
        password.write_text(PASSWORD)
        password.chmod(0o600)
        self.watch_two(sections={"cluster_log": {"address": f"127.0.0.1:{self.log.server_port}", "username": "loki",
                                                 "password_file": str(password)}})
        at = self.begin()
        self.log.says(at + 45, "1", "Backup 1 finished with failures: mail1")
        self.saved(at + 21, "web1")
        self.failed(at, "mail1", f"root: [ERROR] restic stats failed for x/mail/1: {LOCKED}")
        (mail,) = self.mails(1)
        self.assertIn("Reading the statistics of the repository failed", " ".join(text_of(mail).split()))


class HangingClusterLog(LogScene):
    """The report waits for the log for a minute, and not longer."""

    seconds = 150

    def test_a_log_that_hangs_delays_a_report_by_a_minute_at_most(self):
        self.log.log.rules = {"hang": 40}
        self.watch_two()
        at = self.begin()
        self.saved(at + 21, "web1")
        begin = time.monotonic()
        self.failed(at, "mail1")
        (mail,) = self.mails(1, patience=90)
        self.assertLess(time.monotonic() - begin, 70)
        self.assertIn("it did not answer in time", " ".join(text_of(mail).split()))
