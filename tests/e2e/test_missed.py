"""What a plan's schedule says: a backup that was due and did not run, a node of which nothing came."""

import json
import time

from scene import ONE_PLAN, Scene, text_of
from stage.cluster import module_uuid
from stage.processes import wait_for

# Due so often, a run is missed after as many seconds: half of them of grace, and half for a backup of unknown length.
EVERY_TEN_SECONDS = "*:*:0/10"


class Missed(Scene):
    def watch_schedule(self, schedule, plans=None, nodes=None):
        """Without the log: a missed run is reported to the second."""
        self.cluster.furnish(plans or ONE_PLAN, nodes)
        self.cluster.redis.hset("cluster/backup/1", "schedule", schedule)
        return self.serve(reconcile_seconds=1, sections={"cluster_log": {"read": False}})

    def test_a_backup_that_was_due_and_did_not_run_is_reported_once(self):
        self.watch_schedule(EVERY_TEN_SECONDS)
        (mail,) = self.mails(1, patience=40)
        self.assertIn("🕳 Backup did not run: Nightly", mail["Subject"])
        text = " ".join(text_of(mail).split())
        self.assertRegex(text, r"The backup was due on .* and did not run: there was no new result by ")
        self.assertIn("The next run is due on", text)
        self.assertIn("🕳 Did not run: 1 module", text)
        # Of a plan that is due so often there is one report a day.
        time.sleep(12)
        self.assert_only(1)
        self.assertEqual(1, self.daemon.metric("plan_state", plan="1", state="missed"))
        self.assertEqual(1, self.daemon.metric("plan_info", plan="1", name="Nightly"))
        self.assertGreater(self.daemon.metric("plan_next_due_timestamp_seconds", plan="1"), time.time())
        self.assertEqual(1, self.daemon.metric("runs_total", outcome="MISSED"))
        (plan,) = self.daemon.get_json("/api/overview")["plans"]
        self.assertEqual(("missed", True, ""), (plan["state"], plan["due"] < plan["next_due"], plan["never_due"]))
        (run,) = self.daemon.get_json("/api/runs")["runs"]
        self.assertEqual("MISSED", run["outcome"])
        self.assertEqual("schedule", self.daemon.get_json(f"/api/runs/{run['id']}")["origin"])

        self.cluster.write_record("1", "mail1", duration=1)
        mail = self.mails(2)[-1]
        self.assertIn("✅ Backup completed", mail["Subject"])
        self.assertRegex(" ".join(text_of(mail).split()), "Before it, .* scheduled runs? did not take place")

    def test_data_that_is_too_old_is_reported_once_and_so_is_newer_data(self):
        self.watch_schedule(EVERY_TEN_SECONDS)
        time.sleep(10 - time.time() % 10 + 1)
        self.record("1", "mail1", duration=1)
        saved = time.time()
        (success,) = self.mails(1, patience=20)
        self.assertIn("✅ Backup completed", success["Subject"])
        # Twice the interval, and the second that the backup took. The missed run is reported before.
        mail = self.mails(3, patience=40)[-1]
        self.assertGreater(time.time() - saved, 20)
        self.assertIn("⚠️ Newest backup too old: mail1", mail["Subject"])
        text = " ".join(text_of(mail).split())
        self.assertRegex(text, r"The newest good backup of mail1 dates from .* and is older than its target of 2[12] s\.")
        (point,) = self.daemon.get_json("/api/overview")["recovery"]
        self.assertEqual(("mail1", "over", 1), (point["module"], point["state"], point["node"]))
        newest = self.daemon.metric("module_newest_good_timestamp_seconds", plan="1", module="mail1", node="1")
        self.assertEqual(point["newest_data_unix"], newest)
        self.assertEqual(point["target_seconds"], self.daemon.metric("module_target_seconds", module="mail1", node="1"))
        self.assertGreaterEqual(self.daemon.metric("missed_total", plan="1"), 1)

        self.record("1", "mail1", duration=1)
        mail = self.mails(4, patience=20)[-1]
        self.assertIn("✅ Backup completed", mail["Subject"])
        self.assertIn("The newest good backup of mail1 is within its target again.", " ".join(text_of(mail).split()))
        (point,) = self.daemon.get_json("/api/overview")["recovery"]
        self.assertEqual("in_target", point["state"])

    def test_an_application_in_no_plan_and_one_that_is_exempt_are_named(self):
        self.cluster.furnish(ONE_PLAN)
        for module in ("web1", "test1"):
            self.cluster.write_module(module, 1)
        exempt = json.dumps({module_uuid("test1"): "2999-01-31 a machine for tests"})
        self.serve(reconcile_seconds=1, more=f"protection: {{exempt: {exempt}}}\n")
        self.record("1", "mail1", duration=1)
        (mail,) = self.mails(1)
        self.assertRegex(" ".join(text_of(mail).split()), r"add to a backup plan: web1 \(in none since .*, or longer\)")
        self.assertNotIn("test1", text_of(mail))
        cluster = self.daemon.get_json("/api/overview")["cluster"]
        self.assertEqual(["web1"], cluster["unprotected"])
        self.assertEqual([("test1", "a machine for tests")], [(each["module"], each["reason"]) for each in cluster["exempt"]])
        self.assertEqual(1, self.daemon.metric("unprotected"))

    def test_a_node_of_which_nothing_comes_is_named_and_not_waited_for(self):
        self.watch_schedule(EVERY_TEN_SECONDS, {"1": ("Nightly", ["mail1", "web1"])}, {"web1": 2})
        time.sleep(10 - time.time() % 10 + 1)
        self.record("1", "mail1", duration=1)
        (mail,) = self.mails(1, patience=40)
        self.assertIn("⏳ Backup not finished", mail["Subject"])
        self.assertIn("Nothing came from node 2: 1 application.", text_of(mail))

    def test_a_schedule_that_systemd_refuses_is_named(self):
        self.watch_schedule("30 2 * * *")
        words = "plan 1 (Nightly) never runs by itself: its schedule '30 2 * * *'"
        self.wait_for_log(words)
        wait_for(lambda: any(words in said for said in self.daemon.status()["cluster"]["complaints"]), 10,
                 "the complaint in the status")
        (mail,) = self.mails(1)
        self.assertIn("🕳 Backup never runs by itself: Nightly", mail["Subject"])
        self.assertIn("The schedule of the plan Nightly never starts it:", " ".join(text_of(mail).split()))
        self.daemon.stop()
        self.daemon.start()
        self.wait_for_first_look()
        self.cluster.redis.hset("cluster/backup/1", "schedule", "2020-01-01")
        self.wait_for_log("its schedule '2020-01-01': it never elapses again")
        self.mails(2)
        time.sleep(2)
        self.assert_only(2)

    def test_a_daemon_that_is_restarted_neither_forgets_nor_repeats(self):
        self.watch_schedule(EVERY_TEN_SECONDS)
        time.sleep(5)
        self.daemon.stop()
        self.daemon.start()
        self.mails(1, patience=40)
        self.daemon.stop()
        self.daemon.start()
        self.wait_for_first_look()
        time.sleep(12)
        self.assert_only(1)
