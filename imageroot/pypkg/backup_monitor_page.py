#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: MIT
#

"""What the module's page shows, put together from what the daemon and the cluster say."""

import backup_monitor

# What the daemon tells of itself in GET /api/overview, and of each plan; null where it does not.
_OF_DAEMON = ("version", "cluster", "triggers", "probes", "witnesses", "store", "deliveries", "plans", "recovery",
              "nodes", "alert_contradictions", "history_error")
MOST_RESULTS = 100_000  # some 10 MB of a task's output, which the cluster's Redis keeps for hours
_OF_RESULT = ("run", "verdict", "without_snapshot", "rank", "size_bytes", "seconds")
_OF_PLAN = ("run", "newest_data", "newest_data_unix", "oldest_module", "without_data", "failures_in_row")


def overview(told, smarthost, configured, active):
    """How everything stands. `told` is GET /api/overview, None while the daemon is away; `active`: systemd
    runs it."""
    if not isinstance(told, dict) or "plans" not in told:  # somebody else listens on the port
        told = {}
    service = {"configured": configured, "active": active, "answers": bool(told)}
    answer = {"service": service, **{name: told.get(name) for name in _OF_DAEMON}}
    if answer["plans"] is not None:
        answer["plans"] = [{**dict.fromkeys(_OF_PLAN), **plan} for plan in told["plans"]]
    host = smarthost["host"]
    answer["mail"] = {
        **{"held": None, "waiting": None, "failed": None, "refused": None, "refusal": "", "error": "",
           **told.get("mail", {})},
        "relay": backup_monitor.host_and_port(host, smarthost["port"]) if host else "",
        "relay_enabled": smarthost["enabled"],
    }
    return answer


def newest_results(ask, plan, most_runs):
    """(runs, results, whether older runs are left out that were asked for), newest first.

    The daemon answers in pages of whole runs; `ask(query)` gives one page of GET /api/results. No further page
    is asked for when there are MOST_RESULTS."""
    runs, results = [], []
    before = None
    while True:
        told = ask({"plan": plan, "limit": most_runs - len(runs), "before": before})
        runs += told["runs"]
        results += told["results"]
        before = told["next_before"]
        if before is None or len(runs) >= most_runs:
            return runs, results, False
        if len(results) >= MOST_RESULTS or not told["runs"]:
            return runs, results, True


def by_module(results, ui_names):
    """The daemon's flat list of results, newest run first, as one entry per module: first those whose newest
    verdict is worst, then those that had the most problems."""
    modules = {}
    for result in results:
        name = result["module"]
        # In its newest run a module is where it is now.
        entry = modules.setdefault(
            name,
            {"module": name, "ui_name": ui_names.get(name, ""), "node": result["node"], "results": []},
        )
        entry["results"].append({key: result[key] for key in _OF_RESULT})
    return sorted(modules.values(), key=_trouble)


def _trouble(entry):
    """Sorts the worst first, by the daemon's rank: 0 is good. An application without a verdict yet says nothing."""
    known = [result["rank"] for result in entry["results"] if result["verdict"] is not None]
    newest = known[0] if known else -1
    return -newest, -sum(rank > 0 for rank in known), entry["module"]


def ui_names(rdb, modules):
    """Names that people gave to modules, in one round trip. What is no text there is no name."""
    modules = sorted(modules)
    pipe = rdb.pipeline(transaction=False)
    for module in modules:
        pipe.get(f"module/{module}/ui_name")
    found = zip(modules, pipe.execute(raise_on_error=False))
    return {module: name for module, name in found if isinstance(name, str)}
