"""The webhook: durable, storing nothing, and its peers. All in one run, in turns, and the medians count."""

import contextlib
import os
import statistics
import time

from contenders import BEFORE, daemon, load, memory_mb, peer, say

ROUNDS = int(os.environ.get("BACKUP_MONITOR_BENCH_ROUNDS", "5"))
PEERS = ("Go net/http", "aiohttp", "http.server")
SLOW_DISK_MS = 1.0


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


def in_turns(ports, connections):
    """Medians of requests per second, p50 and p99 in ms, by name."""
    rounds = {name: [] for name in ports}
    for turn in range(ROUNDS):
        for name, port in ports.items():
            rounds[name].append(load(port, connections))
            say(f"{connections} connections, round {turn + 1}, {name}: {rounds[name][-1]}")
    return {name: tuple(statistics.median(values) for values in zip(*figures)) for name, figures in rounds.items()}


def measure_once(folder, cluster, connections):
    """Figures by name, and the daemon's most memory in MB, before and now."""
    with contextlib.ExitStack() as stack:
        ours = {}
        for name, older, names in (("durable", False, ()), ("storing nothing", False, ("SomethingElse",)),
                                   ("durable, before", True, ()), ("storing nothing, before", True, ("SomethingElse",))):
            if older and not BEFORE:
                continue
            home = f"{name.replace(' ', '-').replace(',', '')}-{connections}"
            ours[name] = stack.enter_context(daemon(folder, home, cluster.socket, older, names))
        ports = {name: found.port for name, found in ours.items()}
        ports.update({kind: stack.enter_context(peer(kind, folder)) for kind in PEERS})
        figures = in_turns(ports, connections)
        peaks = {name: memory_mb(found.process.child.pid, "VmHWM") for name, found in ours.items()}
    return figures, peaks


def measure_distinct(folder, cluster, row):
    """No alert comes twice. Each round has a new daemon and one second: what waits on disk has a limit."""
    for older in (False, True) if BEFORE else (False,):
        name = "before" if older else "now"
        rounds = []
        for turn in range(ROUNDS):
            with daemon(folder, f"distinct-{name}-{turn}", cluster.socket, older) as found:
                rounds.append(load(found.port, 16, "distinct", 1))
            say(f"distinct, round {turn + 1}, {name}: {rounds[-1]}")
        rate, p50, p99 = (statistics.median(values) for values in zip(*rounds))
        row(f"webhook, 16 connections, durable, no alert twice, {name}",
            f"{rate:,.0f}/s, p50 {p50:.2f} ms, p99 {p99:.2f} ms")


def target(name, connections, durable, other, slow):
    """What is wanted of the durable webhook beside this one, and whether it is reached."""
    if connections != 16 or slow:
        return "", None
    if name == "Go net/http":
        return "durable ≥ 0.8 of it", durable[0] >= 0.8 * other[0]
    if name == "storing nothing":
        return "p99 of durable ≤ 3 × its", durable[2] <= 3 * other[2]
    if name == "aiohttp":
        return "durable > aiohttp", durable[0] > other[0]
    return "", None


def measure_webhook(folder, cluster, row):
    """Prints the rows; returns the most memory under 64 connections, by name."""
    disk = fdatasync_ms(folder)
    row("`fdatasync` of 4 KiB, median", f"{disk:.2f} ms")
    peaks = {}
    for connections in (1, 16, 64):
        figures, peaks = measure_once(folder, cluster, connections)
        durable = figures["durable"]
        for name, (rate, p50, p99) in figures.items():
            ratio = "" if name == "durable" else f"durable/this {durable[0] / rate:.2f}, p99 {durable[2] / p99:.2f} ×"
            wanted, good = target(name, connections, durable, figures[name], disk > SLOW_DISK_MS)
            row(f"webhook, {connections} connections, {name}",
                f"{rate:,.0f}/s, p50 {p50:.2f} ms, p99 {p99:.2f} ms", ratio, wanted, good)
    measure_distinct(folder, cluster, row)
    return peaks
