#!/usr/bin/env python3
"""Prints the table of docs/benchmarks.md: each row compares things measured in the same run.

    run.py [NAME...]     only these: webhook, readers, cluster, process, checks
"""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

# pylint: disable=wrong-import-position
from history_readers import measure_readers
from process_figures import measure_process
from repository_checks import measure_repository_checks
from stage.cluster import Cluster
from webhook import measure_webhook


def row(what, reached, ratio="", target="", good=None):
    verdict = {None: "", True: "reached", False: "not reached"}[good]
    print(f"| {what} | {reached} | {ratio} | {target} | {verdict} |", flush=True)


def measure_program(name):
    program = ROOT / "build" / "release" / "bench" / name
    print(subprocess.run([program], capture_output=True, text=True, check=True).stdout.strip(), flush=True)


def main():
    wanted = sys.argv[1:] or ["webhook", "readers", "cluster", "step", "process", "checks"]
    print("| what | reached | ratio | target | |\n|---|---|---|---|---|")
    row("load of the machine at the begin (1, 5, 15 minutes)", ", ".join(f"{load:.1f}" for load in os.getloadavg()))
    with tempfile.TemporaryDirectory(prefix="backup-monitor-bench-") as name:
        folder = pathlib.Path(name)
        cluster = Cluster(folder).start()
        peaks = {}
        try:
            cluster.furnish({"1": ("Nightly", ["mail1", "samba1"])})
            if "webhook" in wanted or "process" in wanted:
                peaks = measure_webhook(folder, cluster, row)
            if "readers" in wanted:
                measure_readers(folder, cluster, row)
            if "cluster" in wanted:
                measure_program("cluster_read")
            if "step" in wanted:
                measure_program("run_step")
            if "process" in wanted:
                measure_process(folder, cluster, row, peaks)
            if "checks" in wanted:
                measure_repository_checks(folder, row)
        finally:
            cluster.stop()


if __name__ == "__main__":
    main()
