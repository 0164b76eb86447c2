"""The real systemd-journald, so that `journalctl` shows a container's lines to the module's user."""

import pathlib
import socket
import subprocess

from forgotten import remove
from stage.processes import Process, wait_for

SOCKET = "/run/systemd/journal/stdout"
FLUSHED = pathlib.Path("/run/systemd/journal/flushed")
SETTINGS = pathlib.Path("/run/systemd/journald.conf.d/backup-monitor-tests.conf")
FILES = pathlib.Path("/var/log/journal")
VOLATILE = pathlib.Path("/run/log/journal")
# Persistent and apart by user: only then may a user read what its own services said (journald.conf(5)).
TEXT = "[Journal]\nStorage=persistent\nSplitMode=uid\nReadKMsg=no\nAudit=no\nRateLimitBurst=0\n"


def runs():
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(SOCKET) == 0


class Journal:
    """Starts journald if none runs; stop() undoes exactly what start() did. `note` is told each new place."""

    def __init__(self, folder, note):
        self.folder, self.note = folder, note
        self.process = None
        self.made = []

    def start(self):
        if runs():
            return self
        self.made = [place for place in (SETTINGS.parent, SETTINGS, FILES, FLUSHED.parent, VOLATILE)
                     if place == SETTINGS or not place.exists()]  # that one is ours whoever left it
        for place in self.made:
            self.note(place)
        SETTINGS.parent.mkdir(parents=True, exist_ok=True)
        SETTINGS.write_text(TEXT, encoding="utf-8")
        self.process = Process(["/lib/systemd/systemd-journald"], self.folder / "journald.log")
        wait_for(runs, 20, "systemd-journald")
        FLUSHED.touch()
        subprocess.run(["journalctl", "--flush"], check=True, capture_output=True, timeout=30)
        return self

    def sync(self):
        """Everything that was said before is in the files after this."""
        subprocess.run(["journalctl", "--sync"], check=False, capture_output=True, timeout=30)

    def stop(self):
        if self.process is None:
            return
        self.process.stop()
        for place in self.made:
            remove(place)
        self.process = None
