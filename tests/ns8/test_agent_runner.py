"""The stand-in for the agent: order, replacement, validation, commands, environment, events."""

import json
import pathlib
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parents[1])]

# pylint: disable=wrong-import-position
from agent_runner import find_steps
from sandbox import Sandbox
from stage.cluster import Cluster
from stage.processes import free_port

PYTHON = "#!/usr/bin/env python3\nimport agent, json, os, sys\n"


def says(text):
    return f"#!/bin/sh\nprintf %s {text}\n"


class WithModule(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="backup-monitor-agent-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.module = Sandbox(self.folder)

    def check(self, result, status, exit_code, output=None):
        self.assertEqual((status, exit_code), (result.status, result.exit_code), result.error)
        if output is not None:
            self.assertEqual(output, result.output)


class Actions(WithModule):
    def test_steps_run_in_order_of_their_names_and_their_output_is_joined(self):
        for name in ("30c", "10a", "20b"):
            self.module.add(f"actions/do-it/{name}", says(name))
        result = self.module.run("do-it")
        self.check(result, "completed", 0, "10a20b30c")
        self.assertEqual(100, result.progress)

    def test_a_step_of_the_module_replaces_the_base_step_of_that_name(self):
        base = self.folder / "base"
        for place, text in ((base, "base"), (self.module.install / "actions", "own")):
            (place / "do-it").mkdir(parents=True)
            (place / "do-it/20x").write_text(text)
        (base / "do-it/10y").write_text("base")
        found = find_steps([base, self.module.install / "actions"], "do-it")
        self.assertEqual({"10y": "base", "20x": "own"}, {name: p.read_text() for name, p in found.items()})

    def test_a_file_that_is_not_executable_is_skipped(self):
        self.module.add("actions/do-it/10a", says("a"), mode=0o644)
        self.module.add("actions/do-it/20b", says("b"))
        result = self.module.run("do-it")
        self.check(result, "completed", 0, "b")
        self.assertEqual(["20b"], result.steps)
        self.assertIn("skipped step 10a", result.error)

    def test_an_unknown_action_ends_with_8(self):
        self.check(self.module.run("do-it"), "aborted", 8)

    def test_a_failing_step_ends_the_task(self):
        self.module.add("actions/do-it/10a", "#!/bin/sh\necho why >&2\nexit 33\n")
        self.module.add("actions/do-it/20b", says("b"))
        result = self.module.run("do-it")
        self.check(result, "aborted", 33, "")
        self.assertEqual("why\n", result.error)

    def test_a_step_killed_by_a_signal_ends_with_minus_1(self):
        self.module.add("actions/do-it/10a", "#!/bin/sh\nkill -9 $$\n")
        self.check(self.module.run("do-it"), "aborted", -1)

    def test_a_step_gets_the_request_and_who_asks_for_what(self):
        self.module.add("actions/do-it/10a", PYTHON + "print(json.load(sys.stdin)['n'] + 1, os.environ["
                        "'AGENT_TASK_ACTION'], os.environ['AGENT_TASK_USER'], len(os.environ['AGENT_TASK_ID']),"
                        " os.getcwd() == os.environ['AGENT_STATE_DIR'])")
        self.check(self.module.run("do-it", {"n": 41}), "completed", 0, "42 do-it cluster 36 True\n")


class Validation(WithModule):
    def setUp(self):
        super().setUp()
        self.module.add("actions/do-it/20b", says("[]"))

    def test_a_bad_request_is_refused_before_any_step(self):
        self.module.add("actions/do-it/validate-input.json", {"required": ["n"]})
        result = self.module.run("do-it", {})
        self.check(result, "validation-failed", 10)
        self.assertEqual([{"field": "(root)", "parameter": "(root)", "value": {}, "error": "(root)_required"}],
                         result.value)
        self.assertEqual([], result.steps)

    def test_a_broken_input_schema_aborts_the_task(self):
        self.module.add("actions/do-it/validate-input.json", "{")
        self.check(self.module.run("do-it", {}), "aborted", 1)

    def test_an_output_that_is_not_as_promised_aborts_the_task(self):
        for schema in ({"type": "object"}, "{"):
            self.module.add("actions/do-it/validate-output.json", schema)
            self.check(self.module.run("do-it"), "aborted", 1, "[]")

    def test_an_output_that_is_no_json_aborts_the_task(self):
        self.module.add("actions/do-it/30c", says("x"))
        self.module.add("actions/do-it/validate-output.json", {})
        self.check(self.module.run("do-it"), "aborted", 1, "[]x")

    def test_a_good_output_passes(self):
        self.module.add("actions/do-it/validate-output.json", {"type": "array"})
        self.check(self.module.run("do-it"), "completed", 0, "[]")

    def test_a_step_that_refuses_keeps_its_exit_code_and_its_list(self):
        self.module.add("actions/do-it/10a", PYTHON + "agent.set_status('validation-failed')\n"
                        "json.dump([{'field': 'x'}], sys.stdout)\nsys.exit(4)\n")
        result = self.module.run("do-it")
        self.check(result, "validation-failed", 4)
        self.assertEqual([{"field": "x"}], result.value)

    def test_a_step_that_refuses_and_forgets_its_exit_code_ends_with_10(self):
        self.module.add("actions/do-it/10a", PYTHON + "agent.set_status('validation-failed')\n")
        result = self.module.run("do-it")
        self.check(result, "validation-failed", 10)
        self.assertEqual(["10a"], result.steps)


class Commands(WithModule):
    def test_weights_and_progress_of_a_step_are_counted(self):
        self.module.add("actions/do-it/10a", PYTHON + "agent.set_weight('10a', 0)\nagent.set_weight('20b', 3)\n")
        self.module.add("actions/do-it/20b", PYTHON + "agent.set_progress(50)\nsys.exit(3)\n")
        self.module.add("actions/do-it/30c", says("c"))
        result = self.module.run("do-it")
        self.check(result, "aborted", 3)
        self.assertEqual(37, result.progress)  # half of three quarters
        self.assertEqual(37, result.told[-1])

    def test_another_status_than_validation_failed_is_unknown(self):
        self.module.add("actions/do-it/10a", PYTHON + "agent.set_status('done')\n")
        self.assertIn("unknown command", self.module.run("do-it").error)


class Environment(WithModule):
    def setUp(self):
        super().setUp()
        self.cluster = Cluster(self.folder, free_port()).start()
        self.addCleanup(self.cluster.stop)
        self.module = Sandbox(self.folder / "with-redis", redis=self.cluster.port)

    def test_a_variable_set_by_one_step_is_there_for_the_next_and_then_in_redis(self):
        self.module.add("actions/do-it/10a", PYTHON + "agent.set_env('SHOE', 'a=b c')\n")
        self.module.add("actions/do-it/20b", PYTHON + "print(os.environ['SHOE'])\nagent.unset_env('NODE_ID')\n")
        self.cluster.redis.hset("module/backup-monitor1/environment", "STALE", "1")
        self.check(self.module.run("do-it"), "completed", 0, "a=b c\n")
        self.assertEqual({"MODULE_ID": "backup-monitor1", "SHOE": "a=b c"},
                         self.cluster.redis.hgetall("module/backup-monitor1/environment"))

    def test_it_gets_to_redis_after_a_failure_too(self):
        self.module.add("actions/do-it/10a", PYTHON + "agent.mset_env({'A': 1, 'B': 2})\nsys.exit(1)\n")
        self.module.run("do-it")
        self.assertEqual("2", self.cluster.redis.hget("module/backup-monitor1/environment", "B"))


class Events(WithModule):
    def test_a_handler_gets_the_payload_the_source_and_the_name(self):
        self.module.add("events/changed/10a",
                        '#!/bin/sh\ncat >got\necho "$AGENT_EVENT_SOURCE $AGENT_EVENT_NAME" >>got\n')
        told = self.module.event("changed", {"n": 1}, "node/1")
        self.assertEqual(("completed", ["10a"]), (told["status"], told["steps"]))
        self.assertEqual('{"n": 1}node/1 changed\n', (self.module.state / "got").read_text())
        self.assertLess(0, told["seconds"])

    def test_the_first_failing_handler_is_the_last(self):
        self.module.add("events/changed/10a", "#!/bin/sh\nexit 7\n")
        self.module.add("events/changed/20b", says("b"))
        told = self.module.event("changed", {})
        self.assertEqual(("aborted", 7, ["10a"]), (told["status"], told["exit_code"], told["steps"]))

    def test_an_event_without_handler_is_none_of_the_modules_business(self):
        self.assertEqual([], self.module.event("changed", json.dumps({}))["steps"])


if __name__ == "__main__":
    unittest.main()
