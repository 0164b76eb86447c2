#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: MIT
#

"""Decisions of the module's actions: values in, values out. No file, no Redis, no process, so that
tests need no node."""

import copy
import re

import backup_monitor_protection as protection
from backup_monitor_refusals import NOT_IN_A_LINE, error

CONFIG_DIR = "/etc/backup-monitor"  # where the container sees the folder `daemon`
REDIS_SOCKET = "/run/redis/redis.sock"  # where the container sees the cluster's Redis socket, if any
ALERTMANAGER = "127.0.0.1:9093"  # on the leader, without login (ns8-metrics b3af83c)
# Where the container sees what the daemon logs in to the cluster's API with. bin/provide-credentials looks
# for this line in the configuration.
CREDENTIALS = "/run/backup-monitor/agent-credentials"
_RUN_TIMEOUT = 600  # seconds that a report waits for the looks into its run's repositories, if not longer

# What configure-module knows, with what holds until somebody says otherwise. `sender` is filled in by
# default_settings(). The names are those of validator-definitions.json.
DEFAULTS = {
    "recipients": [],
    "sender": "",
    "subject_prefix": "[NS8 Backup]",
    "language": "en",
    "notify_on": "every_run",
    "wait_seconds": 30,
    "recent_window_seconds": 3600,
    "alert_names": [
        "NethServerBackupFailed",
        "BackupFailed",
        "backup_failed",
        "backup_missing",
        "NsBackupFailed",
        "NsBackupMissing",
    ],
    "log_level": "INFO",
    "repository_check": "failed",
    "repository_check_timeout": 60,
    "alert_token_required": True,
    "read_cluster_log": True,
    "read_alerts": True,
    "read_nodes": True,
    "listen": "loopback",
    **protection.DEFAULTS,
}

# The daemon's own rule of an address (src/config/address_rules.cc), so that a bad one is refused at its
# field and not by check-config: RFC 5322 section 3.2.3 atoms, RFC 5321 section 4.5.3.1 lengths.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)"
_LOCAL_PART = re.compile(rf"(?!-)(?=.{{1,64}}\Z){_ATOM}(\.{_ATOM})*")
_DOMAIN = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*")
_MOST_ADDRESS_CHARACTERS = 254


def default_settings(hostname):
    """The settings of a new instance. `hostname` is the node's full name."""
    sender = f"ns8-backup-monitor@{hostname}"
    if not is_address(sender):
        sender = "ns8-backup-monitor@localhost"
    return {**copy.deepcopy(DEFAULTS), "sender": sender}


def complete(stored, hostname):
    """What an earlier or later version stored, as this version's settings: unknown names go, missing
    ones get their default."""
    known = {name: stored[name] for name in DEFAULTS if name in stored}
    return {**default_settings(hostname), **known}


def merge(settings, request):
    """The settings after configure-module. What the request does not name stays."""
    return {**settings, **{name: request[name] for name in DEFAULTS if name in request}}


def is_address(text):
    local_part, at, domain = text.rpartition("@")
    return (
        at == "@"
        and len(text) <= _MOST_ADDRESS_CHARACTERS
        and _LOCAL_PART.fullmatch(local_part) is not None
        and _DOMAIN.fullmatch(domain) is not None
    )


def find_address_errors(request):
    """Addresses that no mail can go to or come from, and recipients named twice."""
    errors = []
    if not is_address(request["sender"]):
        errors.append(error("sender", request["sender"], "sender_is_no_address"))
    seen = set()
    for position, recipient in enumerate(request["recipients"]):
        field = f"recipients.{position}"
        if not is_address(recipient):
            errors.append(error(field, recipient, "recipient_is_no_address"))
        elif recipient.lower() in seen:
            errors.append(error(field, recipient, "recipient_is_repeated"))
        seen.add(recipient.lower())
    return errors


def find_text_errors(request):
    """A subject prefix that would break a mail's header."""
    prefix = request.get("subject_prefix", "")
    if NOT_IN_A_LINE.search(prefix):
        return [error("subject_prefix", prefix, "subject_prefix_is_not_one_line")]
    return []


def find_alert_name_errors(request):
    """Names that no alert can have, or that are there twice: the daemon tells them apart by more than case."""
    errors = []
    seen = set()
    for position, name in enumerate(request.get("alert_names", [])):
        field = f"alert_names.{position}"
        if NOT_IN_A_LINE.search(name):
            errors.append(error(field, name, "alert_name_is_not_one_line"))
        elif _lower_ascii(name) in seen:
            errors.append(error(field, name, "alert_name_is_repeated"))
        seen.add(_lower_ascii(name))
    return errors


def _lower_ascii(text):
    """As the daemon compares (src/config/text_rules.h, LowerCase)."""
    return "".join(character.lower() if character.isascii() else character for character in text)


def find_listen_errors(settings, vpn_address):
    """`vpn_address` is the node's address in the cluster VPN, empty where it has none."""
    if settings["listen"] == "vpn" and not vpn_address:
        return [error("listen", "vpn", "node_has_no_vpn_address")]
    return []


def find_plan_errors(request, exists):
    """`exists(plan)` tells whether the cluster has a plan with this id."""
    plan = request.get("plan")
    if plan is not None and not exists(plan):
        return [error("plan", plan, "plan_is_unknown")]
    return []


def request_in_progress(action):
    """What an action answers while an earlier request of its kind is still in progress."""
    return [error("request", action, "request_in_progress")]


def find_instance_errors(request, others):
    """`others` are the other instances that send mail; each would report every run."""
    if others and not request.get("force", False):
        return [error("force", " ".join(sorted(others)), "another_instance_is_enabled")]
    return []


def image_name(image_url):
    """ghcr.io/owner/backup-monitor:1.0.0 → backup-monitor"""
    return re.split(r"[:@]", image_url.rsplit("/", 1)[-1])[0]


def other_instances(environments, own_id):
    """Ids of the other instances of this module that are enabled and not held.

    `environments` maps each module of the cluster to its `module/<id>/environment`."""
    name = image_name(environments.get(own_id, {}).get("IMAGE_URL", "backup-monitor"))
    return sorted(
        module
        for module, environment in environments.items()
        if module != own_id
        and image_name(environment.get("IMAGE_URL", "")) == name
        and environment.get("BACKUP_MONITOR_MAIL") == "on"
    )


def rivals(environments, own_id):
    """Other instances that send mail and do not give way to this one. A copy with its original's UUID takes
    its place: NS8 removes the original."""
    uuid = environments.get(own_id, {}).get("MODULE_UUID", "")
    return [
        module
        for module in other_instances(environments, own_id)
        if environments[module].get("MODULE_UUID", "") != uuid
    ]


def mail_after_copy(original_mail, others_send):
    """BACKUP_MONITOR_MAIL of a restored or cloned instance: `on`, `held`, or None if the original was
    never configured. Two that send would tell everything twice."""
    if original_mail not in ("on", "held"):
        return None
    return "held" if others_send else original_mail


def original_exists(request, module_uuids, own_id):
    """Whether the instance that was restored from this request lives on.

    `module_uuids` is the HASH cluster/module_uuid. With `replace` the cluster removes the original
    when we are done (ns8-core 4f41b359, cluster/actions/restore-module)."""
    if request.get("replace", False):
        return False
    uuid = request["environment"].get("MODULE_UUID")
    return any(value == uuid for module, value in module_uuids.items() if module != own_id)


def listen_address(settings, vpn_address):
    """Where the daemon listens. A restored node without VPN falls back to loopback."""
    return vpn_address if settings["listen"] == "vpn" and vpn_address else "127.0.0.1"


def needs_cluster_api(settings):
    """Whether the daemon asks the cluster for anything by an action: what a repository holds, which alerts fire, or which
    nodes are connected."""
    return settings["repository_check"] != "off" or settings["read_alerts"] or settings["read_nodes"]


def repo_check(settings):
    """Whose repositories the daemon looks into, and with what it logs in to the cluster's API, which it does for
    alerts and nodes too. Where it has nothing to ask there, it gets no way to do it."""
    timeout = settings["repository_check_timeout"]
    # Twice: a look begins only while its whole time is left, so with just enough for one none would begin.
    limits = {"timeout": timeout, "run_timeout": max(_RUN_TIMEOUT, 2 * timeout)}
    access = {"credentials_file": CREDENTIALS} if needs_cluster_api(settings) else {}
    if settings["repository_check"] == "off":
        return {"mode": "off", **access, **limits}
    return {"mode": settings["repository_check"], "method": "cluster", **access, **limits}


_FULL_NAME = re.compile(r"(?=.{1,253}$)(?!.*\.[0-9]+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+",
                        re.ASCII | re.IGNORECASE)


def helo_name(hostname):
    """What the daemon tells mail relays as its name: the node's full name. Its container may know a bare
    one only. Empty where there is none: then the daemon gives its address."""
    return hostname if _FULL_NAME.fullmatch(hostname) else ""


# Names of a node that NS8 writes into its /etc/hosts, for what the cluster's nodes and containers ask it
# (ns8-core 4f41b359, install-finalize.sh). No public name is a single label, so no web page can have them.
_CLUSTER_NAMES = ("cluster-localnode", "cluster-leader")


def host_names(hostname):
    """What callers may call the daemon beside its address: the node's name, whole and short, and the names
    that the cluster has for it. The daemon's container may know the short one only."""
    own = (hostname, hostname.partition(".")[0])
    names = [name.lower() for name in (*own, *_CLUSTER_NAMES) if _DOMAIN.fullmatch(name)]
    return list(dict.fromkeys(names))


def daemon_config(settings, listen, port, redis_address, held, hostname=""):
    """The daemon's configuration file as a value (config/config.yml.example explains each key).
    `hostname` is the node's full name."""
    return {
        "mail": {
            "from": settings["sender"],
            "to": settings["recipients"],
            "subject_prefix": settings["subject_prefix"],
            "language": settings["language"],
            "notify_on": settings["notify_on"],
            "transport": "smarthost",
            "hold": held,
            "smtp": {"helo_name": helo_name(hostname)},
        },
        "receiver": {
            "host": listen,
            "port": port,
            "host_names": host_names(hostname),
            "token_file": f"{CONFIG_DIR}/webhook-token",
            "alert_token": settings["alert_token_required"],
        },
        "correlator": {
            "wait_seconds": settings["wait_seconds"],
            "recent_window": settings["recent_window_seconds"],
            "alert_names": settings["alert_names"],
        },
        **protection.daemon_sections(settings),
        "redis": {"socket": REDIS_SOCKET, "address": redis_address},
        "alertmanager": {"address": ALERTMANAGER if settings["read_alerts"] else ""},
        "cluster_log": {"read": settings["read_cluster_log"]},
        "nodes": {"read": settings["read_nodes"]},
        "repo_check": repo_check(settings),
        # Standard output is the journal, which NS8 keeps and shows.
        "logging": {"level": settings["log_level"], "file": ""},
    }


def host_and_port(listen, port):
    return f"[{listen}]:{port}" if ":" in listen else f"{listen}:{port}"


def webhook_url(listen, port):
    return f"http://{host_and_port(listen, port)}/alert"


def needs_token(settings, listen):
    """Beyond loopback the daemon always wants it."""
    return settings["alert_token_required"] or listen != "127.0.0.1"


def alertmanager_receiver(url, with_token):
    """A receiver to paste into an alertmanager.yml. The token itself stays out of it."""
    lines = [
        "receivers:",
        "  - name: backup-monitor",
        "    webhook_configs:",
        f"      - url: {url}",
        "        send_resolved: true",
    ]
    if with_token:
        lines += [
            "        http_config:",
            "          authorization:",
            "            credentials_file: /etc/alertmanager/backup-monitor-token",
        ]
    return "\n".join(lines) + "\n"


_LOG_LINE = re.compile(r"\d{4}-\d\d-\d\dT\S+ (debug|info|warning|error) (.*)")


def own_words(lines):
    """Why the daemon ended, from what it said: its errors without their times, and the faults of its
    configuration, which are no lines of a log. If there is none, its last line."""
    words = []
    for line in lines:
        logged = _LOG_LINE.fullmatch(line)
        if not logged:
            words.append(line)
        elif logged[1] == "error":
            words.append(logged[2])
    if not words and lines:
        words.append(lines[-1])
    return "\n".join(words)


def metrics_target(listen, port, node_id, leader_id):
    """What NS8's Prometheus, which runs on the leader, can scrape: `host:port`, or None."""
    if listen == "127.0.0.1" and node_id != leader_id:
        return None
    return host_and_port(listen, port)


def facts(settings, mail, status):
    """Counts for get-facts. No name and no address. `status` is the daemon's, None if it is away."""
    mail_state = (status or {}).get("mail", {})
    cluster = (status or {}).get("cluster", {})
    return {
        "backup_monitor_configured": int(mail is not None),
        "backup_monitor_mail_held": int(mail == "held"),
        "backup_monitor_running": int(status is not None),
        "backup_monitor_recipients": len(settings["recipients"]),
        "backup_monitor_plans": cluster.get("plans") or 0,
        "backup_monitor_modules": cluster.get("modules") or 0,
        "backup_monitor_messages_waiting": mail_state.get("waiting", 0),
        "backup_monitor_messages_failed": mail_state.get("failed", 0),
    }
