"""How the container reaches the cluster's Redis: the socket where it can, TCP where it must."""

import json
import re

from monitor import UNIT, MonitorScene, wait_until_watching
from node import CLUSTER_STATE
from scene import node

SOCKET = CLUSTER_STATE / "redis.sock"
INSIDE = "/run/redis/redis.sock"


class RedisWays(MonitorScene):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(node().cluster.restart, socket=None)
        cls.module = cls.add_watching()

    def restart(self, **changes):
        """Redis with these settings, then the service, up to its first look."""
        node().cluster.restart(**changes)
        self.module.user.check("systemctl", "--user", "restart", UNIT)
        wait_until_watching(self.module)

    def mounts(self):
        shown = json.loads(self.module.user.check("podman", "inspect", "backup-monitor"))[0]
        return {mount["Destination"]: mount["Source"] for mount in shown["Mounts"]}

    def assert_reads(self, way):
        """The next run is reported, and what was read for that came this way: `unix` or `tcp`."""
        asked = node().new_folder() / "asked"
        watcher = node().keep(node().cluster.watch(asked))
        sent = len(self.relay.mails())
        self.back_up()
        self.mails(sent + 1)
        watcher.stop()
        ways = set(re.findall(r'\[0 ([\w.]+):\S*\] "HGETALL" "node/1/backup_status/1"', asked.read_text()))
        self.assertEqual({"unix" if way == "unix" else "127.0.0.1"}, ways)

    def test_1_without_a_socket_it_goes_by_tcp(self):
        self.assertNotIn(INSIDE, self.mounts())
        self.assert_reads("tcp")

    def test_2_with_a_socket_it_goes_through_that_and_sees_nothing_beside_it(self):
        self.restart(socket=SOCKET, socket_mode="777")
        self.assertEqual(str(SOCKET), self.mounts()[INSIDE])
        self.assertNotIn(str(CLUSTER_STATE), self.mounts().values())
        self.assert_reads("unix")

    def test_3_when_redis_restarts_the_stale_socket_gives_way_to_tcp(self):
        node().cluster.restart()
        self.assert_reads("tcp")

    def test_4_a_restarted_service_takes_the_new_socket(self):
        self.restart()
        self.assert_reads("unix")

    def test_5_a_socket_that_the_user_may_not_open_is_left_alone(self):
        self.restart(socket=SOCKET, socket_mode="700")
        self.assertNotIn(INSIDE, self.mounts())
        self.assert_reads("tcp")

    def test_6_a_file_that_is_no_live_socket_is_left_alone(self):
        node().cluster.restart(socket=None)
        SOCKET.unlink(missing_ok=True)
        SOCKET.write_text("")
        self.addCleanup(SOCKET.unlink)
        self.restart()
        self.assertNotIn(INSIDE, self.mounts())
        self.assert_reads("tcp")
