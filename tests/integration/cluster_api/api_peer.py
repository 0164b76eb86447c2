#!/usr/bin/env python3
"""The stand-in for NS8's API server (tests/ns8/api_server.py), as unkind as a test wants it.

Prints "port N". POST /test/rules sets how it behaves from then on, GET /test/log tells what came, /test/quit ends.

Rules, each optional:
  first     statuses to answer before anything else, one a request: [429, 500]
  tokens    after so many requests with a token it is no longer valid
  pending   times that a task is asked for before it has ended; -1: it never ends
  result    {"exit_code": 0, "error": "", "output": [...]} of the task; "N": with N snapshots
  raw       the answer to everything but the login, as it is
  deny      true: 403 to every task
  hang      seconds before any answer
  drop      true: a submitted task is taken, and the connection closed without an answer
"""

import json
import pathlib
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "ns8"))
from api_server import ApiHandler, ApiServer  # pylint: disable=wrong-import-position

USER, PASSWORD = "module/backup-monitor1", "shoe43"


class UnkindHandler(ApiHandler):
    def serve(self, body):
        if self.path.startswith("/test/"):
            return self.serve_test(body)
        with self.server.lock:
            self.server.log.append(f"{self.command} {self.path} {json.dumps(body, sort_keys=True)}")
        rules = self.server.rules
        time.sleep(rules.get("hang", 0))
        if rules.get("first"):
            status = rules["first"].pop(0)
            return self.error(status, "not now", [("Retry-After", "1")] if status == 429 else ())
        return super().serve(body)

    def serve_test(self, body):
        if self.path == "/test/log":
            return self.answer(200, "\n".join(self.server.log))
        if self.path == "/test/rules":
            self.server.begin(body)
        else:
            threading.Thread(target=self.server.shutdown).start()
        return self.answer(200, {})

    def serve_user(self, user, body):
        rules = self.server.rules
        if rules.get("deny"):
            return self.error(403, "you don't have permission to access this resource")
        if "raw" in rules:
            return self.answer(201 if self.command == "POST" else 200, rules["raw"])
        if self.command == "POST" and rules.get("drop"):
            self.close_connection = True
            return None
        return super().serve_user(user, body)


class UnkindServer(ApiServer):
    def __init__(self):
        super().__init__(handler=UnkindHandler)
        self.begin({})

    def begin(self, rules):
        self.rules, self.log = rules, []
        self.tokens, self.tasks = {}, {}
        self.used, self.asked = {}, {}  # how often: tokens, tasks

    def accepts(self, user, password, address):
        return (user, password) == (USER, PASSWORD)

    def allows(self, user, action):
        return True

    def user_of(self, token):
        self.used[token] = self.used.get(token, 0) + 1
        return super().user_of(token) if self.used[token] <= self.rules.get("tokens", 1000) else None

    def run(self, action, data):
        result = self.rules.get("result", {"exit_code": 0, "error": "", "output": []})
        if isinstance(result, dict):
            return result
        snapshot = {"timestamp": 1, "id": "a" * 64, "total_bytes": -1}
        return {"exit_code": 0, "error": "", "output": [snapshot] * int(result)}

    def end_of(self, number):
        self.asked[number] = self.asked.get(number, 0) + 1
        pending = self.rules.get("pending", 1)
        return None if pending < 0 or self.asked[number] <= pending else super().end_of(number)


server = UnkindServer()
print(f"port {server.server_port}", flush=True)
server.serve_forever()
