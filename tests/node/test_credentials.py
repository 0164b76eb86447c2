"""What the daemon logs in to the cluster's API with: in one file while the service runs, and nowhere else."""

import contextlib
import json
import pathlib
import stat
import subprocess
import threading

from agent_runner import read_state
from monitor import UNIT, MonitorScene, configure, wait_until_watching
from scene import node

INSIDE = "/run/backup-monitor/agent-credentials"


def seen_in(name):
    """Every process's /proc/<id>/<name> in one text."""
    texts = []
    for path in pathlib.Path("/proc").glob(f"[0-9]*/{name}"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            texts.append(path.read_bytes())
    return b"\n".join(texts)


class Credentials(MonitorScene):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.module = cls.add_watching(repository_check="failed")
        agent_env = read_state(cls.module.state / "agent.env")
        cls.password = agent_env["REDIS_PASSWORD"]
        cls.lines = "".join(f"{name}={agent_env[name]}\n" for name in ("REDIS_USER", "REDIS_PASSWORD"))
        cls.file = cls.module.user.runtime / "backup-monitor-credentials"

    def restart(self):
        self.module.user.check("systemctl", "--user", "restart", UNIT)
        wait_until_watching(self.module)

    def test_1_they_are_in_a_file_of_the_runtime_directory_that_only_its_owner_reads(self):
        self.assertEqual(self.lines, self.file.read_text())
        status = self.file.stat()
        self.assertEqual((0o600, self.module.user.uid), (stat.S_IMODE(status.st_mode), status.st_uid))

    def test_2_the_container_sees_this_one_file_and_may_not_write_it(self):
        (shown,) = json.loads(self.module.user.check("podman", "inspect", "backup-monitor"))
        mounts = {mount["Destination"]: (mount["RW"], mount["Source"]) for mount in shown["Mounts"]}
        self.assertEqual((False, str(self.file)), mounts[INSIDE])
        self.assertNotIn(str(self.module.user.runtime), {source for _, source in mounts.values()})

    def test_3_no_argument_no_environment_and_no_inspection_has_them(self):
        password = self.password.encode()
        self.assertIn(b"serve", seen_in("cmdline"))
        self.assertNotIn(password, seen_in("cmdline"))
        self.assertNotIn(password, seen_in("environ"))
        for question in (("inspect", "backup-monitor"), ("volume", "inspect", "backup-monitor-data"),
                         ("image", "inspect", *self.module.images)):
            self.assertNotIn(self.password, self.module.user.check("podman", *question))
        self.assertNotIn(self.password, self.module.systemctl("show", UNIT))

    def test_4_while_it_starts_no_argument_has_them_either(self):
        done, seen = threading.Event(), set()

        def watch():
            while not done.is_set():
                seen.update(seen_in("cmdline").split(b"\n"))
        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            self.restart()
        finally:
            done.set()
            watcher.join()
        self.assertTrue([line for line in seen if b"provide-credentials" in line])
        self.assertTrue([line for line in seen if b"backup-monitor-credentials:" in line])  # podman's mount
        self.assertFalse([line for line in seen if self.password.encode() in line])

    def test_5_no_log_and_no_answer_of_an_action_has_them(self):
        node().journal.sync()
        said = subprocess.run(["journalctl", "-q", "-o", "export", f"--since=@{self.module.since}"], check=True,
                              capture_output=True).stdout
        self.assertIn(b"backup-monitor", said)
        self.assertNotIn(self.password.encode(), said)
        for action in ("get-configuration", "get-facts", "list-reports"):
            result = self.module.run(action, {})
            self.assertNotIn(self.password, result.output + result.error, action)
        self.assertNotIn(self.password, json.dumps(node().redis.hgetall(f"{self.module.agent_id}/environment")))

    def test_6_switched_off_the_container_gets_an_empty_file(self):
        self.assert_done(configure(self.module, repository_check="off", read_alerts=False, read_nodes=False))
        self.assertEqual("", self.file.read_text())
        self.assert_done(configure(self.module, repository_check="all", read_alerts=True))
        self.assertEqual(self.lines, self.file.read_text())

    def test_7_without_them_it_starts_and_says_what_to_do(self):
        agent_env = self.module.state / "agent.env"
        kept = agent_env.read_text()
        try:
            agent_env.write_text(kept.replace("REDIS_PASSWORD", "REDIS_PASS"))
            self.restart()
            self.assertEqual("", self.file.read_text())
            node().journal.sync()
            said = self.module.user.run("journalctl", "-q", "-o", "cat", f"--since=@{self.module.since}",
                                        "SYSLOG_IDENTIFIER=backup-monitor").stdout
            self.assertIn("no look into repositories", said)
        finally:
            agent_env.write_text(kept)
        self.restart()
        self.assertEqual(self.lines, self.file.read_text())

    def test_8_no_backup_and_no_clone_has_them_but_a_clone_has_its_own(self):
        tree = self.module.backup()
        texts = b"".join(path.read_bytes() for path in tree.rglob("*") if path.is_file())
        self.assertNotIn(self.password.encode(), texts)
        copy, result = node().clone(self.module)
        self.keep(copy)
        self.assert_done(result)
        own = (copy.user.runtime / self.file.name).read_text()
        self.assertIn(f"REDIS_USER={copy.agent_id}\n", own)
        found = subprocess.run(["grep", "-rlF", self.password, copy.user.home, copy.user.runtime], check=False,
                               capture_output=True, text=True).stdout
        self.assertEqual("", found)
        node().remove(copy)

    def test_9_when_the_service_has_stopped_they_are_gone_and_nothing_is_left_of_a_removed_one(self):
        self.module.systemctl("stop", UNIT)
        self.assertEqual([], list(self.module.user.runtime.glob("backup-monitor-credentials*")))
        found = subprocess.run(["grep", "-rlF", self.password, self.module.user.home], check=False,
                               capture_output=True, text=True).stdout.splitlines()
        self.assertEqual([str(self.module.state / "agent.env")], found)
        self.module.systemctl("start", UNIT)
        node().remove(self.module)
        self.assertEqual([], self.module.leftovers())
