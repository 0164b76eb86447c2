"""A flood of alerts while Redis is away, under the memory limit of the unit."""

import contextlib
import pathlib
import random
import re
import resource
import string
import time

from scene import ONE_PLAN, Scene
from stage.daemon import failed_alert
from stage.processes import ROOT, wait_for

MEBI = 1 << 20
# What the unit and the module's container have.
LIMIT = 256 * MEBI
FLOOD = 92 * MEBI
PER_REQUEST = 800


class MemoryLimit:
    """A control group of the kernel (v2, else v1) with a limit; `wrapper` starts a command in it. Where none
    can be made, nothing limits, and only the peak is compared."""

    def __init__(self, name, limit):
        self.folder = None
        for root, key in (("/sys/fs/cgroup", "memory.max"), ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")):
            folder = pathlib.Path(root) / name
            with contextlib.suppress(OSError):
                folder.mkdir()
                try:
                    if not (folder / key).exists():
                        raise FileNotFoundError(key)
                    (folder / key).write_text(str(limit))
                    self.folder = folder
                    return
                except OSError:
                    folder.rmdir()

    @property
    def wrapper(self):
        if self.folder is None:
            return ()
        return ("/bin/sh", "-c", f'echo $$ >{self.folder}/cgroup.procs && exec "$@"', "sh")

    def remove(self):
        if self.folder is not None:
            wait_for(lambda: not (self.folder / "cgroup.procs").read_text().strip(), what="an empty control group")
            self.folder.rmdir()


def peak(process):
    """The most memory that the process has had resident."""
    status = pathlib.Path(f"/proc/{process.child.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) * 1024


def flood_alert(number, chance):
    """About 1.1 kB of labels, none like another."""
    words = {f"label_{i}": "".join(chance.choices(string.ascii_lowercase, k=40)) for i in range(16)}
    return failed_alert("1", starts_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_790_000_000 + number)),
                        instance=f"host-{number}", **words)


class Flood(Scene):
    seconds = 600

    def test_a_flood_while_redis_is_away_is_worked_off_after_a_restart_under_the_limit(self):
        limit = MemoryLimit(f"backup-monitor-e2e-{self.folder.name}", LIMIT)
        self.addCleanup(limit.remove)
        self.cluster.furnish(ONE_PLAN)
        self.cluster.write_record("1", "mail1", errors=1)  # which explains the alerts
        self.cluster.redis.save()
        self.cluster.stop()
        daemon = self.make_daemon(wait_seconds=0).start(wrapper=limit.wrapper)
        peaks, taken, refused, sent = [], 0, 0, 0
        chance = random.Random(11)
        while sent < FLOOD:
            alerts = [flood_alert(taken + n, chance) for n in range(PER_REQUEST)]
            sent += PER_REQUEST * 1100
            status, body = daemon.alert(*alerts)
            self.assertIn(status, (202, 503), body)
            taken += PER_REQUEST if status == 202 else 0
            refused += PER_REQUEST if status == 503 else 0
        self.assertGreater(refused, 0)  # beyond the inbox's cap
        (bound,) = [bound for bound in daemon.status()["bounds"] if bound["name"] == "inbox_bytes"]
        self.assertGreater(bound["reached"], 0)
        self.assertGreater(daemon.metric("inbox_bytes"), 16 * MEBI)
        peaks.append(peak(daemon.process))
        size = daemon.store.stat().st_size

        self.assertEqual(0, daemon.stop())
        began = time.monotonic()
        daemon.start(wrapper=limit.wrapper)
        ready = time.monotonic() - began
        self.cluster.start()
        wait_for(lambda: daemon.metric("inbox_bytes") == 0, 300, "an empty inbox")
        worked_off = time.monotonic() - began
        peaks.append(peak(daemon.process))
        wait_for(lambda: daemon.store.stat().st_size < size / 4, 60, "a small file")
        self.assertEqual(202, daemon.alert(failed_alert("1"))[0])
        print(f"flood: {taken} alerts taken, {refused} refused, store {size // MEBI} MiB, "
              f"then {daemon.store.stat().st_size // MEBI} MiB; ready after {ready:.1f} s, worked off after "
              f"{worked_off:.1f} s; peak memory {peaks[0] // MEBI} and {peaks[1] // MEBI} MiB")
        self.assertLess(max(peaks), LIMIT)


class OutOfMemory(Scene):
    def test_memory_that_cannot_be_had_ends_the_daemon_with_a_line(self):
        daemon = self.watch(ONE_PLAN)
        used = int(re.search(r"VmSize:\s+(\d+) kB", pathlib.Path(
            f"/proc/{daemon.process.child.pid}/status").read_text(encoding="ascii")).group(1)) * 1024
        resource.prlimit(daemon.process.child.pid, resource.RLIMIT_AS, (used + MEBI, used + MEBI))
        with contextlib.suppress(OSError):
            for _ in range(200):
                daemon.alert(*[flood_alert(n, random.Random(n)) for n in range(PER_REQUEST)])
        wait_for(lambda: not daemon.process.alive(), 30, "the end of the daemon")
        self.assertEqual(71, daemon.process.child.returncode)
        self.assertIn("backup-monitor: out of memory; it ends here and has to be started again\n", daemon.log())
        daemon.start()  # and nothing is broken

    def test_the_units_have_the_limit_that_is_tried_here(self):
        unit = (ROOT / "deploy" / "ns8-backup-monitor.service").read_text(encoding="utf-8")
        self.assertIn("\nMemoryMax=256M\n", unit)
        self.assertNotIn("RestartPreventExitStatus=71", unit)
