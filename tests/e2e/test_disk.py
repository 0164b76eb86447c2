"""The store's disk is full, or its file is damaged."""

import contextlib
import json
import pathlib
import sqlite3
import subprocess
import unittest

from scene import ONE_PLAN, Scene
from stage.daemon import failed_alert
from stage.processes import wait_for


class FullDisk(Scene):
    def setUp(self):
        super().setUp()
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(self.disk)],
                                 capture_output=True, text=True, check=False)
        if mounted.returncode != 0:
            raise unittest.SkipTest(f"mounting a small disk is not permitted here: {mounted.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", str(self.disk)], check=False)
        self.filler = self.disk / "filler"

    def fill(self):
        with open(self.filler, "ab", buffering=0) as file:
            for size in (65_536, 4096, 512, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"x" * size)

    def post_until(self, wanted, labels):
        """Posts alerts until one is answered so. Returns the labels that were taken."""
        taken = []
        for label in labels:
            status, body = self.daemon.alert(failed_alert(label))
            self.assertIn(status, (202, 503), body)
            if status == wanted:
                return taken + ([label] if status == 202 else [])
            if status == 202:
                taken.append(label)
        raise AssertionError(f"never answered {wanted}")

    def test_alerts_are_refused_with_503_nothing_is_half_written_and_it_heals(self):
        self.watch(ONE_PLAN, wait_seconds=0, sections={"store": {"path": str(self.disk / "monitor.db")}})
        self.daemon.alert(failed_alert("before-end"))
        self.mails(1)
        self.fill()
        taken = self.post_until(503, (f"full-{n}-end" for n in range(20_000)))
        self.assertEqual(503, self.daemon.get("/ready")[0])
        self.assertEqual(200, self.daemon.get("/health")[0])
        self.assertEqual(0, self.daemon.metric("store_usable"))
        self.assertNotEqual("", self.daemon.status()["store"]["error"])
        self.assertEqual("error", next(iter(self.daemon_error("refused-end"))))
        self.filler.unlink()

        def heals():
            return self.daemon.alert(failed_alert("after-end"))[0] == 202
        wait_for(heals, what="a 202 after there is space again")
        taken += ["before-end", "after-end"]
        wait_for(lambda: set(taken) <= set(self.subjects()), 60, "a report of each accepted alert")
        self.assertEqual(sorted(taken), sorted(self.subjects()))
        self.assertEqual("", self.daemon.status()["store"]["error"])
        self.assertEqual(200, self.daemon.get("/ready")[0])
        self.assertEqual(1, self.daemon.metric("store_usable"))
        self.daemon.stop()
        with contextlib.closing(sqlite3.connect(self.disk / "monitor.db")) as store:
            self.assertEqual([("ok",)], store.execute("PRAGMA integrity_check").fetchall())

    def daemon_error(self, label):

        status, body = self.daemon.alert(failed_alert(label))
        self.assertEqual(503, status)
        return json.loads(body)

    def subjects(self):
        words = [word for mail in self.relay.mails() for word in mail["Subject"].replace(",", " ").split()]
        return [word for word in words if word.endswith("-end")]


class MovedFile(Scene):
    def test_a_store_that_is_moved_away_takes_nothing_more_until_it_is_back(self):
        daemon = self.watch(ONE_PLAN, wait_seconds=0)
        aside = daemon.store.with_name("aside")
        daemon.store.rename(aside)
        self.assertEqual(503, daemon.alert(failed_alert("1"))[0])
        self.assertEqual(503, daemon.get("/ready")[0])
        self.assertIn("was removed or moved", daemon.status()["store"]["error"])
        daemon.get("/health")
        wait_for(lambda: "was removed or moved while the daemon uses it" in daemon.log(), what="a line in the log")
        aside.rename(daemon.store)
        wait_for(lambda: daemon.get("/ready")[0] == 200, 40, "a store that is used again")
        self.assertEqual(202, daemon.alert(failed_alert("1"))[0])
        self.mails(1)


class DamagedFile(Scene):
    def refuse(self, content, words):
        """The daemon says what is wrong, exits, and touches nothing."""
        daemon = self.make_daemon()
        store = pathlib.Path(daemon.store)
        store.write_bytes(content)
        before = self.files_of(store)
        daemon.launch()
        code = daemon.process.child.wait(20)
        self.assertEqual(69, code, daemon.log())
        self.assertIn(str(store), daemon.log())
        self.assertIn(words, daemon.log())
        self.assertEqual(content, store.read_bytes())
        self.assertEqual(before, self.files_of(store))

    @staticmethod
    def files_of(store):
        """SQLite's files; the daemon's own lock is no part of the store."""
        return sorted(path.name for path in store.parent.glob("*.db*") if path.suffix != ".lock")

    def test_a_file_that_is_no_database_is_left_as_it_is(self):
        self.refuse(b"this was once a shopping list\n" * 1000, "is not a database")

    def test_a_database_with_a_page_overwritten_is_left_as_it_is(self):
        daemon = self.watch(wait_seconds=0)
        for number in range(10):
            daemon.alert(failed_alert(f"lost-{number}"))
        self.mails(3)  # the others are in the summary of their hour
        daemon.stop()
        content = bytearray(daemon.store.read_bytes())
        middle = len(content) // 2 // 4096 * 4096
        content[middle:middle + 4096] = b"\xa5" * 4096
        daemon.store.unlink()
        self.refuse(bytes(content), "is damaged")

    def test_a_database_of_another_program_is_left_as_it_is(self):
        other = self.folder / "other.sqlite"
        with contextlib.closing(sqlite3.connect(other)) as store:
            store.execute("CREATE TABLE song (name TEXT)")
            store.commit()
        self.refuse(other.read_bytes(), "is a database of another program")
