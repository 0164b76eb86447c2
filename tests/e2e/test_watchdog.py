"""The service manager's watchdog hears from the daemon as long as it makes progress, and only then."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import time
import unittest

from scene import ONE_PLAN, Scene
from stage.hanging import hung_thread
from stage.processes import Process, wait_for

TIMEOUT = 2.0  # seconds: WATCHDOG_USEC; a thread may be silent for twice that


class Manager:
    """A service manager's end of the notifications."""

    def __init__(self, path):
        self.path = path
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def environment(self, timeout):
        return {"NOTIFY_SOCKET": str(self.path), "WATCHDOG_USEC": str(int(timeout * 1e6))}

    def heard(self, patience):
        """The next word from the daemon; None if it says nothing for so long."""
        self.socket.settimeout(patience)
        try:
            return self.socket.recv(4096).decode()
        except TimeoutError:
            return None

    def hear_out(self):
        """What it has said until now is forgotten."""
        self.socket.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                self.socket.recv(4096)


class Watchdog(Scene):
    def setUp(self):
        super().setUp()
        self.cluster.furnish(ONE_PLAN)
        self.manager = self.enterContext(Manager(self.folder / "notify"))
        self.make_daemon().start(env=self.manager.environment(TIMEOUT))
        self.wait_for_first_look()

    def assert_alive(self):
        self.manager.hear_out()
        for _ in range(3):
            self.assertEqual("WATCHDOG=1", self.manager.heard(TIMEOUT))

    def assert_silent(self):
        """The manager's own patience ends without a word."""
        begin = time.monotonic()
        while self.manager.heard(TIMEOUT) is not None:
            self.assertLess(time.monotonic() - begin, 4 * TIMEOUT)

    def test_it_answers_at_half_the_time_that_the_manager_waits(self):
        self.assertEqual("READY=1", self.manager.heard(5))
        self.manager.hear_out()
        self.manager.heard(TIMEOUT)
        begin = time.monotonic()
        for _ in range(4):
            self.assertEqual("WATCHDOG=1", self.manager.heard(TIMEOUT))
        self.assertAlmostEqual(4 * TIMEOUT / 2, time.monotonic() - begin, delta=TIMEOUT / 2)

    def test_a_daemon_that_is_stopped_dead_says_nothing(self):
        self.assert_alive()
        self.daemon.process.signal(signal.SIGSTOP)
        self.manager.hear_out()
        self.assertIsNone(self.manager.heard(TIMEOUT))
        self.daemon.process.signal(signal.SIGCONT)
        self.assert_alive()

    @unittest.skipIf(os.geteuid() != 0, "only root may stop a thread of a daemon that cannot be traced")
    def test_one_hung_thread_is_enough_to_say_nothing(self):
        for name, words in (("worker", "the worker"), ("committer", "the inbox"), ("http", "the HTTP server")):
            with self.subTest(name):
                self.assert_alive()
                with hung_thread(self.daemon.process.child.pid, name):
                    self.assert_silent()
                    self.wait_for_log(f"{words} has made no progress for")
                self.wait_for_log(f"{words} makes progress again")


class Patience(Scene):
    def test_redis_that_hangs_is_no_hung_daemon(self):
        """The longest wait of the worker, 15 s, is less than the time that a thread may be silent."""
        timeout = 10.0
        with Manager(self.folder / "notify") as manager:
            self.cluster.furnish(ONE_PLAN)
            self.make_daemon().start(env=manager.environment(timeout))
            self.wait_for_first_look()
            self.cluster.process.signal(signal.SIGSTOP)
            self.addCleanup(self.cluster.process.signal, signal.SIGCONT)
            self.daemon.event()
            manager.hear_out()
            for _ in range(6):
                self.assertEqual("WATCHDOG=1", manager.heard(timeout))
            self.assertFalse(self.daemon.status()["cluster"]["reachable"])


class Secrets(Scene):
    def test_no_core_dump_holds_them_and_no_process_of_the_same_user_reads_them(self):
        # Root as on the host, and in the container, where CAP_SYS_PTRACE is in neither's hands.
        bare = ("setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace")
        other = self.keep(Process([*bare, "sleep", "60"], self.folder / "other.log"))
        wait_for(lambda: pathlib.Path(f"/proc/{other.child.pid}/comm").read_text() == "sleep\n", what="sleep")
        self.cluster.furnish(ONE_PLAN)
        daemon = self.make_daemon().start(wrapper=bare)
        limits = pathlib.Path(f"/proc/{daemon.process.child.pid}/limits").read_text()
        self.assertRegex(limits, r"(?m)^Max core file size +0 +0 ")
        for process, readable in ((other, True), (daemon.process, False)):
            # What it has open is asked for with the same right as its memory: proc(5), PTRACE_MODE_READ.
            read = subprocess.run([*bare, "readlink", f"/proc/{process.child.pid}/fd/0"], capture_output=True,
                                  check=False)
            self.assertEqual(readable, read.returncode == 0, read.stderr)
