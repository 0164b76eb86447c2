"""What tests of the module's steps stand on: the module's files in a sandbox, a real Redis that holds a small
cluster, and stand-ins for the commands that need a node."""

import json
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

import redis

sys.dont_write_bytecode = True  # nothing but the module itself belongs into imageroot
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
IMAGEROOT = ROOT / "imageroot"
sys.path[:0] = [str(IMAGEROOT / "pypkg"), str(HERE.parent / "ns8"), str(HERE.parent)]

# pylint: disable=wrong-import-position
from sandbox import Sandbox
from stage.cluster import Cluster
from stage.daemon import binary
from stage.processes import Process, free_port, is_listening, wait_for

IMAGE = "ghcr.io/nethserver/backup-monitor:1.0.0"
DAEMON_IMAGE = "ghcr.io/nethserver/backup-monitor-daemon:1.0.0"
COMMANDS = ("podman", "systemctl", "journalctl", "systemd-run", "hostname")
MINIMAL = {"recipients": ["admin@example.org"], "sender": "monitor@example.org"}


class Module(Sandbox):
    """One instance with its stand-ins. Paths are relative to its state directory."""

    def __init__(self, folder, redis_port, module, **variables):
        super().__init__(folder, IMAGEROOT, redis=redis_port, module=module, MODULE_UUID=f"uuid-of-{module}",
                         IMAGE_URL=IMAGE, BACKUP_MONITOR_DAEMON_IMAGE=DAEMON_IMAGE,
                         TCP_PORT=str(free_port()), **variables)
        self.stand_in = pathlib.Path(folder) / f"stand-in-{module}"
        self.stand_in.mkdir()
        self.environment.update(STAND_IN=str(self.stand_in), BACKUP_MONITOR_BINARY=binary())
        for name in COMMANDS:
            self.add_command(name, "#!/bin/sh\nexec /usr/bin/python3 "
                             f'{HERE}/stand_in_command.py {name} "$@"\n')
        self.answer("hostname", says="node.example.org\n")

    def answer(self, command, code=0, says="", then=()):
        """What a command says and with which code it ends: `systemctl restart`. `then`: codes of later calls."""
        path = self.stand_in / "answers.json"
        answers = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        answers[command] = [{"code": each, "says": says} for each in (code, *then)]
        path.write_text(json.dumps(answers), encoding="utf-8")

    def calls(self, name):
        """The calls of one command: [{"arguments": [...], "config": ...}]."""
        log = self.stand_in / "calls.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return [call for call in map(json.loads, lines) if call["name"] == name]

    def said_to(self, name):
        return [" ".join(call["arguments"]) for call in self.calls(name)]

    def read(self, path):
        return (self.state / path).read_text(encoding="utf-8")

    def exists(self, path):
        return (self.state / path).exists()

    def mode(self, path):
        return stat.S_IMODE((self.state / path).stat().st_mode)

    def files(self):
        """Content of each file of the state directory, but the agent's own."""
        return {str(path.relative_to(self.state)): path.read_bytes() for path in sorted(self.state.rglob("*"))
                if path.is_file() and not path.name.startswith((".environment", "environment"))}

    @property
    def volume(self):
        path = self.stand_in / "volumes" / "backup-monitor-data"
        path.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def port(self):
        return int(self.read_state()["TCP_PORT"])


class Kept:
    """A module and its cluster as they are now, to begin with again."""

    def __init__(self, folder, module, cluster):
        self.module, self.environment = module, dict(module.environment)
        self.redis = redis.Redis(unix_socket_path=str(cluster.socket))  # as bytes: dumps are no text
        self.place = folder / "kept"
        for part in self.parts(folder):
            shutil.copytree(part, self.place / part.name, symlinks=True)
        self.keys = {key: self.redis.dump(key) for key in self.redis.keys()}

    @staticmethod
    def parts(folder):
        return [part for part in folder.iterdir() if part.is_dir() and part.name != "kept"]

    def lay_out(self, folder):
        for part in self.parts(folder):
            shutil.rmtree(part)
        for part in self.place.iterdir():
            shutil.copytree(part, folder / part.name, symlinks=True)
        self.redis.flushall()
        for key, value in self.keys.items():
            self.redis.restore(key, 0, value)
        self.module.environment = dict(self.environment)
        return self.module


class ModuleScene(unittest.TestCase):
    """Redis runs for the whole class. What prepare() does is done once and laid out anew for each test."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="backup-monitor-m-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.cluster = Cluster(cls.folder, free_port())
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.start()
        cls.redis = cls.cluster.redis
        cls.kept = None

    def prepare(self):
        """What every test of the class begins with."""

    def setUp(self):
        if not self.kept:
            self.redis.hset("cluster/environment", "NODE_ID", "1")
            self.module = self.add_module("backup-monitor1")
            self.prepare()
            type(self).kept = Kept(self.folder, self.module, self.cluster)
        else:
            self.module = self.kept.lay_out(self.folder)

    def add_module(self, name, **variables):
        """An instance that the cluster knows, and nothing done with it yet."""
        module = Module(self.folder, self.cluster.port, name, **variables)
        self.redis.hset("cluster/module_node", name, module.read_state()["NODE_ID"])
        self.redis.hset("cluster/module_uuid", name, f"uuid-of-{name}")
        self.redis.hset(f"module/{name}/environment", mapping=module.read_state())
        return module

    def run_action(self, name, data=None, module=None):
        """An action that must complete."""
        result = (module or self.module).run(name, data)
        self.assertEqual(("completed", 0), (result.status, result.exit_code), result.error + result.output)
        return result

    def create(self, module=None):
        return self.run_action("create-module", module=module)

    def configure(self, module=None, **more):
        return self.run_action("configure-module", {**MINIMAL, **more}, module)

    def run_program(self, path, *arguments, given="", module=None, **more):
        """One program of the module by itself: a step, or a command of bin/."""
        module = module or self.module
        return subprocess.run([module.install / path, *arguments], cwd=module.state, capture_output=True,
                              input=given if isinstance(given, str) else json.dumps(given), text=True,
                              env={**module.environment, **module.read_state()}, timeout=90, check=False, **more)

    def assert_ran(self, done):
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done

    def assert_refused(self, result, *errors):
        """The task ended as validation-failed with these (field, error)."""
        self.assertEqual("validation-failed", result.status, result.error + result.output)
        self.assertNotEqual(0, result.exit_code)
        self.assertEqual(sorted(errors), sorted((told["field"], told["error"]) for told in result.value))

    def serve(self, module=None):
        """The real daemon with the module's configuration, in the container's place."""
        module = module or self.module
        outside = self.folder / "served.yml"
        text = module.read("daemon/config.yml").replace("/etc/backup-monitor/", f"{module.state}/daemon/")
        outside.write_text(f"{text}store:\n  path: {module.volume}/backup-monitor.db\n", encoding="utf-8")
        daemon = Process([binary(), "serve", "--config", outside], self.folder / "daemon.log")
        self.addCleanup(daemon.stop)
        wait_for(lambda: is_listening(module.port) or not daemon.alive(), what="the daemon")
        self.assertTrue(daemon.alive(), daemon.tail())
        return daemon
