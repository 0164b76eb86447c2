"""Lists of snapshots that restic itself calls incomplete although it ends well: tests/data/field/partial_lists.json."""

import json
import pathlib
import time

from repository_scene import RepositoryScene, row_of, words_of
from stage.cluster import repository_path
from stage.cluster_api import ClusterApi

CASES = {case["id"]: case for case in json.loads(
    (pathlib.Path(__file__).parents[1] / "data/field/partial_lists.json").read_text())["cases"]}
# Modules as NS8 names them, for the cases.
MODULES = {"empty-list-500": "empty1", "newest-unreadable-500": "part1", "unreadable-element": "element1",
           "control-empty-clean": "clean1", "control-cache-warning": "cache1", "cluster-empty-list-500": "mail1"}
CONTROLS = {"clean1", "cache1"}
UNKNOWN = "Whether the newest data were saved is unknown. The list of snapshots may be incomplete."


class PartialLists(RepositoryScene):
    def fill(self, text):
        """The times of a case are told by the night's begin."""
        day = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.begin - 86_400))
        text = text.replace("{begin-1 day, RFC 3339 Z}", day + "Z").replace("{begin-1 day}", day)
        return text.replace("{begin+5 s}", time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.begin + 5)))

    def watch(self, method, mode):
        """A daemon that gets the answers of all cases with this method. The modules."""
        modules = [MODULES[name] for name, case in CASES.items() if case["method"] == method]
        for name, case in CASES.items():
            if case["method"] == method == "command":
                self.assertEqual(0, case["input"]["exit"])
                for stream in ("stdout", "stderr"):
                    (self.folder / f"{MODULES[name]}.{stream}").write_text(self.fill(case["input"][stream]))
        more = {"command": ["/bin/sh", "-c", 'cat "$0/$1.stdout"; cat "$0/$1.stderr" >&2', str(self.folder), "{module}"]}
        if method == "cluster":
            api = ClusterApi(self.folder).start_serving()
            self.addCleanup(api.stop)
            self.cluster.redis.hset("node/1/vpn", "ip_address", api.address)
            end = CASES["cluster-empty-list-500"]["input"]["task_end"]["data"]
            api.snapshots[repository_path("mail1")] = end
            more = {"credentials_file": str(api.credentials)}
        self.watch_and_look({"1": ("Nightly", modules)}, method=method, mode=mode, **more)
        return modules

    def play(self, method):
        modules = self.watch(method, "failed")
        self.fail_all("1", modules)
        (mail,) = self.mails(1)
        found = self.run_of("1")[1]
        for module in modules:
            with self.subTest(module):
                said = row_of(module, mail)
                finding = found[module]["finding"]
                self.assertEqual("failed", found[module]["verdict"])
                self.assertEqual(module in CONTROLS, finding["complete"])
                self.assertEqual(None if module in CONTROLS else "incomplete", finding["cause"])
                self.assertEqual(module in CONTROLS, said.startswith("Not saved."), said)
                self.assertEqual(module not in CONTROLS, said.startswith(UNKNOWN), said)
                self.assertEqual(module == "clean1", "holds no snapshot at all" in said)
                if module in ("part1", "element1"):
                    self.assertIn("Newest data known: 1 day", said)
        return mail

    def test_of_a_command_only_a_complete_list_supports_not_saved(self):
        self.assertIn("2 of them were certainly not saved.", words_of(self.play("command")))

    def test_of_the_clusters_action_likewise(self):
        mail = words_of(self.play("cluster"))
        self.assertNotIn("not saved", mail.lower())
        self.assertNotIn("no snapshot at all", mail)
        self.assertIn("could not load snapshots", mail)

    def test_a_success_is_without_a_snapshot_only_by_a_complete_list(self):
        modules = self.watch("command", "all")
        self.fail_all("1", modules, errors=0)
        (mail,) = self.mails(1)
        found = self.run_of("1")[1]
        self.assertEqual(CONTROLS, {module for module in modules if found[module]["without_snapshot"]})
        self.assertIn("whether the repository holds the new data could not be seen: element1, empty1, part1",
                      words_of(mail))
