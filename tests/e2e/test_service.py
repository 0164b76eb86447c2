"""A service among others: how it ends, and what it tells who runs it."""

import os
import pathlib
import signal
import socket
import threading
import time

from scene import ONE_PLAN, Scene
from stage.daemon import failed_alert
from stage.processes import wait_for

MOST = 2.0  # seconds from the signal to the end


class Mute:
    """Takes TCP connections and never says a word."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.taken = []
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        try:
            while True:
                self.taken.append(self.socket.accept()[0])
        except OSError:
            pass

    def stop(self):
        self.socket.close()
        for connection in self.taken:
            connection.close()


class Ending(Scene):
    def assert_ends(self, number, process=None):
        """The signal ends the daemon in time, with exit code 0 and its own last word."""
        child = (process or self.daemon.process).child
        begin = time.monotonic()
        self.daemon.process.signal(number)
        code = child.wait(30)
        took = time.monotonic() - begin
        self.assertEqual(0, code)
        self.assertIn("stopped", self.daemon.log().splitlines()[-1])
        self.assertLessEqual(took, MOST)

    def test_sigterm_ends_it(self):
        self.watch()
        self.assert_ends(signal.SIGTERM)

    def test_sigint_ends_it(self):
        self.watch()
        self.assert_ends(signal.SIGINT)

    def test_it_ends_in_time_while_the_relay_hangs_and_delivers_after_the_next_start(self):
        self.relay.script(connect="hang")
        self.watch(wait_seconds=0)
        self.daemon.alert(failed_alert("lost"))
        wait_for(lambda: self.relay.events("connect"), what="a connection to the relay")
        self.assert_ends(signal.SIGTERM)
        self.relay.script()
        self.daemon.start()
        self.mails(1)

    def hanging_redis(self):
        mute = self.keep(Mute())
        self.make_daemon(wait_seconds=0, sections={"redis": {
            "socket": str(self.folder / "absent.sock"), "address": f"127.0.0.1:{mute.port}"}}).start()
        wait_for(lambda: mute.taken, what="a connection to Redis")
        return mute

    def test_it_ends_in_time_while_redis_hangs(self):
        self.hanging_redis()
        self.assert_ends(signal.SIGTERM)

    def test_it_ends_in_time_while_a_delivery_waits_for_a_redis_that_hangs(self):
        self.relay.stop()
        self.watch(wait_seconds=0)
        self.daemon.alert(failed_alert("lost"))
        self.wait_for_metric("messages_waiting", 1)
        self.daemon.kill()
        self.addCleanup(self.cluster.process.signal, signal.SIGCONT)
        self.cluster.process.signal(signal.SIGSTOP)
        self.daemon.start()
        self.assert_ends(signal.SIGTERM)

    def test_it_answers_while_redis_hangs(self):
        self.hanging_redis()
        begin = time.monotonic()
        self.assertEqual(200, self.daemon.get("/ready")[0])
        self.assertEqual(202, self.daemon.alert(failed_alert(1))[0])
        self.assertFalse(self.daemon.status()["cluster"]["reachable"])
        self.assertLessEqual(time.monotonic() - begin, MOST)
        self.daemon.kill()

    def test_it_reloads_in_time_while_redis_hangs(self):
        self.hanging_redis()
        begin = time.monotonic()
        self.daemon.reload()
        self.assertLessEqual(time.monotonic() - begin, MOST)

    def test_it_ends_in_time_with_connections_that_say_nothing(self):
        self.watch()
        for _ in range(20):
            idle = socket.create_connection(("127.0.0.1", self.daemon.port), 5)
            self.addCleanup(idle.close)
            idle.sendall(b"POST /alert HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        self.assert_ends(signal.SIGTERM)

    def test_as_process_1_of_its_own_namespace_it_ends_in_time(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number.name):
                self.cluster.furnish(ONE_PLAN)
                daemon = self.make_daemon()
                daemon.start(wrapper=("unshare", "--pid", "--fork", "--mount-proc", "--kill-child"))
                unshare = daemon.process.child
                children = pathlib.Path(f"/proc/{unshare.pid}/task/{unshare.pid}/children").read_text().split()
                self.assertEqual(1, len(children))
                self.assertIn("NSpid:\t" + children[0] + "\t1\n",
                              pathlib.Path(f"/proc/{children[0]}/status").read_text())
                begin = time.monotonic()
                os.kill(int(children[0]), number)
                code = unshare.wait(30)
                self.assertLessEqual(time.monotonic() - begin, MOST)
                self.assertEqual(0, code)


class Manager(Scene):
    def told(self, manager):
        manager.settimeout(10)
        return manager.recv(4096).decode()

    def test_it_tells_the_service_manager_when_it_is_ready_reloads_and_stops(self):
        self.cluster.furnish(ONE_PLAN)
        path = self.folder / "notify"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(str(path))
            daemon = self.make_daemon().start(env={"NOTIFY_SOCKET": str(path)})
            self.assertEqual("READY=1", self.told(manager))
            self.assertEqual(200, daemon.get("/ready")[0])
            daemon.reload()
            self.assertIn("RELOADING=1", self.told(manager))
            self.assertEqual("READY=1", self.told(manager))
            daemon.stop()
            self.assertEqual("STOPPING=1", self.told(manager))

    def test_a_port_that_is_freed_a_moment_later_is_waited_for(self):
        self.cluster.furnish(ONE_PLAN)
        with socket.socket() as before:  # as a child of a killed daemon has it, until its exec
            before.bind(("127.0.0.1", 0))
            before.listen()
            daemon = self.make_daemon(sections={"receiver": {"port": before.getsockname()[1]}}).launch()
            wait_for(lambda: "trying again" in daemon.log(), what="the first try")
        wait_for(daemon.is_ready, what="the daemon's /ready")

    def test_a_port_that_is_taken_is_said_and_the_exit_code_tells_failure(self):
        mute = self.keep(Mute())
        daemon = self.make_daemon(sections={"receiver": {"port": mute.port}}).launch()
        self.assertEqual(69, daemon.process.child.wait(20))
        self.assertIn(f"127.0.0.1:{mute.port}: Address already in use", daemon.log())
