#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: MIT
#

"""Talking to the running daemon, and running its one-off commands."""

import http.client
import json
import os
import subprocess
import sys
import time
import urllib.parse

import agent
import backup_monitor
import backup_monitor_state as state

UNIT = "backup-monitor.service"


class DaemonError(Exception):
    """Says what is wrong and what to do."""


class DaemonBusy(DaemonError):
    """An earlier request of the same kind is still in progress (HTTP 429)."""


def _exchange(method, path, query=None, body=None, patience=10.0):
    """One request to the daemon's API. Returns the answer's status and its bytes."""
    listen = os.environ.get("BACKUP_MONITOR_LISTEN", "127.0.0.1")
    filled = {name: value for name, value in (query or {}).items() if value is not None}
    target = path + ("?" + urllib.parse.urlencode(filled) if filled else "")
    headers = {"Authorization": f"Bearer {state.read_token()}", "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(listen, int(os.environ["TCP_PORT"]), timeout=patience)
    try:
        connection.request(method, target, body=None if body is None else json.dumps(body), headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise _no_answer(error) from error
    finally:
        connection.close()


def _no_answer(error):
    listen = os.environ.get("BACKUP_MONITOR_LISTEN", "127.0.0.1")
    where = backup_monitor.host_and_port(listen, int(os.environ["TCP_PORT"]))
    return DaemonError(
        f"the service does not answer on {where} ({error}); is it configured and running? "
        f"See: systemctl --user status {UNIT}"
    )


def _content(method, path, code, text):
    """The JSON of an answer that is no error."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise _no_answer(error) from error
    if code >= 400:
        said = content.get("error", "error") if isinstance(content, dict) else "no answer of this service"
        kind = DaemonBusy if code == 429 else DaemonError
        raise kind(f"{method} {path}: {said} (HTTP {code})")
    return content


def ask(method, path, query=None, body=None, patience=10.0):
    """One request to the daemon's API. Returns the answer's JSON.

    Raises DaemonError if it does not answer, or answers with an error."""
    code, text = _exchange(method, path, query, body, patience)
    return _content(method, path, code, text)


def read_mail(message):
    """The bytes of a message as text, with its line ends. Raises DaemonError like ask()."""
    path = f"/api/messages/{message}.eml"
    code, mail = _exchange("GET", path)
    if code >= 400:
        _content("GET", path, code, mail)
    try:
        return mail.decode("ascii")
    except UnicodeDecodeError as error:
        # The daemon writes ASCII alone; with bytes replaced it would be a mail that nobody ever got.
        raise DaemonError(f"GET {path}: this is no mail of the service ({error})") from error


def _unless_away(path, patience):
    try:
        return ask("GET", path, patience=patience)
    except (DaemonError, FileNotFoundError):
        return None


def status(patience=3.0):
    """GET /api/status, or None while the daemon is away."""
    return _unless_away("/api/status", patience)


def overview(patience=10.0):
    """GET /api/overview, or None while the daemon is away."""
    return _unless_away("/api/overview", patience)


def _wait(read, enough, patience, pause):
    """What `read()` gives, as soon as `enough()` holds of it, else as it is when the patience ends."""
    deadline = time.monotonic() + patience
    while True:
        found = read()
        if enough(found) or time.monotonic() > deadline:
            return found
        time.sleep(pause)


def wait_for_messages(request, enough, patience=30.0, pause=0.2):
    """The messages that answer a request, as soon as `enough(messages)` holds, else as they are when
    the patience ends."""
    return _wait(lambda: ask("GET", f"/api/requests/{request}")["messages"], enough, patience, pause)


def send_again(message, wait, patience=30.0, pause=0.2):
    """Has a message sent again. Returns it, with `wait` as soon as each recipient has been tried anew, else as
    it is when the patience ends."""
    path = f"/api/messages/{message}"
    before = ask("GET", path)
    ask("POST", f"/api/send-again/{message}", body={})
    return _wait(lambda: ask("GET", path), lambda now: not wait or is_tried_since(before, now), patience, pause)


def is_settled(messages):
    """Whether each recipient has the mail, or it is known why not yet."""
    deliveries = [delivery for message in messages for delivery in message["deliveries"]]
    return bool(deliveries) and all(
        delivery["state"] != "waiting" or delivery["attempts"] for delivery in deliveries
    )


def is_tried_since(before, now):
    """The same of a message that was made due again; `before` is how it was then."""
    return all(
        delivery["state"] != "waiting" or len(delivery["attempts"]) > len(then["attempts"])
        for then, delivery in zip(before["deliveries"], now["deliveries"])
    )


def can_leave(rdb):
    """Whether mail leaves now: the cluster has a relay, and this instance does not hold its mail."""
    return agent.get_smarthost_settings(rdb)["enabled"] and os.environ.get("BACKUP_MONITOR_MAIL") == "on"


def enough(rdb):
    """When to stop waiting for what becomes of a mail: where none can leave now, as soon as it is
    written."""
    return is_settled if can_leave(rdb) else bool


def fail(error, code=3):
    """Ends a step: the task's error is what the administrator reads."""
    print(error, file=sys.stderr)
    sys.exit(code)


def run_once(*arguments, volume=False):
    """Runs one command of the daemon's program in a container of its own, as restricted as the
    service's. Returns the exit code and all that it said."""
    mounts = [f"--volume=./{state.DAEMON_DIR}:{backup_monitor.CONFIG_DIR}:ro,z"]
    if volume:
        mounts.append(f"--volume={state.VOLUME}:/var/lib/backup-monitor:z")
    command = [
        "podman", "run", "--rm", "--network=none", "--read-only", "--cap-drop=all",
        "--security-opt=no-new-privileges", "--log-driver=none",
        *mounts, os.environ["BACKUP_MONITOR_DAEMON_IMAGE"], *arguments,
    ]  # fmt: skip
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.strip()


TOO_LATE = 124  # as timeout(1)


def systemctl(*arguments, patience=60, stderr=None):
    """Returns the exit code; TOO_LATE if it takes too long."""
    try:
        return subprocess.run(
            ["systemctl", "--user", *arguments], stdout=sys.stderr, stderr=stderr, timeout=patience, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return TOO_LATE


def is_active():
    """Whether systemd runs the daemon; it may be busy with its start."""
    return systemctl("--quiet", "is-active", UNIT) == 0


_OF_CONTAINER = ("CONTAINER_NAME=backup-monitor",)
_OF_UNIT = (*_OF_CONTAINER, "+", f"_SYSTEMD_USER_UNIT={UNIT}", "+", f"USER_UNIT={UNIT}")


def _journal(since, count, *matches):
    command = [
        "journalctl", "--quiet", "--no-pager", "--output=cat", f"--since=@{since:.6f}", f"--lines={count}", *matches,
    ]  # fmt: skip
    asked = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return [line for line in asked.stdout.splitlines() if line.strip()]


def complaints(since, count=20):
    """(Why the daemon ended, by its own words; what it and its unit said), from the journal since that moment,
    oldest first. Where the daemon said nothing the first is empty."""
    said = _journal(since, count, *_OF_CONTAINER)
    return backup_monitor.own_words(said), _journal(since, count, *_OF_UNIT)
