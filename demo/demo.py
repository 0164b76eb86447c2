#!/usr/bin/env python3
"""One failed night, start to mail, in a scratch folder: see demo.sh."""

import pathlib
import shutil
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

# pylint: disable=wrong-import-position
from stage.alerting import Alertmanager
from stage.cluster import Cluster
from stage.cluster_log import ClusterLog
from stage.daemon import Daemon
from stage.mail import Relay

PLAN = "Nightly to S3"
NODES = {"mail1": 1, "nextcloud1": 1, "samba1": 2, "webtop1": 2}
NAMES = {"mail1": "Mail server", "nextcloud1": "Team files", "samba1": "Domain controller",
         "webtop1": "Groupware"}
SIZES = {"mail1": 48_300_000_000, "nextcloud1": 212_000_000_000, "samba1": 1_900_000_000,
         "webtop1": 9_400_000_000}


def say(text):
    print(f"  • {text}", flush=True)


def write_night(cluster, begin, failing=(), growth=1.0):
    """The records of one run that began at `begin`, as each node writes them one after another."""
    clock = {1: begin, 2: begin}
    for module, node in NODES.items():
        duration = 240 + SIZES[module] // 400_000_000
        cluster.write_record(1, module, node, errors=1 if module in failing else 0, start=clock[node],
                             duration=duration, size=int(SIZES[module] * growth))
        clock[node] += duration


def write_log(log, begin, failing):
    """What run-backup and its modules wrote into the journal of node 1 meanwhile."""
    log.timer(begin, 1)
    clock = begin
    for module in (module for module, node in NODES.items() if node == 1):
        log.begins(clock, 1, module)
        clock += 240 + SIZES[module] // 400_000_000
        if module in failing:
            log.of_module(clock - 2, module,
                          "Fatal: unable to save snapshot: server response unexpected: 507 Insufficient Storage")
            log.of_module(clock - 1, module,
                          "[ERROR] restic backup failed: Command 'restic' returned non-zero exit status 1.")
        log.says(clock, 1, f"{module}: backup 1 " + ("failed (exit code 1)" if module in failing else "completed"))
    log.says(clock + 1, 1, f"Backup 1 finished with failures: {','.join(failing)}")


def play(folder):
    relay = Relay(folder)
    cluster = Cluster(folder)
    log = ClusterLog().start()
    stage = [relay, cluster, log]
    try:
        relay.start()
        cluster.start()
        say("a private Redis holds a cluster of 2 nodes, 4 applications, 1 backup plan")
        cluster.furnish({"1": (PLAN, list(NODES))}, NODES, NAMES, "ns8.example.org")
        cluster.set_smarthost(relay.port)
        log.announce(cluster.redis)
        now = int(time.time())
        write_night(cluster, now - 86_400 - 1800)

        daemon = Daemon(folder, cluster.socket, more="")
        stage.append(daemon)
        daemon.start()
        say(f"the daemon is ready on port {daemon.port}; last night's backup is history to it")
        alertmanager = Alertmanager(folder, daemon.port).start()
        stage.append(alertmanager)
        say("the real Alertmanager sends its webhook there")

        write_log(log, now - 1500, failing=("nextcloud1",))
        write_night(cluster, now - 1500, failing=("nextcloud1",), growth=1.013)
        say("tonight's backup ran, and Team files (nextcloud1) failed; the cluster's log says why")
        alertmanager.post({
            "labels": {"alertname": "BackupFailed", "id": "1", "name": PLAN, "node": "1",
                       "severity": "critical", "service": "backup"},
            "annotations": {"summary_en": f"Backup job {PLAN} (ID: 1) has failed."}})
        say("Prometheus would raise this alert: BackupFailed, plan 1")
        return relay.wait_for_mails(1)[0]
    finally:
        for part in reversed(stage):
            part.stop()


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="backup-monitor-demo-"))
    begin = time.monotonic()
    try:
        mail = play(folder)
    except Exception:
        for log in sorted(folder.glob("*.log")):
            print(f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-15:]))
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    html = ROOT / "build" / "demo-mail.html"
    html.parent.mkdir(exist_ok=True)
    html.write_text(mail.get_body(("html",)).get_content())
    print(f"\nThe mail came {time.monotonic() - begin:.1f} s after the start:\n")
    for header in ("From", "To", "Date", "Subject"):
        print(f"{header}: {mail[header]}")
    print("\n" + mail.get_body(("plain",)).get_content())
    print(f"The same as HTML: {html}")


if __name__ == "__main__":
    main()
