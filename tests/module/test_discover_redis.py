"""discover-redis: the cluster's Redis socket is mounted where this user can connect to it, alone."""

import os
import socket
import unittest

from module_scene import ModuleScene

NOBODY = "nobody"


class Discovered(ModuleScene):
    def setUp(self):
        super().setUp()
        self.folder.chmod(0o755)
        self.place = self.folder / self._testMethodName
        self.place.mkdir()
        self.place.chmod(0o777)
        self.goal = self.place / "redis.env"

    def discover(self, path, **more):
        self.module.environment["BACKUP_MONITOR_REDIS_SOCKET"] = str(path)
        self.assert_ran(self.run_program("bin/discover-redis", str(self.goal), **more))
        text = self.goal.read_text()
        self.assertRegex(text, r"\AREDIS_MOUNT=\S*\n\Z")
        self.assertEqual(0o600, self.goal.stat().st_mode & 0o777)
        return text.removeprefix("REDIS_MOUNT=").strip()

    def test_a_socket_that_answers_is_mounted_and_not_its_directory(self):
        self.assertEqual(f"--volume={self.cluster.socket}:/run/redis/redis.sock", self.discover(self.cluster.socket))

    def test_without_a_socket_nothing_is_mounted(self):
        self.assertEqual("", self.discover(self.place / "redis.sock"))

    def test_a_socket_that_redis_has_left_behind_is_not_mounted(self):
        stale = self.place / "redis.sock"
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(stale))
        self.assertTrue(stale.is_socket())
        self.assertEqual("", self.discover(stale))

    def test_what_is_no_socket_is_not_mounted(self):
        file = self.place / "redis.sock"
        file.write_text("")
        self.assertEqual("", self.discover(file))
        self.assertEqual("", self.discover(self.place))

    def test_a_path_that_no_socket_can_have_is_no_fault(self):
        self.assertEqual("", self.discover("/" + "x" * 200))

    @unittest.skipIf(os.geteuid(), "only root can become another user")
    def test_a_socket_that_the_user_may_not_open_is_not_mounted(self):
        self.cluster.socket.chmod(0o755)
        self.assertEqual("", self.discover(self.cluster.socket, user=NOBODY))

    @unittest.skipIf(os.geteuid(), "only root can become another user")
    def test_a_socket_behind_a_closed_directory_is_not_mounted(self):
        closed = self.place / "closed"
        closed.mkdir(0o700)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(closed / "redis.sock"))
            server.listen()
            (closed / "redis.sock").chmod(0o777)
            self.assertEqual("", self.discover(closed / "redis.sock", user=NOBODY))
            self.assertNotEqual("", self.discover(closed / "redis.sock"))

    @unittest.skipIf(os.geteuid(), "only root can become another user")
    def test_a_socket_that_the_user_may_open_is_mounted(self):
        self.cluster.socket.chmod(0o777)
        self.assertNotEqual("", self.discover(self.cluster.socket, user=NOBODY))

    def test_each_start_decides_anew(self):
        self.discover(self.cluster.socket)
        self.assertEqual("", self.discover(self.place / "redis.sock"))


if __name__ == "__main__":
    unittest.main()
