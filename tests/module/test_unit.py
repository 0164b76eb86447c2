"""The unit: what the container may and may not, as written."""

import shlex
import unittest

from module_scene import IMAGEROOT
import backup_monitor

CREDENTIALS = "%t/backup-monitor-credentials"
TEXT = (IMAGEROOT / "systemd/user/backup-monitor.service").read_text(encoding="utf-8")


def options():
    """(key, value) of each line, continuations joined."""
    lines = TEXT.replace("\\\n", " ").splitlines()
    return [tuple(line.split("=", 1)) for line in lines if "=" in line and not line.startswith("#")]


def values(key):
    return [value for name, value in options() if name == key]


class Unit(unittest.TestCase):
    def setUp(self):
        (start,) = values("ExecStart")
        self.run_arguments = shlex.split(start)

    def test_the_start_ends_when_the_daemon_says_ready(self):
        self.assertEqual((["notify"], ["all"]), (values("Type"), values("NotifyAccess")))
        self.assertIn("--sdnotify=container", self.run_arguments)

    def test_the_container_has_no_rights(self):
        for word in ("--read-only", "--cap-drop=all", "--security-opt=no-new-privileges", "--memory=256m"):
            self.assertIn(word, self.run_arguments)
        for word in self.run_arguments:
            self.assertNotRegex(word, r"privileged$|cap-add|--user|--pid|--ipc")

    def test_it_sees_one_folder_of_the_state_read_only_its_volume_and_one_file(self):
        volumes = [word for word in self.run_arguments if word.startswith(("--volume", "-v", "--mount"))]
        self.assertEqual(["--volume=./daemon:/etc/backup-monitor:ro,z",
                          "--volume=backup-monitor-data:/var/lib/backup-monitor:z",
                          f"--volume={CREDENTIALS}:{backup_monitor.CREDENTIALS}:ro,z"], volumes)
        self.assertEqual(["%E/state"], values("WorkingDirectory"))

    def test_the_environment_file_is_not_handed_to_the_container(self):
        for word in self.run_arguments:
            self.assertNotRegex(word.replace("--env=WATCHDOG_USEC", ""), r"^(--env|-e$)")

    def test_the_redis_socket_is_decided_at_every_start_and_forgotten_where_that_fails(self):
        (clean, _, _, discover) = values("ExecStartPre")
        self.assertTrue(clean.startswith("/bin/rm -f ") and clean.endswith(" %t/backup-monitor-redis.env"), clean)
        self.assertEqual("-/usr/local/bin/runagent discover-redis %t/backup-monitor-redis.env", discover)
        self.assertIn("-%t/backup-monitor-redis.env", values("EnvironmentFile"))
        self.assertIn("$REDIS_MOUNT", self.run_arguments)

    def test_the_credentials_are_provided_at_every_start_and_whatever_happens_there_is_a_file_to_mount(self):
        (_, empty, provide, _) = values("ExecStartPre")
        self.assertEqual(f"/usr/bin/install -m 600 /dev/null {CREDENTIALS}", empty)
        self.assertEqual(f"-%E/bin/provide-credentials {CREDENTIALS}", provide)  # not by runagent: see there

    def test_the_credentials_go_when_it_stops(self):
        (_, forget) = values("ExecStopPost")
        self.assertEqual(f"/bin/rm -f {CREDENTIALS} {CREDENTIALS}.draft", forget)

    def test_the_credentials_are_where_no_backup_and_no_clone_looks(self):
        self.assertTrue(CREDENTIALS.startswith("%t/"))  # not in the state directory
        self.assertEqual("state/settings.json\nstate/store-copy\n",
                         (IMAGEROOT / "etc/state-include.conf").read_text(encoding="utf-8"))

    def test_a_bad_configuration_is_not_tried_again_and_anything_else_is_with_limits(self):
        self.assertEqual((["on-failure"], ["78"], ["5min"], ["10"]),
                         tuple(values(key) for key in ("Restart", "RestartPreventExitStatus",
                                                       "StartLimitIntervalSec", "StartLimitBurst")))

    def test_a_hung_daemon_is_restarted_by_systemd_s_watchdog(self):
        self.assertEqual(["60s"], values("WatchdogSec"))
        self.assertIn("--env=WATCHDOG_USEC", self.run_arguments)

    def test_podman_s_health_check_holds_up_no_end_of_the_user_manager(self):
        self.assertEqual([], [word for word in self.run_arguments if "health" in word])

    def test_its_dependencies_are_the_ordinary_ones(self):
        for key in ("DefaultDependencies", "Conflicts", "Before", "After", "Requires", "Wants"):
            self.assertEqual([], values(key), key)

    def test_it_leaves_no_core_dump(self):
        self.assertEqual(["0"], values("LimitCORE"))

    def test_podman_gives_up_before_systemd_does(self):
        (stop,) = values("ExecStop")
        self.assertLess(int(stop.split()[-1]), int(values("TimeoutStopSec")[0].removesuffix("s")))

    def test_it_starts_with_the_user(self):
        self.assertEqual(["default.target"], values("WantedBy"))


if __name__ == "__main__":
    unittest.main()
