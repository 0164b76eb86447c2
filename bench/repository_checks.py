"""What looking into repositories costs the daemon itself: the processor time of a failed night with looks, less
that of the same night without, by module. What the commands and the API server spend is not ours."""

import contextlib
import json
import os
import pathlib
import time

from stage.cluster import Cluster, repository_path
from stage.cluster_api import ClusterApi
from stage.daemon import Daemon
from stage.mail import Relay
from stage.processes import wait_for

SLOW = 30  # looks of more than a second each: the daemon stores what each of them finds by itself
TARGET_MS = 5.0
BEGIN = int(time.time()) - 900


def processor_seconds(pid):
    """User and system time of the process, without that of its children."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def snapshot_file(folder):
    """What restic would print, of a snapshot of this night."""
    path = folder / "snapshots.json"
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(BEGIN + 5))
    path.write_text(json.dumps([{"time": moment, "id": "a" * 64}]))
    return str(path)


def write_night(cluster, modules, failed):
    """The first `failed` modules with errors."""
    pipe = cluster.redis.pipeline()
    for number, module in enumerate(modules):
        pipe.hset("node/1/backup_status/1", module, json.dumps(
            {"start": BEGIN, "end": BEGIN + 60, "total_size": 10_000_000, "errors": int(number < failed)}))
    pipe.execute()


def play(folder, name, repo_check, count, failed):
    """A night from its last record to its mail: seconds of the daemon's processor time, and those in which it
    was looking into repositories."""
    home = folder / name
    home.mkdir()
    modules = [f"app{number}" for number in range(count)]
    with contextlib.ExitStack() as stage:
        def keep(part):
            stage.callback(part.stop)
            return part
        cluster, relay = keep(Cluster(home).start()), keep(Relay(home).start())
        api = keep(ClusterApi(home).start_serving())
        api.snapshots = {repository_path(module): [BEGIN + 5] for module in modules}
        cluster.furnish({"1": ("Nightly", modules)})
        cluster.set_smarthost(relay.port)
        cluster.redis.hset("node/1/vpn", "ip_address", api.address)
        daemon = keep(Daemon(home, cluster.socket, reconcile_seconds=300, sections={
            "logging": {"level": "INFO"},
            "repo_check": {"credentials_file": str(api.credentials), **repo_check}}).start())
        wait_for(lambda: daemon.status()["cluster"]["last_look"], what="the first look")
        write_night(cluster, modules, failed)
        before = processor_seconds(daemon.process.child.pid)
        daemon.event()
        wait_for(lambda: list((relay.folder / "new").glob("*.eml")), 300, "the mail")
        spent = processor_seconds(daemon.process.child.pid) - before
        if repo_check["mode"] == "off":
            return spent, 0.0
        if daemon.metric("probes_total", result="read") != failed:
            raise RuntimeError(f"{name}: not every repository was read")
        return spent, daemon.metric("probe_seconds_total")


def measure_repository_checks(folder, row):
    snapshot = snapshot_file(folder)
    ways = {
        "command": (200, 200, {"method": "command", "command": ["/bin/cat", snapshot]}),
        "cluster": (200, 200, {"method": "cluster"}),
        "command, each taking 1.1 s": (200, SLOW, slow := {
            "method": "command", "command": ["/bin/sh", "-c", 'sleep 1.1; exec cat "$0"', snapshot]}),
        "command, each taking 1.1 s, in a large cluster": (1000, SLOW, slow),
    }
    for way, (count, failed, repo_check) in ways.items():
        without, _ = play(folder, f"off-{way}", {"mode": "off"}, count, failed)
        spent, took = play(folder, f"looks-{way}", {"mode": "failed", **repo_check}, count, failed)
        own = (spent - without) * 1000 / failed
        row(f"{failed} checks of repositories, {count} modules, method {way}",
            f"own work {own:.2f} ms a check, which takes {took * 1000 / failed:.1f} ms",
            f"run without checks {without * 1000:.0f} ms, with {spent * 1000:.0f} ms", f"< {TARGET_MS:g} ms",
            own < TARGET_MS)
