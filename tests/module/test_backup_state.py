"""module-dump-state and module-cleanup-state: a consistent copy of the store, or a failure that is told."""

import contextlib
import resource
import sqlite3
import stat
import subprocess
import sys
import unittest

from module_scene import IMAGEROOT, ModuleScene
from stage.processes import wait_for

DUMP, CLEAN, COPY = "bin/module-dump-state", "bin/module-cleanup-state", "store-copy/backup-monitor.db"
# Each transaction writes one row into either table, so that half a transaction would show.
WRITER = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("PRAGMA journal_mode = WAL")
store.execute("PRAGMA wal_autocheckpoint = 20")
store.executescript("CREATE TABLE a (n, text); CREATE TABLE b (n)")
for n in range(int(sys.argv[2])):
    store.execute("BEGIN")
    store.execute("INSERT INTO a VALUES (?, ?)", (n, "x" * 500))
    store.execute("INSERT INTO b VALUES (?)", (n,))
    store.execute("COMMIT")
    print(n, flush=True)
sys.stdin.read()
"""


def rows(path, table):
    store = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)  # the one file, whatever lies beside it
    try:
        return [number for (number,) in store.execute(f"SELECT n FROM {table} ORDER BY n")]
    finally:
        store.close()


class State(ModuleScene):
    def prepare(self):
        self.create()
        self.configure()

    def setUp(self):
        super().setUp()
        self.copy = self.module.state / COPY

    @property
    def store(self):
        return self.module.volume / "backup-monitor.db"

    def write(self, count):
        """Another process that writes rows, and then keeps the store open."""
        child = subprocess.Popen([sys.executable, "-c", WRITER, self.store, str(count)], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE)

        def stop():
            child.kill()
            child.wait()
            child.stdin.close()
            child.stdout.close()
        self.addCleanup(stop)
        child.stdout.readline()
        return child, stop

    def dump(self, **more):
        return self.run_program(DUMP, **more)

    def test_a_copy_made_while_the_daemon_writes_is_whole(self):
        child, _ = self.write(1_000_000)
        for _ in range(3):
            self.assert_ran(self.dump())
            told = rows(self.copy, "a")
            self.assertEqual(told, rows(self.copy, "b"))
            self.assertEqual(list(range(len(told))), told)
            self.assertTrue(told)
        self.assertIsNone(child.poll(), "the writer has ended: nothing was shown")

    def test_a_service_that_is_down_is_copied_with_what_its_log_still_holds(self):
        child, stop = self.write(5)
        for _ in range(4):
            child.stdout.readline()
        stop()
        self.assertTrue(self.store.with_name("backup-monitor.db-wal").exists())
        self.assert_ran(self.dump())
        self.assertEqual([0, 1, 2, 3, 4], rows(self.copy, "a"))

    def test_the_copy_is_one_file_for_the_owner_alone(self):
        self.write(3)
        self.assert_ran(self.dump())
        self.assertEqual([self.copy], list(self.copy.parent.iterdir()))
        self.assertEqual((0o600, 0o700), (self.module.mode(COPY), self.module.mode("store-copy")))

    def test_a_schema_that_this_node_s_sqlite_does_not_understand_is_copied_all_the_same(self):
        with contextlib.closing(sqlite3.connect(self.store)) as store:  # as STRICT is to the 3.34 of EL9
            store.execute("PRAGMA journal_mode = WAL")
            store.execute("CREATE TABLE shoe (size)")
            store.execute("PRAGMA writable_schema = ON")
            store.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE shoe (size) SHINY'")
            store.commit()
        with contextlib.closing(sqlite3.connect(self.store)) as store:
            self.assertRaises(sqlite3.DatabaseError, store.execute, "SELECT * FROM shoe")
        self.assert_ran(self.dump())
        self.assertIn(b"SHINY", self.copy.read_bytes())

    def test_the_real_daemon_s_store_is_copied_while_it_runs(self):
        self.serve()
        wait_for(self.store.exists, what="the store")
        self.assert_ran(self.dump())
        copy = sqlite3.connect(self.copy)
        self.addCleanup(copy.close)
        self.assertEqual([("ok",)], list(copy.execute("PRAGMA integrity_check")))
        self.assertTrue(list(copy.execute("SELECT name FROM sqlite_master")))

    def test_without_a_store_there_is_no_copy_and_no_failure(self):
        self.copy.parent.mkdir()
        self.copy.write_text("of last week")
        self.assertIn("there is no store yet", self.assert_ran(self.dump()).stderr)
        self.assertFalse(self.copy.exists())

    def test_a_volume_that_is_missing_is_created_and_one_that_is_there_is_used(self):
        self.assert_ran(self.dump())
        self.assertIn("volume create backup-monitor-data", self.module.said_to("podman"))
        before = len(self.module.said_to("podman"))
        self.assert_ran(self.dump())
        self.assertNotIn("volume create backup-monitor-data", self.module.said_to("podman")[before:])

    def test_a_full_disk_fails_and_leaves_no_copy_to_be_backed_up(self):
        self.write(400)[0].stdout.readline()
        self.copy.parent.mkdir()
        self.copy.write_text("of last week")
        wait_for(lambda: self.store.stat().st_size > 65_536, what="a store that is large enough")
        done = self.dump(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384)))
        self.assertNotEqual(0, done.returncode)
        self.assertFalse(self.copy.exists())

    def test_what_is_no_store_fails(self):
        self.store.write_text("shoe" * 4096)
        self.assertNotEqual(0, self.dump().returncode)
        self.assertFalse(self.copy.exists())

    def test_a_podman_that_fails_is_a_failure(self):
        self.module.answer("podman volume", 125)
        self.assertNotEqual(0, self.dump().returncode)

    def test_afterwards_everything_is_removed(self):
        self.write(3)
        self.assert_ran(self.dump())
        self.assert_ran(self.run_program(CLEAN))
        self.assertFalse(self.copy.parent.exists())
        self.assert_ran(self.run_program(CLEAN))

    def test_the_store_itself_is_left_as_it_was(self):
        self.write(3)
        mode = stat.S_IMODE(self.store.stat().st_mode)
        self.assert_ran(self.dump())
        self.assert_ran(self.run_program(CLEAN))
        self.assertTrue(self.store.exists())
        self.assertEqual(mode, stat.S_IMODE(self.store.stat().st_mode))

    def test_what_is_backed_up_is_the_copy_and_the_settings_and_no_secret(self):
        self.write(3)
        self.assert_ran(self.dump())
        lines = (IMAGEROOT / "etc/state-include.conf").read_text().split()
        self.assertEqual(["state/settings.json", "state/store-copy"], lines)
        for line in lines:
            self.assertTrue(self.module.exists(line.removeprefix("state/")), line)


if __name__ == "__main__":
    unittest.main()
