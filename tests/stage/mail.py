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

    def events(self, kind):
        """What the relay noted of one kind: connect, tls, command, auth, mail, end."""
        log = self.folder / "log.jsonl"
        lines = log.read_text().splitlines() if log.exists() else []
        return [event for event in map(json.loads, lines) if event["event"] == kind]

    def deliveries(self):
        """(recipient, mail) of every mail taken, oldest first."""
        return [(recipient, email.message_from_bytes((self.folder / event["file"]).read_bytes(),
                                                     policy=email.policy.default))
                for event in self.events("mail") for recipient in event["recipients"]]

    def wait_for_mails(self, count, patience=20.0):
        def enough():
            mails = self.mails()
            return mails if len(mails) >= count else None
        return wait_for(enough, patience, f"mail number {count}")
