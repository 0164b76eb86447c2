"""A store that was copied from another instance: a restored or a cloned NS8 module."""

import sqlite3
import time

from scene import THREE_MODULES, Scene
from stage.daemon import Daemon
from stage.processes import wait_for


class Adopt(Scene):
    def setUp(self):
        super().setUp()
        self.begin = int(time.time())

    def copy_in_the_middle(self):
        """One run was told, one is half done, its early notice waits; then the daemon is away."""
        self.watch(THREE_MODULES, early_notice_seconds=0)
        self.cluster.write_record("1", "mail1", start=self.begin - 6000)
        self.cluster.write_record("1", "samba1", start=self.begin - 5900)
        self.record("1", "webtop1", start=self.begin - 5800)
        self.mails(1)
        self.cluster.set_smarthost(self.relay.port, enabled=False)
        self.cluster.write_record("1", "mail1", start=self.begin - 1500)
        self.record("1", "samba1", errors=1, start=self.begin - 1400)
        wait_for(lambda: self.daemon.status()["mail"]["waiting"] == 1, 20, "the early notice")
        self.daemon.stop()

    def second(self):
        """Another daemon, with a copy of the first one's store as it stands."""
        folder = self.folder / "second"
        folder.mkdir(exist_ok=True)
        daemon = self.keep(Daemon(folder, self.cluster.socket))
        source = sqlite3.connect(self.folder / "backup-monitor.db")
        target = sqlite3.connect(daemon.store)
        source.backup(target)
        source.close()
        target.close()
        return daemon

    def test_what_was_before_is_left_to_the_original_and_the_next_run_is_told(self):
        self.copy_in_the_middle()
        self.cluster.set_smarthost(self.relay.port)
        self.cluster.write_record("1", "webtop1", start=self.begin - 1300)
        self.cluster.write_record("1", "mail1", start=self.begin - 1000)
        self.daemon = daemon = self.second()

        said = daemon.run("adopt-store")

        self.assertEqual((0, ""), (said.returncode, said.stderr))
        self.assertEqual(f"adopted {daemon.store}: 1 message and 1 unfinished run left to the original, "
                         "1 run of history kept\n", said.stdout)
        daemon.start()
        self.wait_for_first_look()
        self.assert_only(1)
        self.assertEqual(["SUCCESS"], [run["outcome"] for run in daemon.get_json("/api/runs")["runs"]])
        self.assertEqual(1, daemon.status()["mail"]["failed"])
        (notice,) = daemon.get_json("/api/messages/2")["deliveries"]
        self.assertEqual("left to the instance that this store was copied from",
                         notice["attempts"][-1]["detail"])
        self.cluster.write_record("1", "mail1", start=self.begin - 300)
        self.cluster.write_record("1", "samba1", start=self.begin - 200)
        self.record("1", "webtop1", errors=1, start=self.begin - 100)
        self.assertIn("Backup partially failed", self.mails(2)[-1]["Subject"])
        self.assertEqual(["PARTIAL", "SUCCESS"],
                         [run["outcome"] for run in daemon.get_json("/api/runs")["runs"]])
        self.assert_only(2)

    def test_a_store_in_use_missing_or_damaged_is_refused(self):
        daemon = self.watch(THREE_MODULES)
        said = daemon.run("adopt-store")
        self.assertEqual(69, said.returncode)
        self.assertRegex(said.stderr, r"another backup-monitor \(process \d+\) uses")
        daemon.stop()
        daemon.store.write_bytes(b"not a database" * 500)
        said = daemon.run("adopt-store")
        self.assertEqual((65, ""), (said.returncode, said.stdout))
        self.assertIn("is not a database", said.stderr)
        daemon.store.unlink()
        said = daemon.run("adopt-store")
        self.assertEqual(69, said.returncode)
        self.assertIn("there is no store", said.stderr)
        self.assertFalse(daemon.store.exists())
