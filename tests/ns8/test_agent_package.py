"""The stand-in package `agent` and the commands around it."""

import pathlib
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parents[1])]

# pylint: disable=wrong-import-position
from sandbox import Sandbox
from stage.cluster import Cluster
from stage.processes import free_port


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="backup-monitor-agent-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.cluster = Cluster(cls.folder, free_port()).start()
        cls.addClassCleanup(cls.cluster.stop)
        cls.module = Sandbox(cls.folder, redis=cls.cluster.port)

    def python(self, program, **more):
        return self.module.python("import agent, os, sys\n" + program, **more)

    def shows(self, expected, expression, **more):
        done = self.python(f"print({expression})", **more)
        self.assertEqual(f"{expected}\n", done.stdout, done.stderr)

    def test_assert_exp_ends_with_2_and_tells_where(self):
        done = self.python("agent.assert_exp(1)\nagent.assert_exp(0, 'no shoe')\nprint('never')")
        self.assertEqual((2, ""), (done.returncode, done.stdout))
        self.assertIn("no shoe", done.stderr)
        self.assertIn('File "<string>", line 3', done.stderr)

    def test_without_an_agent_its_commands_go_to_stderr_quoted_where_needed(self):
        done = self.python("agent.set_status('validation-failed')\nagent.set_weight('a b', 3)")
        self.assertEqual(["set-status validation-failed", 'set-weight "a b" 3'], done.stderr.splitlines())

    def test_image_names_come_from_urls_with_tag_or_digest(self):
        self.shows("samba", "agent.get_image_name_from_url('ghcr.io/nethserver/samba:v1.0.0')")
        self.shows("samba", "agent.get_image_name_from_url('ghcr.io/nethserver/samba@sha256:abc')")

    def test_agent_ids_are_resolved(self):
        self.cluster.redis.set("node/1/default_instance/mail", "mail7")
        for selector, expected in (("node", "node/1"), ("3", "node/3"), ("self", "module/backup-monitor1"),
                                   ("cluster", "cluster"), ("mail1", "module/mail1"),
                                   ("mail@node", "module/mail7"), ("mail@cluster", None)):
            with self.subTest(selector):
                self.shows(expected, f"agent.resolve_agent_id('{selector}')")

    def test_the_smarthost_is_off_until_it_is_configured(self):
        self.cluster.redis.delete("cluster/smarthost")
        self.shows("False 587 True", "*(agent.get_smarthost_settings(agent.redis_connect(use_replica=True))[k]"
                                     " for k in ('enabled', 'port', 'tls_verify'))")
        self.cluster.set_smarthost(25)
        self.shows("True 25 False", "*(agent.get_smarthost_settings(agent.redis_connect(use_replica=True))[k]"
                                    " for k in ('enabled', 'port', 'tls_verify'))")

    def test_run_helper_shows_the_command_and_passes_its_progress_on(self):
        done = self.python("p = agent.run_helper(sys.executable, '-c', 'import agent; agent.set_progress(40)',"
                           " progress_callback=agent.get_progress_callback(50, 100))\nprint(p.returncode)")
        self.assertEqual("0\n", done.stdout)
        self.assertIn("set-progress 70\n", done.stderr.replace("\r", ""))
        self.assertIn("set-progress 100\n", done.stderr.replace("\r", ""))

    def test_the_environment_keeps_its_mode_and_is_sorted(self):
        file = self.module.state / "environment"
        file.chmod(0o640)
        self.python("agent.set_env('ZEBRA', 1)\nagent.set_env('APE', 'x=y')\nagent.unset_env('NONE')")
        lines = file.read_text().splitlines()
        self.assertEqual(lines, sorted(lines))
        self.assertIn("APE=x=y", lines)
        self.assertEqual(0o640, file.stat().st_mode & 0o777)

    def test_redis_exec_runs_one_command_or_a_transaction(self):
        done = self.python("import subprocess\nsubprocess.run(['redis-exec', 'SET', 'a key', '1'], check=True)\n"
                           "subprocess.run(['redis-exec'], input='INCR \"a key\"\\nGET \"a key\"', text=True,"
                           " check=True)")
        self.assertEqual("True\n2\n2\n", done.stdout, done.stderr)

    def test_runagent_gives_the_modules_environment_in_its_state_directory(self):
        home = self.folder / "home"
        (home / ".config/state").mkdir(parents=True)
        (self.folder / "node.env").write_text("# of the node\nREDIS_ADDRESS=127.0.0.1:1\nNODE_ID=9\n")
        (home / ".config/state/agent.env").write_text(
            f"REDIS_USER=module/m1\nSTAND_IN_NODE_ENV={self.folder}/node.env\n")
        (home / ".config/state/environment").write_text("NODE_ID=2\n")
        program = ("import subprocess\nsubprocess.run(['runagent', 'sh', '-c', 'echo $AGENT_ID $NODE_ID "
                   "$REDIS_ADDRESS ${PWD##*/}'], check=True)")
        done = self.python(program, HOME=str(home))
        self.assertEqual("module/m1 2 127.0.0.1:1 state\n", done.stdout, done.stderr)


if __name__ == "__main__":
    unittest.main()
