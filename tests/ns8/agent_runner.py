#!/usr/bin/python3
"""Runs one action or one event of a module as NS8's agent does, and tells what came out as JSON.

    agent_runner.py action NAME <request      {"status", "exit_code", "output", "error", "steps", "told"}
    agent_runner.py event SOURCE NAME <payload           {"status", "exit_code", "error", "seconds", "steps"}

It stands in the agent's place: started as the module's user in AGENT_STATE_DIR, with the environment that
the agent's unit gives (AGENT_INSTALL_DIR, AGENT_STATE_DIR, AGENT_ID, the node's and the module's agent.env).
AGENT_BASEACTIONS_DIR holds the base steps. Without REDIS_PASSWORD nothing is written to Redis.

Source: ns8-core 4f41b359, core/agent/htask.go, hevent.go, models/; etc/systemd/user/agent.service.
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import asdict, dataclass, field

import gojsonschema

INPUT, OUTPUT = "validate-input.json", "validate-output.json"
COMMAND_DESCRIPTOR = 3


@dataclass
class AgentResult:
    """How a task ended. `status` is completed, aborted or validation-failed; pending if no step ran."""

    status: str = "pending"
    exit_code: int = 0
    output: str = ""
    error: str = ""
    steps: list = field(default_factory=list)  # names of the steps that were started
    told: list = field(default_factory=list)  # each progress on the way, in percent

    @property
    def progress(self):
        """How far it got."""
        return self.told[-1] if self.told else 0

    @property
    def value(self):
        """The output as the API server gives it to a caller."""
        return json.loads(self.output)


def find_steps(folders, name):
    """File name -> path of all files of the action or event; of the same name the later folder's wins."""
    found = {}
    for folder in folders:
        place = pathlib.Path(folder, name)
        if place.is_dir():
            found.update({path.name: path for path in place.iterdir() if not path.is_dir()})
    return found


def read_state(path="environment"):
    """./environment as the agent reads it before each step: lines with `=`, as they are."""
    file = pathlib.Path(path)
    if not file.exists():
        return {}
    lines = file.read_text(encoding="utf-8").split("\n")
    return dict(line.split("=", 1) for line in lines if "=" in line)


class Task:
    """One action on its way. The working directory is the module's state directory."""

    def __init__(self, name, data, user="cluster", folders=None):
        self.name, self.data, self.user = name, data, user
        install = os.environ["AGENT_INSTALL_DIR"]
        self.folders = folders or [os.environ.get("AGENT_BASEACTIONS_DIR", ""), f"{install}/actions"]
        self.definitions = f"{install}/validator-definitions.json"
        self.id = str(uuid.uuid4())
        self.result = AgentResult()
        self.weights = {}

    def run(self):
        steps = find_steps(self.folders, self.name)
        schemas = {name: steps.pop(name, None) for name in (INPUT, OUTPUT)}
        self.weights = dict.fromkeys(sorted(steps), 1)
        if not steps and not any(schemas.values()):
            self.end("aborted", 8, f"Action {self.name} is not defined\n")
        elif self.accepts(schemas[INPUT]) and all(self.take(steps[name]) for name in sorted(steps)):
            self.check_output(schemas[OUTPUT])
        if self.result.status == "running" and self.result.exit_code == 0:
            self.result.status = "completed"
        self.export_environment()
        return self.result

    def end(self, status, exit_code, error=""):
        self.result.status, self.result.exit_code = status, exit_code
        self.result.error += error
        return False

    def accepts(self, schema):
        """Whether the request passes validate-input.json, if there is one."""
        if schema is None:
            return True
        try:
            errors = gojsonschema.validate(schema, self.data, self.definitions)
        except gojsonschema.SchemaFault as fault:
            return self.end("aborted", 1, f"JSON Schema input validation aborted at step {schema}: {fault}\n")
        if errors:
            self.result.output += json.dumps(errors)
            return self.end("validation-failed", 10, f"Validation errors: {errors}\n")
        return True

    def check_output(self, schema):
        """A task whose output is not as promised has failed, whatever its steps did."""
        if schema is None:
            return
        try:
            errors = gojsonschema.validate(schema, json.loads(self.result.output), self.definitions)
        except (ValueError, gojsonschema.SchemaFault) as fault:
            self.end("aborted", 1, f"JSON Schema output validation aborted at step {schema}: {fault}\n")
            return
        if errors:
            self.end("aborted", 1, f"Validation errors: {errors}\n")

    def take(self, path):
        """Runs one step. Returns whether the next one may run."""
        if self.result.status == "pending":
            self.result.status = "running"
        reading, writing = os.pipe()
        try:
            child = start(path, writing, {
                **os.environ, **read_state(), "AGENT_COMFD": str(COMMAND_DESCRIPTOR),
                "AGENT_TASK_ID": self.id, "AGENT_TASK_ACTION": self.name, "AGENT_TASK_USER": self.user})
        except OSError as fault:  # not executable, or its interpreter is missing: skipped with a warning
            os.close(reading)
            self.result.error += f"Action {self.name} skipped step {path.name}: {fault}\n"
            return True
        finally:
            os.close(writing)
        self.result.steps.append(path.name)
        listener = threading.Thread(target=self.listen, args=(reading, path.name))
        listener.start()
        request = json.dumps(self.data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        out, err = child.communicate(request.encode())
        listener.join()
        self.result.output += out.decode(errors="replace")
        self.result.error += err.decode(errors="replace")
        return self.judge(child.returncode, path.name)

    def judge(self, exit_code, step):
        """What the agent makes of the step's end."""
        if exit_code != 0:
            failed = self.result.status == "validation-failed"
            return self.end("validation-failed" if failed else "aborted", max(exit_code, -1))
        if self.result.status == "validation-failed":
            return self.end("validation-failed", 10)
        self.set_progress(step, 100)
        return True

    def listen(self, descriptor, step):
        """Obeys the commands of a step, until every process that it started has closed the descriptor."""
        with os.fdopen(descriptor, encoding="utf-8", newline="") as channel:
            for words in csv.reader(channel, delimiter=" ", quotechar='"'):
                if words == ["set-status", "validation-failed"]:
                    self.result.status = "validation-failed"
                elif len(words) == 3 and words[0] == "set-weight" and words[1] in self.weights:
                    self.weights[words[1]] = int(words[2])
                elif len(words) == 2 and words[0] == "set-progress":
                    self.set_progress(step, int(words[1]))
                else:
                    self.result.error += f"unknown command {words}\n"

    def set_progress(self, step, percent):
        whole = 100 * sum(self.weights.values())
        before = 100 * sum(weight for name, weight in self.weights.items() if name < step)
        if whole:
            self.result.told.append((before + percent * self.weights[step]) * 100 // whole)

    def export_environment(self):
        """The agent's copy of ./environment, which every module of the cluster can read."""
        state = read_state()
        if "REDIS_PASSWORD" not in os.environ or not state:
            return
        import agent  # pylint: disable=import-outside-toplevel
        key = os.environ["AGENT_ID"] + "/environment"
        together = agent.redis_connect(privileged=True).pipeline(transaction=True)
        together.delete(key)
        together.hset(key, mapping=state)
        together.execute()


def start(path, writing, environment):
    """A step in a process group of its own, with `writing` as its descriptor 3."""
    def give_descriptor():
        os.setpgid(0, 0)
        os.dup2(writing, COMMAND_DESCRIPTOR)
    return subprocess.Popen([str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env=environment, preexec_fn=give_descriptor,
                            pass_fds=(COMMAND_DESCRIPTOR,))


def run_event(source, name, payload, folder=None):
    """The handlers of one event, up to the first that fails. Their stdout goes nowhere: nobody reads it."""
    begin = time.monotonic()
    told = {"status": "completed", "exit_code": 0, "error": "", "steps": []}
    steps = find_steps([folder or os.environ["AGENT_INSTALL_DIR"] + "/events"], name)
    environment = {**os.environ, **read_state(), "AGENT_COMFD": "2", "AGENT_EVENT_NAME": name,
                   "AGENT_EVENT_SOURCE": source}
    for step in sorted(steps):
        try:
            done = subprocess.run([str(steps[step])], input=payload, capture_output=True, env=environment,
                                  check=False)
        except OSError as fault:
            told["error"] += f"skipped step {step}: {fault}\n"
            continue
        told["steps"].append(step)
        told["error"] += (done.stdout + done.stderr).decode(errors="replace")
        if done.returncode != 0:
            told.update(status="aborted", exit_code=max(done.returncode, -1))
            break
    return {**told, "seconds": time.monotonic() - begin}


def main(arguments):
    os.chdir(os.environ["AGENT_STATE_DIR"])
    given = sys.stdin.buffer.read()
    if arguments[0] == "event":
        told = run_event(arguments[1], arguments[2], given)
    else:
        told = asdict(Task(arguments[1], json.loads(given or b"{}")).run())
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
