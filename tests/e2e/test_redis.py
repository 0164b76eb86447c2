"""Redis may be away at any time, and be reached in two ways."""

import os
import pathlib
import signal
import socket
import time
import unittest

import redis as redis_client

from scene import ONE_PLAN, Scene
from stage.cluster import Cluster
from stage.daemon import failed_alert
from stage.processes import free_port, wait_for


class RedisAway(Scene):
    def leave(self):
        """Redis ends and keeps on disk what it holds."""
        self.cluster.redis.save()
        self.cluster.stop()

    def assert_away(self):
        wait_for(lambda: self.daemon.metric("redis_reachable") == 0, what="redis_reachable 0")
        cluster = self.daemon.status()["cluster"]
        self.assertFalse(cluster["reachable"])
        self.assertTrue(cluster["error"])
        self.assertEqual(200, self.daemon.get("/ready")[0])
        self.assertEqual(200, self.daemon.get("/health")[0])

    def test_away_at_start_the_daemon_is_ready_says_so_and_catches_up(self):
        self.cluster.furnish(ONE_PLAN)
        self.leave()
        daemon = self.make_daemon(sections={"redis": {"address": "127.0.0.1:1"}}).start()
        self.assert_away()
        told = daemon.get_json("/api/overview")
        self.assertEqual({None}, {told["plans"], *(told["cluster"][name] for name in ("plans", "modules", "unprotected"))})
        self.assertEqual(202, daemon.alert(failed_alert(1))[0])
        self.cluster.start()
        (mail,) = self.mails(1)
        self.assertIn("Nightly", mail["Subject"])
        self.assertEqual(1, daemon.metric("redis_reachable"))

    def test_gone_and_back_the_daemon_catches_up_with_what_happened_meanwhile(self):
        daemon = self.watch(ONE_PLAN, sections={"redis": {"address": "127.0.0.1:1"}})
        self.leave()
        daemon.event()
        self.assert_away()
        self.cluster.start()
        self.cluster.write_record("1", "mail1", errors=1)
        (mail,) = self.mails(1, patience=60)
        self.assertIn("❌ Backup failed: Nightly", mail["Subject"])
        self.assertTrue(daemon.status()["cluster"]["reachable"])
        self.wait_for_log("the cluster can be read again")

    def test_hung_and_going_on_again_it_tells_what_was_accepted_meanwhile(self):
        daemon = self.watch(ONE_PLAN, wait_seconds=0)
        self.addCleanup(self.cluster.process.signal, signal.SIGCONT)
        self.cluster.process.signal(signal.SIGSTOP)
        self.assertEqual(202, daemon.alert(failed_alert("lost"))[0])
        self.assertEqual(200, daemon.get("/ready")[0])
        self.cluster.process.signal(signal.SIGCONT)
        self.mails(1)

    def test_emptied_and_filled_again_it_tells_nothing_twice(self):
        daemon = self.watch(ONE_PLAN)
        self.record("1", "mail1", errors=1)
        self.mails(1)
        self.cluster.redis.save()
        self.cluster.redis.flushall()
        daemon.wait_for_looks()
        self.cluster.stop()  # and starts with what was saved
        self.cluster.start()
        self.assert_only(1)


class TwoWays(Scene):
    def test_by_tcp_with_an_acl_user_that_may_only_read_where_the_socket_is_absent(self):
        self.cluster.stop()
        self.cluster.port = free_port()
        self.cluster.start()
        self.cluster.furnish(ONE_PLAN)
        self.cluster.set_smarthost(self.relay.port)
        self.cluster.redis.acl_setuser(
            "monitor", enabled=True, passwords=["+acl-password"], categories=["-@all", "+@read", "+@connection"],
            keys=["cluster/*", "node/*", "module/*"])
        self.cluster.redis.execute_command("ACL", "SETUSER", "default", "resetpass", ">another")
        self.cluster.redis = redis_client.Redis(unix_socket_path=str(self.cluster.socket), password="another",
                                                decode_responses=True)
        password = self.folder / "redis-password"
        password.write_text("acl-password\n")
        self.serve(sections={"redis": {
            "socket": str(self.folder / "absent.sock"), "address": f"127.0.0.1:{self.cluster.port}",
            "username": "monitor", "password_file": str(password)}})
        self.record("1", "mail1")
        self.mails(1)

    def test_a_wrong_password_is_said_and_the_right_one_works_without_a_restart(self):
        self.cluster.furnish(ONE_PLAN)
        self.cluster.redis.acl_setuser("monitor", enabled=True, passwords=["+acl-password"],
                                       categories=["+@read", "+@connection"], keys=["*"])
        password = self.folder / "redis-password"
        password.write_text("wrong-password\n")
        daemon = self.make_daemon(sections={"redis": {"username": "monitor", "password_file": str(password)}})
        daemon.start()
        wait_for(lambda: "WRONGPASS" in daemon.status()["cluster"]["error"], what="the refusal in the status")
        password.write_text("acl-password\n")
        self.wait_for_first_look()

    def test_the_socket_is_preferred_to_tcp(self):
        folder = pathlib.Path(self.folder, "other")
        folder.mkdir()
        other = self.keep(Cluster(folder, free_port()).start())
        other.furnish({"1": ("Other", ["x1"]), "2": ("Another", ["x2"])})
        self.watch(ONE_PLAN, sections={"redis": {"address": f"127.0.0.1:{other.port}"}})
        self.assertEqual(1, self.daemon.status()["cluster"]["plans"])

    def test_where_the_socket_stops_answering_tcp_is_used(self):
        self.cluster.stop()
        self.cluster.port = free_port()
        self.cluster.start()
        self.cluster.furnish(ONE_PLAN)
        dead = self.folder / "dead.sock"
        dead.touch()
        self.serve(sections={"redis": {"socket": str(dead), "address": f"127.0.0.1:{self.cluster.port}"}})
        self.assertEqual(1, self.daemon.status()["cluster"]["plans"])


@unittest.skipUnless(os.geteuid() == 0, "a resolv.conf of its own takes a mount namespace")
class SilentNameServer(Scene):
    def test_a_name_server_that_is_silent_holds_up_neither_reload_nor_stop(self):
        silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(silent.close)
        silent.bind(("127.83.76.1", 53))
        silent.settimeout(20)
        resolv = self.folder / "resolv.conf"
        resolv.write_text("nameserver 127.83.76.1\n")
        daemon = self.make_daemon(sections={"redis": {"socket": "", "address": "redis.example.org:6379"}})
        daemon.start(wrapper=("unshare", "--mount", "sh", "-c",
                              f'mount --bind {resolv} /etc/resolv.conf && exec "$@"', "sh"))
        for end in (daemon.reload, daemon.stop):
            silent.recv(512)  # a question that nobody answers
            begin = time.monotonic()
            end()
            self.assertLess(time.monotonic() - begin, 2)
        self.assertIn("redis.example.org:6379: ", daemon.log())
