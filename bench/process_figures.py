"""Start, memory and size of the process."""

import os
import pathlib
import statistics
import time

from contenders import BEFORE, make_daemon, memory_mb
from stage.alerting import Alertmanager
from stage.daemon import binary
from stage.processes import is_listening, wait_for

STARTS = 9


def starts_ms(folder, cluster, older):
    """Milliseconds from exec to a 200 of /ready: median. Leaves nothing running."""
    times = []
    for turn in range(STARTS):
        found = make_daemon(folder, f"start-{'before-' if older else ''}{turn}", cluster.socket, older)
        begin = time.perf_counter()
        found.launch()
        while not is_listening(found.port) or found.get("/ready")[0] != 200:
            time.sleep(0.001)
        times.append((time.perf_counter() - begin) * 1000)
        found.kill()
    return statistics.median(times)


def idle_mb(folder, cluster, older):
    found = make_daemon(folder, f"idle-{'before' if older else 'now'}", cluster.socket, older)
    try:
        found.start()
        wait_for(lambda: found.get_json("/api/status")["cluster"]["last_look"], what="the first look")
        time.sleep(5)  # let it come to rest: this is what is measured
        return memory_mb(found.process.child.pid)
    finally:
        found.kill()


def alertmanager_mb(folder):
    alertmanager = Alertmanager(folder, 9).start()
    try:
        time.sleep(5)
        return memory_mb(alertmanager.process.child.pid)
    finally:
        alertmanager.stop()


def measure_process(folder, cluster, row, peaks):
    def both(measure, form):
        now = measure(False)
        return now, form.format(now) + (f"; before {form.format(measure(True))}" if BEFORE else "")

    ready, text = both(lambda older: starts_ms(folder, cluster, older), "{:.0f} ms")
    row(f"start to `/ready`, median of {STARTS}", text, "", "≤ 100 ms", ready <= 100)
    idle, text = both(lambda older: idle_mb(folder, cluster, older), "{:.1f} MB")
    theirs = alertmanager_mb(folder)
    row("resident memory, idle; `prometheus-alertmanager`", f"{text}; {theirs:.1f} MB", f"{idle / theirs:.2f}",
        "≤ 10 MB", idle <= 10)
    _, text = both(lambda older: peaks[f"durable{', before' if older else ''}"], "{:.1f} MB")
    row("resident memory, peak under 64 connections", text)
    _, text = both(lambda older: os.stat(BEFORE if older else binary()).st_size / 1e6, "{:.2f} MB")
    row(f"size of `{pathlib.Path(binary()).name}`", text)
