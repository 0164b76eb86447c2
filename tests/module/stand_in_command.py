"""Plays podman, systemctl and others for a step under test: notes each call, then answers as the test said,
or as the real command would in the good case.

    stand_in_command.py NAME ARGUMENT...      in a directory $STAND_IN

`podman run … check-config` asks the real daemon, with the container's paths turned into those of the test.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CONFIG = pathlib.Path("daemon/config.yml")


WITH_VERBS = ("podman", "systemctl")


def key_of(name, arguments):
    """By what a test names the call: `systemctl restart`, `journalctl`."""
    verb = next((word for word in arguments if not word.startswith("-")), "")
    return f"{name} {verb}" if name in WITH_VERBS else name


def note(folder, name, arguments):
    """One line for each call, with the configuration that is in place at that moment."""
    config = CONFIG.read_text(encoding="utf-8") if CONFIG.exists() else None
    with open(folder / "calls.jsonl", "a", encoding="utf-8") as log:
        log.write(json.dumps({"name": name, "arguments": arguments, "config": config}) + "\n")


def planned(folder, key):
    """The next answer that the test has prepared for this command, if any; the last one stays."""
    path = folder / "answers.json"
    answers = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if not answers.get(key):
        return None
    answer = answers[key].pop(0) if len(answers[key]) > 1 else answers[key][0]
    path.write_text(json.dumps(answers), encoding="utf-8")
    return answer


def check_config(path):
    """The real check-config, on a copy whose paths are those outside of the container."""
    sys.path.insert(0, str(HERE.parent))
    from stage.daemon import binary  # pylint: disable=import-outside-toplevel
    name = pathlib.Path(path).name
    text = pathlib.Path("daemon", name).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="check-config-") as folder:
        copy = pathlib.Path(folder, name)
        copy.write_text(text.replace("/etc/backup-monitor/", f"{os.getcwd()}/daemon/"), encoding="utf-8")
        return subprocess.run([binary(), "check-config", "--config", copy], check=False).returncode


def podman_volume(verb, volume):
    """As Podman 4.3: one that exists cannot be created again, one that does not cannot be inspected."""
    if verb == "exists":
        return 0 if volume.exists() else 1
    if (verb == "create") == volume.exists():
        return 125
    if verb == "create":
        volume.mkdir(parents=True)
    print(volume)
    return 0


def podman(folder, arguments):
    if arguments[0] == "volume":
        return podman_volume(arguments[1], folder / "volumes" / arguments[-1])
    if "check-config" in arguments:
        return check_config(arguments[-1])
    return 0


def main(name, arguments):
    folder = pathlib.Path(os.environ["STAND_IN"])
    note(folder, name, arguments)
    answer = planned(folder, key_of(name, arguments))
    if answer is not None:
        print(answer["says"], end="", flush=True)
        return answer["code"]
    return podman(folder, arguments) if name == "podman" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
