#!/usr/bin/python3
"""A scripted SMTP relay for tests and demonstrations. Standard library only.

    smtp_peer.py --port 0 --dir D [--script rules.json] [--tls none|starttls|tls]
                 [--cert FILE --key FILE] [--name localhost] [--until-stdin-closes]

The first line on stdout is `port N`. Below D it keeps:
    new/000001.eml   received mails, as sent (dots unstuffed, CRLF kept), complete once they appear
    log.jsonl        one JSON object per event: connect, tls, command, auth, mail, end
    tls/             a self-signed certificate (cert.pem, key.pem), made by openssl where --tls needs
                     one and --cert gives none

Rules are read anew at each connection, so a test may change them while the peer runs:
    {
      "users": {"relay": "secret"},         AUTH PLAIN and LOGIN are offered, and MAIL wants one
      "mechanisms": "PLAIN LOGIN",
      "login": "encrypted",                 AUTH is offered only after STARTTLS, and MAIL wants none
      "connect": "421 busy",                the answer to a step instead of the usual one; steps are
      "ehlo": ..., "starttls": "454 no",    connect ehlo starttls auth mail rcpt data body quit
      "rcpt": {"bob@example.org": "550 5.1.1 no such user", "*": "250 ok"},
      "body": ["451 later", "250 ok"]       a list is used in turn, its last entry stays
    }
`starttls: "missing"` offers none although --tls starttls. An answer may be `hang` (silence until the
client leaves) or `drop` (the connection closes); `reading: "drop"` closes in the middle of DATA,
`reading: "late"` answers DATA when the client has sent more than that, and `body: "lose"` keeps the
mail, then closes without an answer.
"""

import argparse
import base64
import itertools
import json
import os
import pathlib
import signal
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import time


class Gone(Exception):
    """The conversation is over."""


class Peer:
    """What all conversations share: rules, mails, the log."""

    def __init__(self, options):
        self.dir = pathlib.Path(options.dir)
        for name in ("new", "tmp"):
            (self.dir / name).mkdir(parents=True, exist_ok=True)
        self.script = pathlib.Path(options.script) if options.script else None
        self.tls = options.tls
        self.context = make_context(options, self.dir) if options.tls != "none" else None
        self.lock = threading.Lock()
        self.turns = {}  # (step, key, answers) -> how many of the answers are used up
        self.mails = itertools.count(1 + len(list((self.dir / "new").iterdir())))
        self.sessions = itertools.count(1)

    def rules(self):
        if not self.script or not self.script.exists():
            return {}
        return json.loads(self.script.read_text(encoding="utf-8"))

    def answer(self, rules, step, key, usual):
        found = rules.get(step, usual)
        if isinstance(found, dict):
            found = found.get(key, found.get("*", usual))
        if not isinstance(found, list):
            return found
        with self.lock:
            turn = (step, key, tuple(found))
            used = self.turns.get(turn, 0)
            self.turns[turn] = used + 1
        return found[min(used, len(found) - 1)]

    def log(self, **event):
        line = json.dumps({"at": round(time.time(), 3), **event})
        with self.lock, open(self.dir / "log.jsonl", "a", encoding="utf-8") as log:
            log.write(line + "\n")

    def keep(self, mail):
        with self.lock:
            name = f"{next(self.mails):06d}.eml"
            (self.dir / "tmp" / name).write_bytes(mail)
            (self.dir / "tmp" / name).rename(self.dir / "new" / name)
        return name


class Conversation(socketserver.BaseRequestHandler):
    """One client, from its connection to its end."""

    def handle(self):
        self.peer = self.server.peer
        self.rules = self.peer.rules()
        self.session = next(self.peer.sessions)
        self.buffer = b""
        self.secured = False
        self.user = None
        self.forget()
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.peer.log(event="connect", session=self.session)
        try:
            if self.peer.tls == "tls":
                self.secure()
            self.say("connect", "", "220 peer.test ESMTP")
            while True:
                self.obey(self.line().decode("utf-8", "replace"))
        except (Gone, OSError) as why:
            self.peer.log(event="end", session=self.session, why=str(why) or "closed")

    def obey(self, line):
        verb, _, rest = line.partition(" ")
        known = {"EHLO": self.ehlo, "HELO": self.ehlo, "STARTTLS": self.starttls, "AUTH": self.auth,
                 "MAIL": self.mail, "RCPT": self.rcpt, "DATA": self.data, "RSET": self.reset,
                 "QUIT": self.quit}
        shown = f"AUTH {rest.split(' ')[0]} ..." if verb.upper() == "AUTH" else line
        self.peer.log(event="command", session=self.session, line=shown)
        known.get(verb.upper(), lambda _: self.send("502 5.5.1 unknown command"))(rest)

    # Steps of a conversation

    def ehlo(self, name):
        offers = ["peer.test", "PIPELINING", "SIZE 10485760"]
        if self.peer.tls == "starttls" and not self.secured and self.rules.get("starttls") != "missing":
            offers.append("STARTTLS")
        if self.rules.get("users") and (self.secured or self.rules.get("login") != "encrypted"):
            offers.append("AUTH " + self.rules.get("mechanisms", "PLAIN LOGIN"))
        text = [f"250{'-' if i + 1 < len(offers) else ' '}{offer}" for i, offer in enumerate(offers)]
        self.say("ehlo", name, "\r\n".join(text))

    def starttls(self, _):
        usual = "220 go ahead" if self.peer.tls == "starttls" else "502 5.5.1 no TLS here"
        if self.say("starttls", "", usual).startswith("220"):
            self.buffer = b""  # what came in the clear before is not to be believed
            self.secure()

    def auth(self, rest):
        mechanism, _, first = rest.partition(" ")
        if mechanism.upper() == "PLAIN":
            _, user, password = self.ask("", first).split("\0")
        elif mechanism.upper() == "LOGIN":
            user, password = self.ask("Username:", first), self.ask("Password:")
        else:
            return self.send("504 5.5.4 unknown mechanism")
        right = self.rules.get("users", {}).get(user) == password
        self.peer.log(event="auth", session=self.session, mechanism=mechanism, user=user, right=right)
        said = self.say("auth", user, "235 2.7.0 welcome" if right else "535 5.7.8 credentials invalid")
        self.user = user if said.startswith("235") else None

    def mail(self, rest):
        self.forget()
        if self.rules.get("users") and not self.user and self.rules.get("login") != "encrypted":
            return self.send("530 5.7.0 authentication required")
        sender = address(rest)
        if self.say("mail", sender, "250 2.1.0 ok").startswith("250"):
            self.sender = sender

    def rcpt(self, rest):
        if self.sender is None:
            return self.send("503 5.5.1 MAIL first")
        if self.say("rcpt", address(rest), "250 2.1.5 ok").startswith("25"):
            self.recipients.append(address(rest))

    def data(self, _):
        if not self.recipients:
            return self.send("503 5.5.1 RCPT first")
        if self.rules.get("reading") == "late":
            self.hear()
        if not self.say("data", self.recipients[0], "354 go on").startswith("354"):
            return self.forget()
        lines = []
        if self.rules.get("reading") == "drop":
            self.line()
            raise Gone("dropped in the middle of DATA")
        while (line := self.line()) != b".":
            lines.append((line[1:] if line.startswith(b".") else line) + b"\r\n")
        answer = self.peer.answer(self.rules, "body", self.recipients[0], "250 2.0.0 taken")
        if answer.startswith("250") or answer == "lose":  # kept before it is confirmed
            name = self.peer.keep(b"".join(lines))
            self.peer.log(event="mail", session=self.session, file=f"new/{name}", sender=self.sender,
                          recipients=self.recipients, tls=self.secured, user=self.user)
        self.forget()
        self.tell(answer)

    def reset(self, _):
        self.forget()
        self.send("250 2.0.0 ok")

    def quit(self, _):
        self.say("quit", "", "221 2.0.0 bye")
        raise Gone("quit")

    # Bytes

    def forget(self):
        self.sender = None
        self.recipients = []

    def secure(self):
        self.request = self.peer.context.wrap_socket(self.request, server_side=True)
        self.secured = True
        self.peer.log(event="tls", session=self.session, version=self.request.version())

    def say(self, step, key, usual):
        answer = self.peer.answer(self.rules, step, key, usual)
        self.tell(answer)
        return answer

    def tell(self, answer):
        if answer == "hang":
            while self.request.recv(4096):
                pass
            raise Gone("hung until the client left")
        if answer in ("drop", "lose"):
            raise Gone("dropped")
        if answer == "missing":
            answer = "502 5.5.1 unknown command"
        self.send(answer)
        if answer.startswith("421"):
            raise Gone("closed after 421")

    def send(self, text):
        self.request.sendall(text.encode("utf-8") + b"\r\n")

    def ask(self, prompt, given=""):
        if not given:
            self.send("334 " + base64.b64encode(prompt.encode()).decode())
            given = self.line().decode()
        return base64.b64decode(given).decode("utf-8", "replace")

    def hear(self):
        got = self.request.recv(65536)
        if not got:
            raise Gone("client left")
        self.buffer += got

    def line(self):
        while b"\r\n" not in self.buffer:
            self.hear()
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        self.peer.log(event="end", why=repr(sys.exc_info()[1]))


def address(text):
    """The address in `FROM:<a@b> SIZE=1`."""
    return text.partition("<")[2].partition(">")[0]


def make_context(options, directory):
    cert, key = options.cert, options.key
    if not cert:
        folder = directory / "tls"
        folder.mkdir(exist_ok=True)
        cert, key = folder / "cert.pem", folder / "key.pem"
        names = f"subjectAltName=DNS:{options.name}" + (
            ",IP:127.0.0.1" if options.name == "localhost" else "")
        if not cert.exists():
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                 "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                 "-subj", f"/CN={options.name}", "-addext", names, "-keyout", key, "-out", cert],
                check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--dir", required=True)
    parser.add_argument("--script")
    parser.add_argument("--tls", choices=("none", "starttls", "tls"), default="none")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--name", default="localhost", help="of the self-signed certificate")
    parser.add_argument("--until-stdin-closes", action="store_true")
    options = parser.parse_args()

    peer = Peer(options)
    with Server(("127.0.0.1", options.port), Conversation) as server:
        server.peer = peer
        print(f"port {server.server_address[1]}", flush=True)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: os._exit(0))
        if options.until_stdin_closes:
            threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
        server.serve_forever()


if __name__ == "__main__":
    main()
