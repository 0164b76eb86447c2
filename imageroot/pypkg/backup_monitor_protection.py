#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: MIT
#

"""Decisions on schedules, targets and exemptions: values in, values out, as in backup_monitor.py.

Each is a line: "2 Europe/Rome" (node, time zone), "1 50" (plan, hours), "web1 2027-01-31 test machine" (application,
last day, reason). When an exemption is stored, the UUID that the application then has comes after its name."""

import datetime
import re

from backup_monitor_refusals import NOT_IN_A_LINE, error

# What configure-module knows of them, with what holds until somebody says otherwise.
DEFAULTS = {"grace_minutes": 30, "node_zones": [], "recovery_targets": [], "exemptions": []}

# The daemon's own rules (src/text/zone_name.cc, src/config/read_protection.cc, read_schedule.cc), so that a wrong value
# is refused at its field and not by check-config.
_ZONE = re.compile(r"([1-9][0-9]{0,8}) +((?!/)(?!.*//)(?!.*/\Z)[A-Za-z0-9_+/-]{1,64})")
_TARGET = re.compile(r"([!-~]{1,64}) +([1-9][0-9]{0,4})")
_MOST_HOURS = 17568
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_EXEMPTION = re.compile(rf"([!-~]{{1,64}}) +(?:({_UUID}) +)?([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}) +(\S.*)")
_MOST_REASON_BYTES = 200


def _is_day(text):
    """A day that exists, not before 1970, which the daemon takes for no day at all."""
    try:
        return datetime.date.fromisoformat(text).year >= 1970
    except ValueError:
        return False


def read_zone(text):
    """(node, zone) of "2 Europe/Rome"; None for what is no such line."""
    found = _ZONE.fullmatch(text)
    return found.groups() if found else None


def read_target(text):
    """(plan, hours) of "1 50"; None for what is no such line."""
    found = _TARGET.fullmatch(text)
    if not found or int(found[2]) > _MOST_HOURS:
        return None
    return found[1], int(found[2])


def read_exemption(text):
    """(module, uuid or None, last day, reason); None for what is no such line."""
    found = _EXEMPTION.fullmatch(text)
    if not found or NOT_IN_A_LINE.search(text) or not _is_day(found[3]):
        return None
    if len(found[4].encode()) > _MOST_REASON_BYTES:
        return None
    return found.groups()


def _line_errors(request, name, read, malformed, repeated, judge=lambda entry: None):
    """Lines that `read` cannot read, that `judge` has a word against, and those whose first part is there twice."""
    errors = []
    seen = set()
    for position, text in enumerate(request.get(name, [])):
        entry = read(text)
        if entry is None:
            errors.append(error(f"{name}.{position}", text, malformed))
            continue
        word = judge(entry) or (repeated if entry[0] in seen else None)
        if word:
            errors.append(error(f"{name}.{position}", entry[0], word))
        else:
            seen.add(entry[0])
    return errors


def find_zone_errors(request):
    return _line_errors(request, "node_zones", read_zone, "node_zone_is_malformed", "node_zone_is_repeated")


def find_target_errors(request):
    return _line_errors(request, "recovery_targets", read_target, "recovery_target_is_malformed", "recovery_target_is_repeated")


def find_exemption_errors(request, module_uuids):
    """Also modules that the cluster does not have. `module_uuids` is the HASH cluster/module_uuid."""

    def judge(entry):
        return "exemption_module_is_unknown" if entry[1] is None and entry[0] not in module_uuids else None

    return _line_errors(request, "exemptions", read_exemption, "exemption_is_malformed", "exemption_is_repeated", judge)


def with_uuids(settings, module_uuids):
    """The settings, each exemption with the UUID that its application has now, if none was given: one that is
    installed again later is another application."""
    lines = []
    for text in settings["exemptions"]:
        module, uuid, until, reason = read_exemption(text)
        lines.append(f"{module} {uuid or module_uuids[module]} {until} {reason}")
    return {**settings, "exemptions": lines}


def daemon_sections(settings):
    """The sections of the daemon's configuration file."""
    exemptions = [read_exemption(text) for text in settings["exemptions"]]
    return {
        "schedule": {
            "grace_minutes": settings["grace_minutes"],
            "zones": dict(read_zone(text) for text in settings["node_zones"]),
        },
        "protection": {
            "target_hours": dict(read_target(text) for text in settings["recovery_targets"]),
            "exempt": {uuid: f"{until} {reason}" for _, uuid, until, reason in exemptions},
        },
    }
