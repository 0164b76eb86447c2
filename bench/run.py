#!/usr/bin/env python3
"""Prints the table of docs/benchmarks.md: each row compares two things measured in the same run."""

import contextlib
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

# pylint: disable=wrong-import-position
from probing import measure_probing
from stage.alerting import Alertmanager
from stage.cluster import Cluster
from stage.daemon import Daemon
from stage.processes import Process, free_port, is_listening, wait_for

BUILD = ROOT / "build" / "release" / "bench"
SECONDS = os.environ.get("BACKUP_MONITOR_BENCH_SECONDS", "5")
SLOW_DISK_MS = 1.0


def row(what, reached, ratio="", target="", good=None):
    verdict = {None: "", True: "reached", False: "not reached"}[good]
    print(f"| {what} | {reached} | {ratio} | {target} | {verdict} |", flush=True)


def fdatasync_ms(folder):
    """Median of 200 small writes that reach the disk."""
    times = []
    with open(folder / "probe", "wb") as probe:
        for _ in range(200):
            probe.write(b"x" * 4096)
            probe.flush()
            begin = time.perf_counter()
            os.fdatasync(probe.fileno())
            times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def load(port, connections):
    """Requests per second, p50 and p99 in ms."""
    line = subprocess.run([BUILD / "http_load", "127.0.0.1", str(port), str(connections), SECONDS, "/alert"],
                          capture_output=True, text=True, check=True).stdout
    figures = dict(pair.split("=") for pair in line.split() if "=" in pair)
    if figures["not_2xx"] != "0" or figures["failures"] != "0":
        raise RuntimeError(f"the receiver did not answer everything with 2xx: {line}")
    return float(figures["per_second"]), float(figures["p50_us"]) / 1000, float(figures["p99_us"]) / 1000


@contextlib.contextmanager
def python_receiver(kind, folder):
    port = free_port()
    process = Process([sys.executable, ROOT / "bench" / "receivers.py", kind, port], folder / f"{kind}.log")
    try:
        wait_for(lambda: is_listening(port), what=kind)
        yield port
    finally:
        process.kill()


@contextlib.contextmanager
def daemon(folder, name, socket, alert_names=""):
    home = folder / name
    home.mkdir()
    more = "" if not alert_names else f"  # {name}\n"
    found = Daemon(home, socket, more=more)
    if alert_names:
        text = found.config.read_text().replace("  wait_seconds", f"  alert_names: [{alert_names}]\n  wait_seconds")
        found.config.write_text(text)
    found.config.write_text(found.config.read_text().replace("level: DEBUG", "level: WARNING"))
    try:
        yield found.start()
    finally:
        found.process.kill()


def memory_mb(pid, what="VmRSS"):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(what + r":\s+(\d+) kB", text)[1]) / 1024


def measure_webhook(folder, cluster):
    disk = fdatasync_ms(folder)
    slow = disk > SLOW_DISK_MS
    row("`fdatasync` of 4 KiB, median", f"{disk:.2f} ms", "", "",)
    for connections in (1, 16, 64):
        figures = {}
        with daemon(folder, f"durable{connections}", cluster.socket) as ours:
            figures["durable"] = load(ours.port, connections)
            peak = memory_mb(ours.process.child.pid, "VmHWM")
        with daemon(folder, f"storing-nothing{connections}", cluster.socket, "SomethingElse") as ours:
            figures["storing nothing"] = load(ours.port, connections)
        for kind in ("aiohttp", "http.server"):
            with python_receiver(kind, folder) as port:
                figures[kind] = load(port, connections)
        durable = figures["durable"]
        for name, (rate, p50, p99) in figures.items():
            ratio = "" if name == "durable" else f"durable/this {durable[0] / rate:.2f}"
            target, good = "", None
            if connections == 16 and name == "aiohttp":
                target, good = "durable > aiohttp", durable[0] > rate
            if connections == 16 and name == "storing nothing":
                target = "durable ≥ 0.5 of it, p99 ≤ 2 × its"
                good = durable[0] >= rate / 2 and durable[2] <= 2 * p99
                ratio += f", p99 {durable[2] / p99:.2f} ×"
            row(f"webhook, {connections} connections, {name}",
                f"{rate:,.0f}/s, p50 {p50:.2f} ms, p99 {p99:.2f} ms", ratio, target,
                None if slow and name != "durable" else good)
    return peak


def measure_cluster():
    print(subprocess.run([BUILD / "cluster_read"], capture_output=True, text=True, check=True).stdout.strip())


def measure_rest(folder, cluster, peak):
    times = []
    for turn in range(5):
        home = folder / f"start{turn}"
        home.mkdir()
        ours = Daemon(home, cluster.socket)
        begin = time.perf_counter()
        ours.process = Process([os.environ.get("BACKUP_MONITOR_BINARY", ROOT / "build/release/backup-monitor"),
                                "serve", "--config", ours.config], home / "daemon.log")
        while not is_listening(ours.port) or ours.get("/ready")[0] != 200:
            time.sleep(0.001)
        times.append((time.perf_counter() - begin) * 1000)
        if turn < 4:
            ours.process.kill()
    ready = statistics.median(times)
    row("start to `/ready`, median of 5", f"{ready:.0f} ms", "", "≤ 100 ms", ready <= 100)
    alertmanager = Alertmanager(folder, ours.port).start()
    wait_for(lambda: ours.get_json("/api/status")["cluster"]["last_look"], what="the first look")
    time.sleep(5)  # let both come to rest: this is what is measured
    idle, theirs = memory_mb(ours.process.child.pid), memory_mb(alertmanager.process.child.pid)
    row("resident memory, idle; `prometheus-alertmanager`", f"{idle:.1f} MB; {theirs:.1f} MB",
        f"{idle / theirs:.2f}", "≤ 10 MB", idle <= 10)
    row("resident memory, peak under 64 connections", f"{peak:.1f} MB", "", "")
    alertmanager.stop()
    ours.process.kill()


def main():
    print("| what | reached | ratio | target | |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="backup-monitor-bench-") as name:
        folder = pathlib.Path(name)
        cluster = Cluster(folder).start()
        try:
            cluster.furnish({"1": ("Nightly", ["mail1", "samba1"])})
            peak = measure_webhook(folder, cluster)
            measure_cluster()
            measure_rest(folder, cluster, peak)
            measure_probing(folder, row)
        finally:
            cluster.stop()


if __name__ == "__main__":
    main()
