"""What readers of the history cost the webhook: one sender of alerts beside 50 readers of /api/runs."""

import sqlite3
import statistics
import time

from contenders import BEFORE, end_load, load, make_daemon, start_load
from webhook import ROUNDS

READERS = 50
RUNS = 400
READ = "GET /api/runs?limit=400"


def fill(store):
    """A history of RUNS closed runs, in whatever schema the store has."""
    with sqlite3.connect(store) as database:
        columns = database.execute("SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('run')").fetchall()
        known = {"plan": "1", "plan_name": "Nightly", "destination_name": "Store", "origin": "records",
                 "announced": 1, "outcome": "SUCCESS", "modules": 20, "succeeded": 20}
        for number in range(RUNS):
            begin = int(time.time()) - (RUNS - number) * 86_400
            values = {"id": number + 1, "begin_at": begin, "opened_at": begin, "closed_at": begin + 600,
                      "end_at": begin + 600, **known}
            for name, kind, not_null, default in columns:
                if name not in values and not_null and default is None:
                    values[name] = "" if kind == "TEXT" else 0
            names = ", ".join(values)
            database.execute(f"INSERT INTO run ({names}) VALUES ({', '.join('?' * len(values))})",
                             list(values.values()))
        database.execute("UPDATE state SET newest_run = ?", (RUNS,))


def measure_one(folder, cluster, name, older):
    """Medians of p50 and p99 in ms of one connection of alerts: alone, and beside the readers; reads a second."""
    found = make_daemon(folder, name, cluster.socket, older)
    try:
        found.start()  # makes the store
        found.stop()
        fill(found.store)
        found.start()
        alone, beside, reads = [], [], []
        for _ in range(ROUNDS):
            alone.append(load(found.port, 1)[1:])
            reading = start_load(found.port, READERS, READ)
            beside.append(load(found.port, 1)[1:])
            reads.append(end_load(reading)[0])
    finally:
        found.kill()
    def median(figures):
        return tuple(statistics.median(values) for values in zip(*figures))
    return median(alone), median(beside), statistics.median(reads)


def measure_readers(folder, cluster, row):
    for when, older in (("", False), (", before", True)):
        if older and not BEFORE:
            continue
        alone, beside, reads = measure_one(folder, cluster, f"readers{'-before' if older else ''}", older)
        row(f"webhook beside {READERS} readers of {RUNS} runs{when}",
            f"p50 {beside[0]:.2f} ms, p99 {beside[1]:.2f} ms",
            f"alone p50 {alone[0]:.2f} ms, p99 {alone[1]:.2f} ms; {reads:,.0f} reads/s")
