"""The daemon's configuration file, written for a stage."""

import json


def as_yaml(settings):
    """Sections of keys as a YAML block; each value as JSON, which YAML contains."""
    lines = []
    for section, keys in settings.items():
        lines.append(f"{section}:")
        lines += [f"  {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
    return "\n".join(lines) + "\n"


def settings(port, redis_socket, store, recipients, correlator):
    """What every test wants: quick, on loopback, everything in the scratch folder."""
    return {
        "mail": {"from": "ns8-backup-monitor@example.org", "to": list(recipients),
                 "subject_prefix": "[NS8 Backup]"},
        "receiver": {"host": "127.0.0.1", "port": port},
        "correlator": {"wait_seconds": 1, "recent_window": 3600, "early_notice_seconds": 900,
                       "reconcile_seconds": 2, "quiet_seconds": 4200, **correlator},
        "redis": {"socket": str(redis_socket)},
        "alertmanager": {"address": ""},
        "store": {"path": str(store)},
        "logging": {"level": "DEBUG"},
    }
