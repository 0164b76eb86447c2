"""Plays `systemctl --user` for the one unit of the module, with the real daemon in the container's place.

Runs in the module's state directory. $STAND_IN keeps the daemon's process id, its log and its configuration,
which is the module's with the container's paths turned into those of the test.
"""

import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

# pylint: disable=wrong-import-position
from stage.processes import is_listening, wait_for

FOLDER = pathlib.Path(os.environ["STAND_IN"])
PID = FOLDER / "daemon.pid"
STOPPING = 20  # seconds


def running():
    """The daemon's process id; None if it is not there. A zombie is not."""
    try:
        pid = int(PID.read_text(encoding="utf-8"))
        state = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (OSError, ValueError):
        return None
    return None if state == "Z" else pid


def start():
    if running():
        return 0
    text = pathlib.Path("daemon/config.yml").read_text(encoding="utf-8")
    text = text.replace("/etc/backup-monitor/", f"{os.getcwd()}/daemon/")
    store = pathlib.Path(os.environ["STAND_IN_VOLUME"]) / "backup-monitor.db"
    served = FOLDER / "served.yml"
    served.write_text(f"{text}store:\n  path: {store}\n", encoding="utf-8")
    with open(FOLDER / "daemon.log", "ab") as log:
        child = subprocess.Popen([os.environ["BACKUP_MONITOR_BINARY"], "serve", "--config", served], stdout=log,
                                 stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, close_fds=True)
    PID.write_text(str(child.pid), encoding="utf-8")
    port = int(os.environ["TCP_PORT"])
    wait_for(lambda: is_listening(port) or child.poll() is not None, what="the daemon")
    return 0 if child.poll() is None else 1


def stop():
    pid = running()
    if not pid:
        return 0
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOPPING
    while running():
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    return 0


def main(arguments):
    verb = next(word for word in arguments if not word.startswith("-"))
    if verb == "is-active":
        return 0 if running() else 3
    if verb == "start":
        return start()
    if verb == "stop" or (verb == "disable" and "--now" in arguments):
        return stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
