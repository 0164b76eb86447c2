"""A module without a node: its folders in a scratch place, the stand-ins in PATH and PYTHONPATH, and the
caller as its user. For unit tests of steps; what needs Podman or systemd needs tests/node, or a command of
that name which the test puts into the sandbox."""

import json
import os
import pathlib
import shutil
import subprocess

from agent_runner import AgentResult, read_state

HERE = pathlib.Path(__file__).resolve().parent


class Sandbox:
    """`imageroot` is copied; without it the module is empty until add_step(). `base` takes part with NS8's
    base steps. `redis` is the port of a private Redis."""

    def __init__(self, folder, imageroot=None, base=False, redis=None, module="backup-monitor1", **variables):
        self.install = pathlib.Path(folder) / module
        self.state = self.install / "state"
        self.commands = self.install / "commands-of-the-test"
        if imageroot:
            shutil.copytree(imageroot, self.install, symlinks=True)
        for place in (self.state, self.commands):
            place.mkdir(parents=True, exist_ok=True)
        self.environment = {
            "PATH": f"{self.commands}:{self.install}/bin:{HERE}/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/bin",
            "PYTHONPATH": f"{self.install}/pypkg:{HERE}/pypkg", "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.install), "LANG": "C.UTF-8", "AGENT_ID": f"module/{module}",
            "AGENT_INSTALL_DIR": str(self.install), "AGENT_STATE_DIR": str(self.state),
            "AGENT_BASEACTIONS_DIR": str(HERE / "actions") if base else ""}
        if redis:
            self.environment.update(REDIS_ADDRESS=f"127.0.0.1:{redis}", REDIS_USER="default",
                                    REDIS_REPLICA_ADDRESS=f"127.0.0.1:{redis}", REDIS_PASSWORD="nopass")
        self.write_state(MODULE_ID=module, NODE_ID="1", **variables)

    def write_state(self, **variables):
        lines = "".join(f"{name}={value}\n" for name, value in sorted(variables.items()))
        (self.state / "environment").write_text(lines, encoding="utf-8")

    def read_state(self):
        return read_state(self.state / "environment")

    def add(self, path, text, mode=0o755):
        """A file of the module: `actions/do-it/20step`, `events/x/10handle`, `validate-input.json`."""
        file = self.install / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        file.chmod(mode)

    def add_command(self, name, text="#!/bin/sh\nexit 0\n"):
        """A command that the steps find before any other of that name."""
        self.add(f"{self.commands.name}/{name}", text)

    def run(self, action, data=None):
        return AgentResult(**self.call(json.dumps({} if data is None else data), "action", action))

    def event(self, name, payload, source="cluster"):
        text = payload if isinstance(payload, str) else json.dumps(payload)
        return self.call(text, "event", source, name)

    def call(self, given, *arguments):
        done = subprocess.run(["/usr/bin/python3", HERE / "agent_runner.py", *arguments], input=given, text=True,
                              env=self.environment, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"the agent failed:\n{done.stderr}")
        return json.loads(done.stdout)

    def python(self, program, **more):
        """A program in the module's environment, as a step would run it."""
        return subprocess.run(["/usr/bin/python3", "-c", program], text=True, capture_output=True, check=False,
                              cwd=self.state, env={**self.environment, **self.read_state(), **more})


os.umask(0o022)  # modes of the files above are part of what tests look at
