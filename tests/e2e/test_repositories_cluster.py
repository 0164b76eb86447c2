"""Looking into repositories by NS8's cluster action, through the API server of the leader."""

import time

from repository_scene import RepositoryScene, row_of, words_of
from stage.cluster import DESTINATION, repository_path
from stage.cluster_api import PASSWORD, ClusterApi
from stage.processes import wait_for


class ClusterAction(RepositoryScene):
    def setUp(self):
        super().setUp()
        self.api = ClusterApi(self.folder).start_serving()
        self.addCleanup(self.api.stop)
        self.cluster.redis.hset("node/1/vpn", "ip_address", self.api.address)

    def watch_two(self, **repo_check):
        return self.watch_and_look({"1": ("Nightly", ["mail1", "samba1"])}, method="cluster",
                                   credentials_file=str(self.api.credentials), **repo_check)

    def play(self):
        """A failed night. Its mail, and its modules."""
        self.fail_all("1", ["mail1", "samba1"], errors=2)
        (mail,) = self.mails(1)
        return mail, self.run_of("1")[1]

    def assert_unread(self, mail, modules, cause, words):
        """Both modules: nothing is claimed of their data, and why they were not read is said."""
        self.assertEqual([cause] * 2, [module["finding"]["cause"] for module in modules.values()])
        self.assertEqual(["failed"] * 2, [module["verdict"] for module in modules.values()])
        self.assertIn("Whether the newest data were saved is unknown.", row_of("mail1", mail))
        self.assertIn(words, row_of("mail1", mail))
        self.assertNotIn("not saved", words_of(mail).lower())
        self.assertNotIn("A snapshot was made", words_of(mail))

    def test_snapshots_are_read_one_repository_after_another_with_one_login(self):
        self.api.snapshots[repository_path("mail1")] = [self.begin - 86_400, self.begin + 5]
        self.api.snapshots[repository_path("samba1")] = [self.begin - 86_400]
        daemon = self.watch_two()
        mail, modules = self.play()
        self.assertEqual({"mail1": "saved_with_errors", "samba1": "failed"},
                         {name: module["verdict"] for name, module in modules.items()})
        self.assertTrue(row_of("mail1", mail).startswith("A snapshot was made at"))
        self.assertTrue(row_of("samba1", mail).startswith("Not saved. Newest data: 1 day"))
        self.assertEqual([{"action": "read-backup-snapshots", "parent": "", "extra": {"isNotificationHidden": True},
                           "data": {"repository": DESTINATION, "path": repository_path(module)}}
                          for module in ("mail1", "samba1")], self.api.submitted)
        self.assertEqual(1, len(self.api.tokens))
        self.assertEqual(2, daemon.metric("probes_total", result="read"))

    def test_a_failed_action_is_told_with_its_cause(self):
        for module in ("mail1", "samba1"):
            self.api.snapshots[repository_path(module)] = "Fatal: wrong password or no key found"
        self.watch_two()
        mail, modules = self.play()
        self.assert_unread(mail, modules, "wrong_key", "encryption key does not open the repository")

    def test_without_an_api_server_the_report_comes_all_the_same(self):
        self.api.snapshots[repository_path("mail1")] = [self.begin + 5]
        self.cluster.redis.hset("node/1/vpn", "ip_address", "127.0.0.2")  # nobody there
        self.watch_two(timeout=1)
        mail, modules = self.play()
        self.assert_unread(mail, modules, "unknown", "The repository could not be read.")

    def test_wrong_credentials_are_told_as_a_refusal_and_right_ones_are_read_without_a_restart(self):
        self.api.snapshots.update({repository_path(name): [self.begin + 5] for name in ("mail1", "samba1")})
        self.api.write_credentials("not " + PASSWORD)
        self.watch_two()
        mail, modules = self.play()
        self.assert_unread(mail, modules, "denied", "Reading the repository was refused.")
        self.assertEqual([], self.api.submitted)
        self.assertNotIn(PASSWORD, self.daemon.log() + words_of(mail))
        self.api.write_credentials(PASSWORD)
        self.begin += 300
        self.api.snapshots.update({repository_path(name): [self.begin + 5] for name in ("mail1", "samba1")})
        self.fail_all("1", ["mail1", "samba1"])
        self.mails(2)
        self.assertEqual({"saved_with_errors"}, {module["verdict"] for module in self.run_of("1")[1].values()})

    def test_while_a_task_does_not_end_no_other_is_submitted_and_the_report_comes_in_time(self):
        self.api.ended = False
        self.watch_two(timeout=1, run_timeout=11)
        self.fail_all("1", ["mail1", "samba1"])
        (mail,) = self.mails(1, patience=20)
        self.assertIn("No answer in time: the destination cannot be reached, or is too slow.",
                      row_of("mail1", mail))
        self.assertEqual("", row_of("samba1", mail).partition("Last good backup:")[0])
        self.assertIn("An earlier check of the same destination has not ended", words_of(mail))
        self.assertNotIn("not saved", words_of(mail).lower())
        self.assertEqual([repository_path("mail1")], [task["data"]["path"] for task in self.api.submitted])
        # Each question costs the real server two connections for minutes: the pauses grow.
        self.assertLess(sum(self.api.asked.values()), 8)

    def test_a_task_that_does_not_end_keeps_no_other_destination_waiting(self):
        """As restic from 0.17 on does with a destination that is not there: its task goes on for 15 minutes."""
        other = "5d0c2b1a-0f4e-4c55-9a51-4f0e6f6a7b10"
        self.api.silent.add(DESTINATION)
        self.api.snapshots[repository_path("webtop1")] = [self.begin - 86_400]
        self.cluster.furnish({"2": ("Other", ["webtop1"])})
        self.cluster.write_plan("2", "Other", ["webtop1"], destination=other)
        self.watch_two(timeout=1, run_timeout=60)
        self.fail_all("1", ["mail1", "samba1"])
        wait_for(lambda: self.daemon.metric("probes_total", result="timeout") == 1, 20, "the task that was left")
        self.fail_all("2", ["webtop1"])
        (mail,) = self.mails(1, patience=30)
        self.assertIn("Other", mail["Subject"])
        self.assertTrue(row_of("webtop1", mail).startswith("Not saved. Newest data: 1 day"))
        self.assertEqual([DESTINATION, other], [task["data"]["repository"] for task in self.api.submitted])
        self.api.silent.clear()  # the task ends after all, and the look that stood back is made
        self.mails(2, patience=60)
        self.assertEqual([repository_path(module) for module in ("mail1", "webtop1", "samba1")],
                         [task["data"]["path"] for task in self.api.submitted])

    def test_a_stop_while_a_task_goes_on_is_quick_and_the_next_start_looks_again(self):
        self.api.ended = False
        self.api.snapshots.update({repository_path(name): [self.begin + 5] for name in ("mail1", "samba1")})
        daemon = self.watch_two()
        self.fail_all("1", ["mail1", "samba1"])
        wait_for(lambda: self.api.submitted, what="a task")
        begin = time.monotonic()
        self.assertEqual(0, daemon.stop())
        self.assertLess(time.monotonic() - begin, 2)
        self.assertEqual([], self.relay.mails())
        self.api.ended = True
        daemon.start()
        (mail,) = self.mails(1)
        self.assertTrue(row_of("mail1", mail).startswith("A snapshot was made at"))
        self.assert_only(1)
