"""What NS8 means by errors: it stores one number for a sum of different things (ns8-core 3.21, node/bin/run-backup).
Each row is one way in which a backup can go, with what is then in Redis and in the repository."""

import dataclasses

from repository_scene import RepositoryScene, row_of, words_of
from stage.repositories import OLD

NEW, NOTHING = 4_200_000_000, 0


@dataclasses.dataclass(frozen=True)
class Row:
    module: str
    errors: int
    size: int  # of the record: after a failure that of the old snapshot
    saved: bool  # the data of this run
    repository: str  # its kind, as in stage.repositories

    def verdict(self):
        """When its repository was looked into."""
        if not self.errors:
            return "succeeded"
        return "saved_with_errors" if self.saved else "failed"


ROWS = [
    Row("good1", 0, NEW, True, "new"),
    Row("backup1", 1, NEW, False, "old"),
    Row("never1", 2, NOTHING, False, "none"),
    Row("stats1", 1, NOTHING, True, "new"),
    Row("retention1", 1, NEW, True, "new"),
    Row("both1", 2, NOTHING, True, "new"),
    Row("unreadable1", 1, NEW, True, "partly"),
    Row("cleanup1", 1, NEW, True, "new"),
]
MODULES = [row.module for row in ROWS]
MADE = "A snapshot was made"
UNKNOWN = "which step failed is unknown"


class ErrorRows(RepositoryScene):
    """Each row is a plan of its own, so that its mail is about nothing else; and a module of plan `all`."""

    plans = {"all": ("All", MODULES), **{row.module: (row.module, [row.module]) for row in ROWS}}

    def write(self, plan, row):
        self.cluster.write_record(plan, row.module, errors=row.errors, size=row.size, start=self.begin)

    def play_each(self):
        """Every row as a run of its own: (row, its run, its module, the words of its mail)."""
        for row in ROWS:
            self.write(row.module, row)
        self.daemon.event()
        mails = [words_of(mail) for mail in self.mails(len(ROWS))]
        for row in ROWS:
            (said,) = [words for words in mails if f": {row.module} " in words.partition(" cluster ")[0]]
            run, modules = self.run_of(row.module)
            yield row, run, modules[row.module], said

    def play_all(self):
        """All rows as one run: the run, its modules and its mail."""
        for row in ROWS:
            self.write("all", row)
        self.daemon.event()
        (mail,) = self.mails(1)
        return *self.run_of("all"), mail

    def assert_claims_nothing_false(self, row, said):
        """Neither that saved data were not saved, nor that data were saved that were not."""
        claims = said.lower()
        for word in ("not saved", "nothing new", "no snapshot") if row.saved else ():
            self.assertNotIn(word, claims)
        if not row.saved:
            claims = claims.replace("not saved", "")
            for word in ("saved", "snapshot was made", "snapshot exists", "backup completed"):
                self.assertNotIn(word, claims)

    def test_each_row_is_told_as_what_it_is_where_its_repository_was_looked_into(self):
        for row in ROWS:
            self.repositories.put(row.repository, row.module)
        self.watch_and_look(self.plans)
        for row, run, module, said in self.play_each():
            with self.subTest(row.module):
                self.assertEqual(row.verdict(), module["verdict"])
                self.assertEqual({"succeeded": "SUCCESS", "failed": "REPO_FAILURE"}.get(row.verdict(), "PARTIAL"),
                                 run["outcome"])
                self.assertEqual(row.errors > 0 and row.saved, MADE in said)
                self.assertEqual(not row.saved, "Not saved." in said)
                self.assertEqual(not row.errors, "was saved without errors" in said)
                self.assertEqual(row.repository == "none", "The repository holds no snapshot at all." in said)
                self.assertEqual(row.repository == "old", "Newest data: 3 days 4 hours old" in said)
                self.assertNotIn(UNKNOWN, said)
                self.assert_claims_nothing_false(row, said)
        self.assertEqual(7, self.daemon.metric("probes_total", result="read"))

    def test_without_a_look_every_row_with_errors_is_unknown(self):
        self.watch_and_look(self.plans, mode="off")
        for row, run, module, said in self.play_each():
            with self.subTest(row.module):
                self.assertEqual(("failed", "REPO_FAILURE") if row.errors else ("succeeded", "SUCCESS"),
                                 (module["verdict"], run["outcome"]))
                self.assertEqual(row.errors > 0, UNKNOWN in said)
                self.assertNotIn(MADE, said)
                self.assertNotIn("not saved", said.lower())
                self.assertEqual(not row.errors, "was saved without errors" in said)
                self.assertIsNone(module["finding"])

    def test_a_run_of_all_rows_says_of_each_what_is_known(self):
        times = {"none": [], "old": [self.begin - OLD]}
        for row in ROWS:
            self.write_snapshots(row.module, *times.get(row.repository, [self.begin + 5]))
        self.watch_and_look(self.plans, command=["/bin/cat", f"{self.folder}/{{module}}.json"])
        run, modules, mail = self.play_all()
        self.assertEqual("PARTIAL", run["outcome"])
        self.assertEqual({row.module: row.verdict() for row in ROWS},
                         {module: found["verdict"] for module, found in modules.items()})
        said = words_of(mail)
        for sentence in ("Backup partially failed: All — 1 of 8 modules without errors", "2 of them were certainly not saved.",
                         "A snapshot exists for 5 of them."):
            self.assertIn(sentence, said)
        self.assertNotIn(UNKNOWN, said)
        for row in ROWS:
            found = row_of(row.module, mail)
            self.assertEqual(row.errors > 0 and row.saved, found.startswith(MADE), found)
            self.assertEqual(not row.saved, found.startswith("Not saved."), found)

    def test_a_run_of_all_rows_that_nobody_looked_into_claims_nothing_of_those_with_errors(self):
        self.watch_and_look(self.plans, mode="off")
        run, modules, mail = self.play_all()
        self.assertEqual("PARTIAL", run["outcome"])
        self.assertEqual({row.module: "failed" if row.errors else "succeeded" for row in ROWS},
                         {module: found["verdict"] for module, found in modules.items()})
        said = words_of(mail)
        self.assertIn("Backup partially failed: All — 1 of 8 modules without errors", said)
        self.assertIn(UNKNOWN, said)
        self.assertNotIn("not saved", said.lower())
        self.assertNotIn(MADE, said)
