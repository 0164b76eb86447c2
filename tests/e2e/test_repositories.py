"""Why a repository could not be read, as the mail says it: by the real restic, and by what is no restic."""

import json
import os

from repository_scene import RepositoryScene, row_of, words_of
from scene import text_of
from stage.processes import wait_for
from stage.repositories import PASSWORD

UNKNOWN = "Whether the newest data were saved is unknown. "
MADE = "; a later step failed or some files could not be read. "


def has_processes(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


class Causes(RepositoryScene):
    """Module: verdict, cause, and what the mail says of it, which is where the claims end."""

    told = {
        "saved1": ("saved_with_errors", "locked", MADE + "The repository is locked."),
        "unsaved1": ("failed", "locked", "Not saved. The repository is locked. Newest data: 3 days 4 hours old"),
        "foreign1": ("failed", "wrong_key",
                     UNKNOWN + "The destination's encryption key does not open the repository."),
        "damaged1": ("failed", "damaged",
                     UNKNOWN + "The repository seems damaged: what it holds cannot be read."),
        "missing1": ("failed", "no_repository", UNKNOWN + "There is no repository at the destination."),
    }

    def test_each_is_told_with_what_helps_and_with_what_is_known_of_the_data_all_the_same(self):
        self.repositories.put("new", "saved1", "foreign1", "damaged1")
        self.repositories.put("old", "unsaved1")
        self.repositories.lock("saved1", "unsaved1")
        self.repositories.change_key("foreign1")
        self.repositories.damage("damaged1")
        daemon = self.watch_and_look({"1": ("Nightly", list(self.told))})
        self.fail_all("1", self.told)
        (mail,) = self.mails(1)
        run, modules = self.run_of("1")
        self.assertEqual("PARTIAL", run["outcome"])
        lines = [line.strip() for line in text_of(mail).splitlines()]
        for module, (verdict, cause, sentence) in self.told.items():
            with self.subTest(module):
                found = modules[module]
                self.assertEqual((verdict, cause), (found["verdict"], found["finding"]["cause"]))
                said = row_of(module, mail)
                self.assertIn(sentence, said)
                self.assertEqual(module == "saved1", said.startswith("A snapshot was made at"))
                self.assertEqual(module == "unsaved1", "not saved" in said.lower())
                self.assertEqual(cause == "locked", f"runagent restic-wrapper --module {module} --backup 1 unlock"
                                 in lines)
        self.assertIn("runagent restic-wrapper --module damaged1 --backup 1 check", lines)
        self.assertIn("1 of them was certainly not saved.", lines)
        self.assertEqual([2, 5], [daemon.metric("probes_total", result="locked"), daemon.metric("probes_total")])
        for module in ("saved1", "unsaved1"):
            self.assertEqual(1, len(self.repositories.locks(module)), "the lock of another was removed")


class Unreachable(RepositoryScene):
    place = "rest:http://user:shoe43@127.0.0.1:9/mail1/"

    def play(self, command):
        self.watch_and_look({"1": ("Nightly", ["mail1"])}, command=command)
        self.fail_all("1", ["mail1"])
        (mail,) = self.mails(1)
        module = self.run_of("1")[1]["mail1"]
        self.assertEqual(("failed", "unreachable"), (module["verdict"], module["finding"]["cause"]))
        said = row_of("mail1", mail)
        self.assertIn(UNKNOWN + "The destination did not answer.", said)
        self.assertIn("connection refused", said)
        self.assertIn("Not reachable: the destination of mail1.", text_of(mail))
        self.assert_no_secret()

    def assert_no_secret(self):
        """Neither password is in anything that the daemon tells or writes."""
        told = [self.daemon.get(path)[1] for path in (
            "/metrics", "/api/status", "/api/runs", "/api/runs/1", "/api/messages/1", "/api/messages/1.eml")]
        told += [self.daemon.run("report", "--format", form).stdout for form in ("text", "html", "json")]
        told += [words_of(mail) for mail in self.relay.mails()]
        self.daemon.stop()
        files = [self.folder / "daemon.log", *self.folder.glob("backup-monitor.db*")]
        for text in told + [path.read_bytes().decode(errors="replace") for path in files]:
            self.assertNotIn("shoe43", text)
            self.assertNotIn(PASSWORD, text)

    def test_the_password_in_a_repositorys_address_is_told_nowhere(self):
        self.play(["restic", "-r", self.place, "--no-cache", "snapshots", "--json"])

    def test_nor_where_restic_itself_would_tell_it(self):
        words = f"Fatal: unable to open repository at {self.place}: dial tcp 127.0.0.1:9: connect: connection refused"
        self.play(["/bin/sh", "-c", 'echo "$0" >&2; exit 1', words])


class NoAnswer(RepositoryScene):
    # Ends at SIGTERM alone, and says so; what it started would outlive it.
    hang = 'echo $$ >"$0/$1.pid"; trap \'echo $1 >>"$0/ended"; exit 1\' TERM; sleep 600 & wait; wait'

    def test_commands_that_hang_are_ended_in_time_and_leave_nothing_behind(self):
        modules = ["mail1", "samba1"]
        daemon = self.watch_and_look({"1": ("Nightly", modules)}, timeout=1,
                                     command=["/bin/sh", "-c", self.hang, str(self.folder), "{module}"])
        self.fail_all("1", modules)
        (mail,) = self.mails(1, patience=10)
        run, found = self.run_of("1")
        self.assertEqual("REPO_FAILURE", run["outcome"])
        for module in modules:
            self.assertIn(UNKNOWN + "No answer in time: the destination cannot be reached, or is too slow.", row_of(module, mail))
            self.assertEqual("timeout", found[module]["finding"]["cause"])
        self.assertNotIn("not saved", words_of(mail).lower())
        self.assertEqual(modules, (self.folder / "ended").read_text().split())
        groups = [int((self.folder / f"{module}.pid").read_text()) for module in modules]
        wait_for(lambda: not any(map(has_processes, groups)), 5, "the end of all that was started")
        self.assertEqual(2, daemon.metric("probes_total", result="timeout"))


class KeepsTrying(RepositoryScene):
    """restic from 0.17 on tries again for 15 minutes before it gives up (restic v0.18.1 cmd/restic/global.go
    innerOpen(), internal/backend/retry/backend_retry.go; changelog of 0.17.0, "Enhancement: Improve reliability of
    backend operations"). Its words as 0.18.1 writes them with --json: only the last is JSON."""

    retries = "".join(
        f'Stat(<config/>) returned error, retrying after {pause}: Head "http://127.0.0.1:4694/x/config": '
        "dial tcp 127.0.0.1:4694: connect: connection refused\n" for pause in ("1.0478s", "2.3s", "3.1s", "8.9s"))
    # At SIGTERM: cmd/restic/cleanup.go, and main.go for what was cancelled.
    script = ('cat "$0" >&2; trap \'echo "signal terminated received, cleaning up" >&2; '
              'echo "{\\"message_type\\":\\"exit_error\\",\\"code\\":130,\\"message\\":'
              '\\"unable to open config file: context canceled\\"}" >&2; exit 130\' TERM; sleep 900 & wait; wait')

    def test_a_timeout_is_told_as_not_reachable_or_too_slow_with_what_restic_last_tried(self):
        (self.folder / "retries").write_text(self.retries)
        self.watch_and_look({"1": ("Nightly", ["mail1"])}, timeout=1,
                            command=["/bin/sh", "-c", self.script, str(self.folder / "retries")])
        self.fail_all("1", ["mail1"])
        (mail,) = self.mails(1, patience=20)
        module = self.run_of("1")[1]["mail1"]
        self.assertEqual(("failed", "timeout", False),
                         (module["verdict"], module["finding"]["cause"], module["finding"]["complete"]))
        said = row_of("mail1", mail)
        self.assertIn(UNKNOWN + "No answer in time: the destination cannot be reached, or is too slow.", said)
        self.assertIn("retrying after 8.9s", said)
        self.assertIn("connection refused", module["finding"]["words"])
        advice = words_of(mail).partition("No answer in time from the repository of mail1.")[2]
        self.assertLess(advice.index("can be reached"), advice.index("allow more time"))
        self.assertNotIn("not saved", words_of(mail).lower())

    def test_one_that_gives_up_in_time_tells_its_last_words_as_the_cause(self):
        last = json.dumps({"message_type": "exit_error", "code": 1, "message":
                           "Fatal: unable to open config file: unexpected HTTP response (503): 503 Service Unavailable\n"
                           "Is there a repository at the following location?\nrest:http://127.0.0.1:4694/x/"})
        (self.folder / "retries").write_text(self.retries + last + "\n")
        self.watch_and_look({"1": ("Nightly", ["mail1"])},
                            command=["/bin/sh", "-c", 'cat "$0" >&2; exit 1', str(self.folder / "retries")])
        self.fail_all("1", ["mail1"])
        (mail,) = self.mails(1)
        self.assertIn(UNKNOWN + "The destination did not answer.", row_of("mail1", mail))
        self.assertIn("503 Service Unavailable", row_of("mail1", mail))
        self.assertNotIn("retrying", words_of(mail))
        self.assertNotIn("There is no repository", words_of(mail))


class Told(RepositoryScene):
    def test_the_finding_is_in_the_api_in_the_printed_report_and_in_the_metrics(self):
        self.repositories.put("new", "mail1")
        self.repositories.put("old", "samba1")
        daemon = self.watch_and_look({"1": ("Nightly", ["mail1", "samba1", "webtop1"])})
        self.cluster.write_record("1", "webtop1", start=self.begin)
        self.fail_all("1", ["mail1", "samba1"])
        self.mails(1)
        modules = self.run_of("1")[1]
        found = modules["mail1"]["finding"]
        self.assertEqual(found["newest_snapshot"], found["snapshot_of_run"])
        self.assertRegex(found["newest_snapshot"]["id"], "^[0-9a-f]{64}$")
        self.assertIsNone(found["cause"])
        self.assertIsNone(modules["samba1"]["finding"]["snapshot_of_run"])
        self.assertIsNone(modules["webtop1"]["finding"])
        printed = json.loads(daemon.run("report", "--format", "json").stdout)
        # One shape for both: what the command prints is what the API gives.
        self.assertEqual(list(modules.values()), printed["runs"][0]["modules"])
        self.assertEqual("saved_with_errors", modules["mail1"]["verdict"])
        self.assertEqual([2, 0], [daemon.metric("probes_total", result="read"), daemon.metric("reports_held")])
        self.assertGreater(daemon.metric("probe_seconds_total"), 0)

    def test_a_success_that_left_no_snapshot_is_told_from_the_others_wherever_results_are_counted(self):
        self.repositories.put("new", "mail1")
        self.repositories.put("old", "samba1")
        daemon = self.watch_and_look({"1": ("Nightly", ["mail1", "samba1"])}, mode="all")
        self.fail_all("1", ["mail1", "samba1"], errors=0)
        (mail,) = self.mails(1)
        self.assertIn("Success reported, but no snapshot", words_of(mail))
        run, modules = self.run_of("1")
        self.assertEqual([False, True], [modules[name]["without_snapshot"] for name in ("mail1", "samba1")])
        results = daemon.get_json("/api/results?plan=1")
        self.assertEqual([("mail1", False), ("samba1", True)],
                         [(one["module"], one["without_snapshot"]) for one in results["results"]])
        for head in (results["runs"][0], daemon.get_json("/api/overview")["plans"][0]["run"]):
            self.assertEqual((run["id"], 2, 1), (head["id"], head["succeeded"], head["without_snapshot"]))
