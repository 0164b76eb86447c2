"""The node itself, with a module that hardly does anything."""

import json
import os
import pathlib
import pwd
import socket
import subprocess

from scene import Scene, build_trivial, node

UNIT = """\
[Unit]
Description=Trivial
[Service]
EnvironmentFile=%E/state/environment
WorkingDirectory=%E/state
ExecStartPre=/usr/local/bin/runagent note-environment
ExecStart=/usr/bin/sleep infinity
[Install]
WantedBy=default.target
"""
FILES = {
    "bin/note-environment": "#!/bin/sh\nenv >environment-of-the-unit\n",
    "actions/configure-module/validate-input.json": json.dumps({"required": ["word"], "properties": {
        "word": {"type": "string", "minLength": 2}}}),
    "actions/configure-module/20keep": "#!/usr/bin/env python3\nimport agent, json, pathlib, sys\n"
                                       "import trivial\nword = json.load(sys.stdin)['word']\n"
                                       "pathlib.Path('word').write_text(word)\nagent.set_env('LETTERS', len(word))\n"
                                       "agent.run_helper('podman', 'volume', 'create', 'words').check_returncode()\n"
                                       "print(trivial.shout(word))\n",
    "actions/configure-module/80start": "#!/bin/sh\nexec systemctl --user enable --now trivial.service\n",
    "events/word-asked/10answer": '#!/bin/sh\ncat >asked\necho "$AGENT_EVENT_SOURCE" >>asked\n',
    "pypkg/trivial.py": "import json\n\n\ndef shout(word):\n    return json.dumps(word.upper())\n",
    "systemd/user/trivial.service": UNIT,
    "etc/state-include.conf": "state/word\nvolumes/words\n",
    "update-module.d/20migrate": "#!/bin/sh\necho 2 >version\n",
}


class Smoke(Scene):
    @classmethod
    def setUpClass(cls):
        cls.image = build_trivial(FILES)
        cls.module = cls.keep(node().add(cls.image))

    def test_1_an_instance_is_laid_out_as_ns8_does_it(self):
        self.assertEqual("bm-trivial1", self.module.id)
        self.assertEqual(0o700, self.module.user.home.stat().st_mode & 0o777)
        self.assertEqual(str(self.module.port), self.module.environment()["TCP_PORT"])
        copy = node().redis.hgetall("module/bm-trivial1/environment")
        self.assertEqual(self.module.environment(), copy)
        self.assertNotIn("REDIS_PASSWORD", copy)
        self.assertTrue(node().redis.sismember("module/bm-trivial1/roles/selfadm", "configure-module"))

    def test_2_an_action_runs_as_the_module(self):
        result = self.module.run("configure-module", {"word": "w"})
        self.assertEqual(("validation-failed", 10, "word_string_gte"),
                         (result.status, result.exit_code, result.value[0]["error"]))
        self.assert_done(self.module.run("configure-module", {"word": "shoe"}), "SHOE")
        self.assertEqual("4", node().redis.hget("module/bm-trivial1/environment", "LETTERS"))
        self.assertEqual("active", self.module.systemctl("is-active", "trivial.service"))
        noted = (self.module.state / "environment-of-the-unit").read_text()
        self.assertIn(f"REDIS_REPLICA_ADDRESS=127.0.0.1:{node().cluster.port}\n", noted)
        self.assertIn("AGENT_ID=module/bm-trivial1\n", noted)

    def test_3_an_event_reaches_its_handler(self):
        told = node().tell("word-asked", {"n": 1}, "node/1")["bm-trivial1"]
        self.assertEqual(("completed", ["10answer"]), (told["status"], told["steps"]))
        self.assertEqual('{"n": 1}node/1\n', (self.module.state / "asked").read_text())

    def test_4_a_restart_of_the_user_manager_brings_the_service_back(self):
        self.module.restart_user_manager()
        self.assertEqual("active", self.module.systemctl("is-active", "trivial.service"))

    def test_5_redis_lets_the_module_write_only_what_is_its_own(self):
        program = ("import agent, redis\nrdb = agent.redis_connect(privileged=True)\n"
                   "rdb.set('module/bm-trivial1/x', 1)\n"
                   "for wish in (lambda: rdb.set('cluster/ui_name', 'x'), lambda: rdb.get('private/x'),\n"
                   "             lambda: agent.redis_connect().set('module/bm-trivial1/x', 1)):\n"
                   "    try:\n        wish()\n        print('allowed')\n"
                   "    except redis.exceptions.NoPermissionError:\n        print('refused')\n")
        self.assertEqual("refused\n" * 3, self.module.command("/usr/bin/python3", "-c", program))

    def test_6_a_backup_comes_back_in_another_instance(self):
        self.module.command("sh", "-c", "printf stays >unlisted")
        node().redis.set("module/bm-trivial1/ui_name", "Shoes")
        tree = self.module.backup()
        copy, result = node().restore(tree)
        self.keep(copy)
        self.assert_done(result)
        self.assertEqual("shoe", (copy.state / "word").read_text())
        self.assertFalse((copy.state / "unlisted").exists())
        self.assertEqual(["words"], copy.volumes())
        self.assertEqual("Shoes", node().redis.get(f"module/{copy.id}/ui_name"))
        self.assertNotEqual(self.module.uuid, copy.uuid)
        node().remove(copy)
        self.assertEqual([], copy.leftovers())

    def test_7_a_clone_has_everything_and_runs(self):
        copy, result = node().clone(self.module)
        self.keep(copy)
        self.assert_done(result)
        self.assertEqual("stays", (copy.state / "unlisted").read_text())
        self.assertEqual(copy.id, copy.environment()["MODULE_ID"])
        self.assertEqual("4", copy.environment()["LETTERS"])
        for module in (copy, self.module):
            self.assertEqual("active", module.systemctl("is-active", "trivial.service"))
        node().remove(copy)

    def test_8_an_update_runs_the_modules_scripts(self):
        newer = build_trivial({**FILES, "bin/new": "#!/bin/sh\n", "bin/note-environment": "#!/bin/sh\n"}, tag="1.1.0")
        self.assert_done(self.module.update(newer))
        self.assertEqual("2\n", (self.module.state / "version").read_text())
        self.assertEqual(newer, self.module.environment()["IMAGE_URL"])
        self.assertEqual(self.image, self.module.environment()["PREV_IMAGE_URL"])

    def test_9_removed_it_leaves_nothing(self):
        with socket.create_server(("127.0.0.1", self.module.port)):
            found = self.module.leftovers()  # every kind of trace is seen while the module is there
        for trace in ("process ", "folder ", "/etc/subuid", "/etc/passwd", "port ", "Redis key ",
                      "Redis field ", "Redis user "):
            self.assertTrue(any(line.startswith(trace) for line in found), (trace, found))
        node().remove(self.module)
        self.assertEqual([], self.module.leftovers())


class Refused(Scene):
    def test_an_image_without_a_page_cannot_be_installed(self):
        image = build_trivial({}, name="bm-pageless", page=False)
        with self.assertRaises(subprocess.CalledProcessError):
            node().add(image)
        self.assertEqual([], [name for name in node().modules if name.startswith("bm-pageless")])

    def test_a_failing_create_module_takes_the_instance_off_the_node(self):
        image = build_trivial({"actions/create-module/20x": "#!/bin/sh\nexit 9\n"}, name="bm-failing")
        with self.assertRaisesRegex(RuntimeError, "create-module of bm-failing1"):
            node().add(image)
        self.assertFalse(any(user == "module/bm-failing1" for user in node().cluster.users()))


class Strangers(Scene):
    """Files and processes that bear a module's user number although they are not the module's."""

    def setUp(self):
        # useradd(8) gives the number after the highest that is in use.
        taken = [entry.pw_uid for entry in pwd.getpwall() if 1000 <= entry.pw_uid < 60000]
        self.uid = max(taken, default=999) + 1
        self.folder = node().new_folder()
        self.before = self.file("before")
        self.process = subprocess.Popen(["sleep", "300"], user=self.uid)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)

    def file(self, name):
        path = pathlib.Path(self.folder, name)
        path.touch()
        os.chown(path, self.uid, -1)
        return path

    def test_what_was_there_before_is_no_leftover_and_stays(self):
        module = self.keep(node().add(build_trivial({"bin/nothing": "#!/bin/sh\n"}, name="bm-stranger")))
        self.assertEqual(self.uid, module.user.uid)
        written = self.file("written")
        found = module.leftovers()
        self.assertIn(f"file {written}", found)
        self.assertNotIn(f"file {self.before}", found)
        node().remove(module)
        self.assertEqual([f"file {written}"], module.leftovers())
        self.assertIsNone(self.process.poll())
