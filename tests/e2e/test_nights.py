"""Nights that pass on the daemon itself: a node that is off for two of them, and what every surface says meanwhile.
The clock is simulated (tests/stage/simulated_clock.py), everything else is real."""

import email.utils
import time

from scene import DAY, Scene, text_of
from stage.processes import wait_for
from stage.simulated_clock import SimulatedClock

HOUR = 3600
DUE = 2 * HOUR  # after midnight UTC
DURATION = 300
# docs/runs.md, "What the schedule says": half an hour of grace, and 1.5 times what the first application takes.
DEADLINE = DUE + 1800 + DURATION * 3 // 2
SEEN_WITHIN = 3  # seconds after the end of a backup: they count as its clean-up
PLANS = {"1": ("Nightly", ["mail1"]), "2": ("Branch office", ["web1"])}


class Nights(Scene):
    seconds = 300

    def begin_at(self, moment):
        self.clock = SimulatedClock(self.folder, moment)
        self.cluster.furnish(PLANS, {"web1": 3})
        for plan in PLANS:
            self.cluster.redis.hset(f"cluster/backup/{plan}", "schedule", "*-*-* 02:00:00 UTC")
        return self.serve(clock=self.clock, reconcile_seconds=1)

    def back_up(self, midnight, plan, module, node):
        """One application is saved in time."""
        self.daemon.advance_to(midnight + DUE + 5 + DURATION)
        self.record(plan, module, node=node, start=self.clock.now() - DURATION, duration=DURATION)

    def good_night(self, midnight):
        self.back_up(midnight, "1", "mail1", 1)
        self.back_up(midnight, "2", "web1", 3)

    def state_of(self, plan):
        return {each["id"]: each["state"] for each in self.daemon.get_json("/api/overview")["plans"]}[plan]

    def newest_run(self, plan):
        return self.daemon.get_json(f"/api/runs?plan={plan}")["runs"][0]

    def test_a_node_that_is_off_for_two_nights(self):
        tonight = (int(time.time()) // DAY + 1) * DAY
        self.begin_at(tonight - 4 * HOUR)
        self.good_night(tonight)
        self.mails(2)
        self.assertEqual("good", self.state_of("2"))

        for night, before, wanted in ((1, "late", "did not run"), (2, "missed", "2nd time in a row")):
            midnight = tonight + night * DAY
            mails = 2 + 2 * night
            self.back_up(midnight, "1", "mail1", 1)
            self.mails(mails - 1)
            self.daemon.advance_to(midnight + DEADLINE - 20)
            self.assert_only(mails - 1)
            self.assertEqual(before, self.state_of("2"))
            self.daemon.advance_to(midnight + DEADLINE)
            mail = self.mails(mails)[-1]
            self.assertIn("🕳 Backup did not run: Branch office", mail["Subject"])
            self.assertIn(wanted, " ".join(text_of(mail).split()))
            sent = email.utils.parsedate_to_datetime(mail["Date"]).timestamp()
            self.assertLessEqual(midnight + DEADLINE, sent)
            # The witnesses are asked first, and there are none: three steps of a second each.
            self.assertLess(sent, midnight + DEADLINE + SEEN_WITHIN * 3 // 2 + 1 + 8)

            run = self.newest_run("2")
            self.assertEqual(("MISSED", midnight + DUE), (run["outcome"], run["begin_unix"]))
            self.assertEqual(("missed", "good"), (self.state_of("2"), self.state_of("1")))
            self.assertEqual(1, self.daemon.metric("plan_state", plan="2", state="missed"))
            self.assertEqual(0, self.daemon.metric("plan_state", plan="2", state="good"))
            self.assertEqual(night, self.daemon.metric("missed_total", plan="2"))
            self.report_on_request()

        # Twice the interval and the longest duration have passed since the first night: the second report says so, too.
        self.assertIn("The newest good backup of web1", text_of(mail))
        self.assertEqual("over", {each["module"]: each["state"] for each in
                                  self.daemon.get_json("/api/overview")["recovery"]}["web1"])

        self.good_night(tonight + 3 * DAY)
        back = next(mail for mail in self.mails(8)[6:] if "Branch office" in mail["Subject"])
        self.assertIn("✅ Backup completed", back["Subject"])
        text = " ".join(text_of(back).split())
        self.assertIn("It ran again, after 2 missed runs.", text)
        self.assertIn("The newest good backup of web1 is within its target again.", text)
        wait_for(lambda: self.state_of("2") == "good", what="the plan's state")

    def report_on_request(self):
        """Printed now, without a mail: it is no better than the plan's state."""
        said = self.daemon.run("report", "--plan", "2")
        self.assertEqual(0, said.returncode, said.stderr)
        self.assertIn("🕳 Backup did not run", said.stdout)
        self.assertNotIn("✅", said.stdout)
