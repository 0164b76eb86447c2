"""The scripted mail relay and the mails that it got."""

import email
import email.policy
import json
import subprocess
import sys

from .processes import ROOT, Process, wait_for

PEER = ROOT / "tests" / "integration" / "smtp" / "smtp_peer.py"


class Relay:
    def __init__(self, folder, tls="none", port=0):
        self.folder = folder / "mail"
        self.folder.mkdir(exist_ok=True)
        self.rules = self.folder / "rules.json"
        self.tls = tls
        self.port = port
        self.process = None

    def start(self):
        self.process = Process(
            [sys.executable, PEER, "--port", self.port, "--dir", self.folder, "--script", self.rules,
             "--tls", self.tls], self.folder / "peer.log", stdout=subprocess.PIPE)
        first = self.process.child.stdout.readline().decode()
        self.port = int(first.split()[1])
        return self

    def stop(self):
        if self.process:
            self.process.stop()

    def script(self, **rules):
        draft = self.rules.with_suffix(".draft")
        draft.write_text(json.dumps(rules))
        draft.rename(self.rules)

    def mails(self):
        """Every mail so far, parsed, oldest first."""
        found = []
        for path in sorted((self.folder / "new").glob("*.eml")):
            found.append(email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
        return found

    def wait_for_mails(self, count, patience=20.0):
        def enough():
            mails = self.mails()
            return mails if len(mails) >= count else None
        return wait_for(enough, patience, f"mail number {count}")
