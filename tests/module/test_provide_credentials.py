"""provide-credentials: two lines of agent.env in a file that only its owner reads, and nowhere else."""

import os
import subprocess
import time
import unittest

from module_scene import ModuleScene

USER, PASSWORD = "REDIS_USER=module/backup-monitor1", "REDIS_PASSWORD=shoe43-of-the-agent"
AGENT_ENV = f"PATH=/a/bin:/usr/bin\n{USER}\n{PASSWORD}\nPYTHONPATH=/a/pypkg\n"
WATCHED = ("sed", "tail", "grep", "mv", "rm")
WATCH = '#!/bin/sh\nprintf "%s " "$0" "$@" >>"$WATCHED"\ntr "\\0" "\\n" </proc/$$/environ >>"$WATCHED"\nexec /bin/{0} "$@"\n'


class Provided(ModuleScene):
    def prepare(self):
        self.create()
        self.configure()

    def setUp(self):
        super().setUp()
        self.agent_env = self.module.state / "agent.env"
        self.agent_env.write_text(AGENT_ENV)
        self.place = self.folder / self._testMethodName
        self.place.mkdir()
        self.file = self.place / "credentials"
        self.watched = self.place / "watched"

    def provide(self, **more):
        """As the unit calls it: with the user manager's environment. Returns what the file holds."""
        environment = {"PATH": f"{self.module.commands}:/usr/bin:/bin", "LANG": "C.UTF-8",
                       "WATCHED": str(self.watched)}
        self.done = subprocess.run([self.module.install / "bin/provide-credentials", self.file], check=False,
                                   cwd=self.module.state, env=environment, capture_output=True, timeout=60, **more)
        self.assertEqual((0, b""), (self.done.returncode, self.done.stdout))
        self.assertEqual(0o600, self.file.stat().st_mode & 0o777)
        self.assertEqual(["credentials"], [path.name for path in self.place.iterdir() if path != self.watched])
        return self.file.read_bytes()

    def assert_nothing(self, **more):
        """No credentials, and one line that says what to do."""
        self.assertEqual(b"", self.provide(**more))
        (line,) = self.done.stderr.decode().splitlines()
        self.assertIn("agent.env", line)
        self.assertIn("restart backup-monitor.service", line)
        self.assertNotIn("shoe43", line)

    def test_the_two_lines_and_nothing_else_and_not_a_word(self):
        self.assertEqual(f"{USER}\n{PASSWORD}\n".encode(), self.provide())
        self.assertEqual(b"", self.done.stderr)

    def test_a_value_stays_as_ns8_reads_it(self):
        for line, expected in (('REDIS_PASSWORD="shoe43"', None), ("REDIS_PASSWORD=sho=e=43=", None),
                               ("REDIS_PASSWORD= shoe '$(id)' \\ `id` %s * \t&/", None),
                               ("REDIS_PASSWORD=schuh\xfc\u20ac", None), ("REDIS_PASSWORD=-n", None),
                               ("REDIS_PASSWORD=" + "x" * 256, None),
                               ("REDIS_PASSWORD=shoe43\r", "REDIS_PASSWORD=shoe43"),
                               ("REDIS_PASSWORD=old\nREDIS_PASSWORD=shoe43", "REDIS_PASSWORD=shoe43")):
            with self.subTest(line):
                self.agent_env.write_text(f"#REDIS_PASSWORD=no\nMY_REDIS_PASSWORD=no\n{line}\n{USER}\n")
                self.assertEqual(f"{USER}\n{expected or line}\n".encode(), self.provide())
                self.assertEqual(b"", self.done.stderr)

    def test_bytes_that_are_no_text_stay_too(self):
        self.agent_env.write_bytes(f"{USER}\n".encode() + b"REDIS_PASSWORD=\xff\xfe43\n")
        self.assertEqual(f"{USER}\n".encode() + b"REDIS_PASSWORD=\xff\xfe43\n", self.provide())

    def test_a_last_line_without_its_end_counts(self):
        self.agent_env.write_text(f"{USER}\n{PASSWORD}")
        self.assertEqual(f"{USER}\n{PASSWORD}\n".encode(), self.provide())

    def test_where_one_of_them_is_missing_there_is_none_and_it_says_what_to_do(self):
        for text in ("", f"{USER}\n", f"{PASSWORD}\n", f"{USER}\nREDIS_PASSWORD=\n", f"REDIS_USER=\n{PASSWORD}\n",
                     f"{USER}\nREDIS_PASSWORD=\r\n", f"{USER}\nREDIS_PASSWORD shoe43\n",
                     f"{USER}\nREDIS_PASSWORD={'shoe43' * 50}\n"):
            with self.subTest(text):
                self.agent_env.write_text(text)
                self.assert_nothing()

    def test_where_the_file_is_missing_or_no_file_there_are_none(self):
        self.agent_env.unlink()
        self.assert_nothing()
        self.agent_env.mkdir()
        self.assert_nothing()

    @unittest.skipIf(os.geteuid(), "only root can become another user")
    def test_where_the_file_cannot_be_read_there_are_none(self):
        for path in (self.folder, self.place, self.module.install, self.module.state, self.module.state / "daemon"):
            path.chmod(0o777)
        self.agent_env.chmod(0o600)
        self.assert_nothing(user="nobody")

    def test_a_huge_file_takes_no_time(self):
        self.agent_env.write_text("JUNK=" + "x" * 50_000_000 + "\n" + "A=b\n" * 500_000 + AGENT_ENV)
        begin = time.monotonic()
        self.assertEqual(f"{USER}\n{PASSWORD}\n".encode(), self.provide())
        self.assertLess(time.monotonic() - begin, 20)

    def test_what_lay_there_before_is_replaced_and_no_link_is_followed(self):
        elsewhere = self.folder / "elsewhere"
        elsewhere.write_text("kept")
        self.file.write_text("old")
        self.file.chmod(0o644)
        (self.place / "credentials.draft").symlink_to(elsewhere)
        self.assertIn(PASSWORD.encode(), self.provide())
        self.assertEqual("kept", elsewhere.read_text())

    def test_no_other_program_gets_them_as_argument_or_in_its_environment(self):
        for name in WATCHED:
            self.module.add_command(name, WATCH.replace("{0}", name))
        self.assertIn(PASSWORD.encode(), self.provide())
        watched = self.watched.read_text()
        self.assertLessEqual(set(WATCHED), {name for name in WATCHED if f"/{name} " in watched})
        self.assertNotIn("shoe43", watched)

    def test_without_a_question_to_the_cluster_the_daemon_gets_none(self):
        self.configure(repository_check="off", read_alerts=False, read_nodes=False)
        self.assertEqual((b"", b""), (self.provide(), self.done.stderr))
        for witness in ("read_alerts", "read_nodes"):
            self.configure(repository_check="off", **{"read_alerts": False, "read_nodes": False, witness: True})
            self.assertIn(PASSWORD.encode(), self.provide())
        for check in ("failed", "all"):
            self.configure(repository_check=check)
            self.assertIn(PASSWORD.encode(), self.provide())

    def test_the_configuration_that_the_service_starts_with_counts_and_not_the_settings(self):
        """configure-module stores the settings last, when the service has become ready with them."""
        self.configure(repository_check="off", read_alerts=False, read_nodes=False)
        self.module.answer("systemctl start", 1, then=(0,))
        self.assertEqual("aborted", self.module.run("configure-module", {
            "recipients": ["a@b"], "sender": "c@d", "repository_check": "all"}).status)
        starts = [call["config"] for call in self.module.calls("systemctl") if "start" in call["arguments"]]
        for config, expected in zip(starts[-2:], (True, False), strict=True):
            (self.module.state / "daemon/config.yml").write_text(config)
            self.assertEqual(expected, PASSWORD.encode() in self.provide())

    def test_no_text_of_a_setting_looks_like_the_switch(self):
        for prefix in ("credentials_file: /x", "  credentials_file: /x", "x " * 38 + "  credentials_file: /x"):
            self.configure(repository_check="off", read_alerts=False, read_nodes=False, subject_prefix=prefix)
            self.assertEqual(b"", self.provide())

    def test_before_the_first_configuration_there_are_none(self):
        (self.module.state / "daemon/config.yml").unlink()
        self.assertEqual((b"", b""), (self.provide(), self.done.stderr))


if __name__ == "__main__":
    unittest.main()
