#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: MIT
#

"""What the module keeps in its state directory, and what it reads of the cluster. Steps run in the
state directory; every path here is relative to it."""

import json
import os
import secrets
import subprocess
import sys

import agent
import yaml

import backup_monitor

SETTINGS = "settings.json"
HEADER = "webhook.header"  # for `curl --header @webhook.header`
DAEMON_DIR = "daemon"  # the container sees this folder alone, read-only
CONFIG = f"{DAEMON_DIR}/config.yml"
TOKEN = f"{DAEMON_DIR}/webhook-token"
STORE_COPY = "store-copy/backup-monitor.db"
VOLUME = "backup-monitor-data"
STORE_NAME = "backup-monitor.db"

_REDIS_PATIENCE = {"socket_connect_timeout": 5, "socket_timeout": 5}


def write_file(path, text, mode=0o644):
    """Replaces a file in one step, on disk when it returns: a full disk or a power cut leaves the old
    one whole. Nobody else can read it before it has its mode."""
    draft = f"{path}.draft"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, mode)
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    os.replace(draft, path)


def hostname():
    """This node's full name; empty where it has none that can be found."""
    try:
        return agent.get_hostname()
    except (OSError, subprocess.SubprocessError):
        return ""


def candidate(path):
    """Where configure-module prepares a new version of a file. Two of these tasks may run at once."""
    return f"{path}.{os.environ.get('AGENT_TASK_ID', 'new')}"


def load_settings():
    """The stored settings, completed; the defaults where nothing was stored."""
    try:
        with open(SETTINGS, encoding="utf-8") as file:
            stored = json.load(file)
    except FileNotFoundError:
        stored = {}
    return backup_monitor.complete(stored, "" if "sender" in stored else hostname())


def save_settings(settings, path=SETTINGS):
    write_file(path, json.dumps(settings, indent=2, ensure_ascii=False) + "\n")


def renew_token():
    """A new webhook token, for the daemon and for the event handlers."""
    os.makedirs(DAEMON_DIR, mode=0o700, exist_ok=True)
    token = secrets.token_urlsafe(32)
    write_file(TOKEN, token + "\n", 0o600)
    write_file(HEADER, f"Authorization: Bearer {token}\n", 0o600)


def read_token():
    with open(TOKEN, encoding="utf-8") as file:
        return file.read().strip()


def refuse_if(errors):
    """Ends a validating step as NS8 wants it, if there is anything to refuse."""
    if errors:
        agent.set_status("validation-failed")
        json.dump(errors, sys.stdout)
        sys.exit(2)


def replica():
    """The node's own Redis, which answers while the leader is away."""
    return agent.redis_connect(use_replica=True, encoding_errors="replace", **_REDIS_PATIENCE)


def leader():
    """The leader's Redis, with the right to write what is this module's own."""
    return agent.redis_connect(privileged=True, **_REDIS_PATIENCE)


def vpn_address(rdb):
    """This node's address in the cluster VPN; empty where it has none."""
    return rdb.hget(f"node/{os.environ['NODE_ID']}/vpn", "ip_address") or ""


def plan_exists(plan):
    """In NS8's own layout, or in the compact one, which may hold a status alone."""
    return replica().exists(f"cluster/backup/{plan}", f"cluster/backup/{plan}/status") > 0


def module_uuids(rdb):
    """Of every module of the cluster."""
    return rdb.hgetall("cluster/module_uuid")


def leader_id(rdb):
    return rdb.hget("cluster/environment", "NODE_ID") or ""


def environments(rdb):
    """module/<id>/environment of every module of the cluster, in two round trips."""
    modules = sorted(rdb.hgetall("cluster/module_node"))
    pipe = rdb.pipeline(transaction=False)
    for module in modules:
        pipe.hgetall(f"module/{module}/environment")
    found = dict(zip(modules, pipe.execute()))
    # Redis has our own only after the first action has ended.
    own = {name: os.environ[name] for name in ("IMAGE_URL", "MODULE_UUID") if name in os.environ}
    found[os.environ["MODULE_ID"]] = {**found.get(os.environ["MODULE_ID"], {}), **own}
    return found


def write_config(settings, listen, held, path=CONFIG):
    """Writes the daemon's configuration for this instance's port."""
    config = backup_monitor.daemon_config(
        settings,
        listen,
        int(os.environ["TCP_PORT"]),
        os.environ.get("REDIS_REPLICA_ADDRESS", "127.0.0.1:6379"),
        held,
        hostname(),
    )
    text = yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=100)
    write_file(path, "# Written by the action configure-module; changes here are lost.\n" + text)


def set_mail(mail, listen):
    """Tells the other instances, and the next steps, where this one stands. No secret: every module
    of the cluster can read these variables."""
    agent.set_env("BACKUP_MONITOR_MAIL", mail)
    agent.set_env("BACKUP_MONITOR_LISTEN", listen)
    os.environ.update(BACKUP_MONITOR_MAIL=mail, BACKUP_MONITOR_LISTEN=listen)


def write_in_use(settings, mail, rdb):
    """Writes the configuration in use for this instance's own port and address."""
    listen = backup_monitor.listen_address(settings, vpn_address(rdb))
    write_config(settings, listen, held=mail == "held")
    set_mail(mail, listen)


def store_path():
    """Where the store is, for this user; it may not exist yet. Its volume is created if it is missing."""
    # `volume create --ignore` is not there before Podman 4.4.
    if subprocess.run(["podman", "volume", "exists", VOLUME], check=False).returncode != 0:
        subprocess.run(["podman", "volume", "create", VOLUME], check=True, stdout=subprocess.DEVNULL)
    asked = subprocess.run(
        # One that NS8 has placed on another disk is a bind mount, which only containers see at Mountpoint.
        ["podman", "volume", "inspect", '--format={{or (index .Options "device") .Mountpoint}}', VOLUME],
        check=True,
        capture_output=True,
        text=True,
    )
    return os.path.join(asked.stdout.strip(), STORE_NAME)
