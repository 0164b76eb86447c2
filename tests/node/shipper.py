"""What Alloy does on a node of NS8: every entry of the journal goes to Loki, as it is written.

Sources: ns8-core 4f41b359, core/imageroot/var/lib/nethserver/node/bin/generate-promtail-config (the labels); Alloy
39cfe681, internal/component/loki/source/journal/internal/target/journaltarget.go (which fields, and the time).
"""

import json
import pathlib
import pwd
import subprocess
import threading

from stage.cluster_log import line_of


def users_of_modules():
    """User id -> module, for the users and their subordinate ids of whom the home looks like a module's."""
    found = {}
    ranges = [line.split(":") for line in pathlib.Path("/etc/subuid").read_text(encoding="utf-8").splitlines()]
    for entry in pwd.getpwall():
        if pathlib.Path(entry.pw_dir, ".config/state").is_dir():
            found[entry.pw_uid] = entry.pw_name
            for _, first, count in (one for one in ranges if one[0] == entry.pw_name):
                found.update(dict.fromkeys(range(int(first), int(first) + int(count)), entry.pw_name))
    return found


def text_of(value):
    """A field as sdjournal has it: of several the last; bytes that are no UTF-8 become U+FFFD in JSON."""
    if isinstance(value, list) and value and not isinstance(value[0], int):
        value = value[-1]
    return bytes(value).decode(errors="replace") if isinstance(value, list) else value


class Shipper:
    """Follows the journal in a folder from its first entry on, for node 1. stop() ends it."""

    def __init__(self, journal, log):
        self.log = log
        self.modules = users_of_modules()
        self.shipped = []  # the fields of each entry
        self.reader = subprocess.Popen(["journalctl", f"--directory={journal}", "--follow", "--lines=all", "--all",
                                        "--output=json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.thread = threading.Thread(target=self.follow, daemon=True)
        self.thread.start()

    def follow(self):
        for line in self.reader.stdout:
            entry = json.loads(line)
            fields = {name: text_of(value) for name, value in entry.items() if not name.startswith("__")}
            labels = {"node_id": "1"}
            module = self.modules.get(int(fields.get("_UID", "-1")))
            if module:
                labels["module_id"] = module
            at = int(entry["__REALTIME_TIMESTAMP"]) * 1000
            self.log.push([{"stream": labels, "values": [[str(at), line_of(fields)]]}])
            self.shipped.append(fields)

    def stop(self):
        self.reader.kill()
        self.thread.join()
        self.reader.wait()
        self.reader.stdout.close()
