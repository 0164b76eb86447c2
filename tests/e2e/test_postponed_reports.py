"""Reports that wait for the checks of repositories: through stops, kills and reloads, each is sent once."""

import os
import time

from repository_scene import RepositoryScene, row_of, words_of
from stage.processes import wait_for

# Looks when the file `hang` is gone, and writes down that it was asked, by which process.
LOOK = 'echo $$ >>"$0/asked"; while [ -e "$0/hang" ]; do sleep 0.05; done; cat "$0/$1.json"'
STUBBORN = 'trap "touch \'$0/term\'" TERM; ' + LOOK
PLANS = {"1": ("Nightly", ["mail1"]), "2": ("Weekly", ["samba1", "webtop1"])}


class PostponedReports(RepositoryScene):
    def watch_and_hang(self, look=LOOK, **repo_check):
        """The daemon, in whose hands the look into mail1's repository hangs until let_go()."""
        (self.folder / "hang").touch()
        self.addCleanup(self.let_go)
        self.write_snapshots("mail1", self.begin + 5)
        daemon = self.watch_and_look(
            PLANS, command=["/bin/sh", "-c", look, str(self.folder), "{module}"], **repo_check)
        self.fail_all("1", ["mail1"])
        wait_for(self.asked, what="a look")
        self.wait_for_metric("reports_held", 1)
        self.assertEqual(1, daemon.status()["probes"]["reports_held"])
        return daemon

    def asked(self):
        """The processes that looked."""
        path = self.folder / "asked"
        return [int(pid) for pid in path.read_text().split()] if path.exists() else []

    def let_go(self):
        (self.folder / "hang").unlink(missing_ok=True)

    def assert_told_once_and_right(self):
        (mail,) = self.mails(1)
        self.assertTrue(row_of("mail1", mail).startswith("A snapshot was made at"))
        self.assertEqual("saved_with_errors", self.run_of("1")[1]["mail1"]["verdict"])
        self.assert_only(1)
        self.assertEqual(0, self.daemon.metric("reports_held"))

    def stop_in_time(self):
        begin = time.monotonic()
        self.assertEqual(0, self.daemon.stop())
        self.assertLess(time.monotonic() - begin, 2)
        self.assertEqual([], self.relay.mails())

    def test_a_stop_is_quick_and_the_next_start_looks_again(self):
        daemon = self.watch_and_hang()
        self.stop_in_time()
        wait_for(lambda: not os.path.exists(f"/proc/{self.asked()[0]}"), 5, "the end of the look")
        daemon.start()
        wait_for(lambda: len(self.asked()) == 2, what="another look")
        self.let_go()
        self.assert_told_once_and_right()

    def test_a_stop_is_quick_even_if_the_look_does_not_end(self):
        daemon = self.watch_and_hang(STUBBORN)
        self.stop_in_time()
        daemon.start()
        wait_for(lambda: len(self.asked()) == 2, what="another look")
        self.let_go()
        self.assert_told_once_and_right()

    def test_a_stop_is_quick_even_if_the_look_had_its_time_and_does_not_end(self):
        daemon = self.watch_and_hang(STUBBORN, timeout=1)
        wait_for(lambda: (self.folder / "term").exists(), 5, "SIGTERM to the look")
        self.stop_in_time()
        daemon.start()
        self.let_go()
        self.assert_told_once_and_right()

    def test_a_kill_loses_nothing_and_tells_nothing_twice(self):
        daemon = self.watch_and_hang()
        daemon.kill()
        daemon.start()
        wait_for(lambda: len(self.asked()) == 2, what="another look")
        self.assertEqual([], self.relay.mails())
        self.let_go()
        self.assert_told_once_and_right()

    def test_a_reload_looks_again(self):
        daemon = self.watch_and_hang()
        daemon.reload()
        wait_for(lambda: len(self.asked()) == 2, what="another look")
        self.let_go()
        self.assert_told_once_and_right()

    def test_a_reload_that_turns_looking_off_tells_at_once_what_is_known(self):
        daemon = self.watch_and_hang()
        daemon.write_config(repo_check={"mode": "off"})
        daemon.reload()
        (mail,) = self.mails(1, patience=5)
        self.assertIn("which step failed is unknown", words_of(mail))
        self.assertNotIn("not saved", words_of(mail).lower())
        self.assertEqual("failed", self.run_of("1")[1]["mail1"]["verdict"])
        self.let_go()
        self.assert_only(1)
        self.assertEqual(0, daemon.metric("reports_held"))


class SharedDestination(RepositoryScene):
    def test_while_another_plans_run_is_open_nobody_looks_and_the_report_says_so(self):
        daemon = self.watch_and_look(PLANS, command=["/bin/sh", "-c", 'touch "$0/asked"; echo "[]"', str(self.folder)])
        self.record("2", "samba1")  # webtop1 is still to come
        wait_for(lambda: daemon.get_json("/api/runs?plan=2")["runs"], what="the open run")
        self.fail_all("1", ["mail1"])
        (mail,) = self.mails(1)
        said = words_of(mail)
        self.assertIn("Another backup run uses the destination, "
                      "so the repositories of Nightly were not checked.", said)
        self.assertIn("which step failed is unknown", said)
        self.assertNotIn("not saved", said.lower())
        self.record("2", "webtop1")
        self.mails(2)
        self.assert_only(2)
        self.assertFalse((self.folder / "asked").exists())
        self.assertEqual(0, daemon.metric("probes_total"))
