#!/usr/bin/env python3
"""A stand-in for NS8's API server (port 9311 of the leader), as far as read-backup-snapshots goes.

Written from what was observed of the real one (ns8-core 4f41b359): login, tasks, status of a task. Prints
"port N". POST /test/rules sets how it behaves from then on, GET /test/log tells what came, /test/quit ends.

Rules, each optional:
  first     statuses to answer before anything else, one a request: [429, 500]
  tokens    after so many requests with a token it is no longer valid
  pending   times that a task is asked for before it has ended; -1: it never ends
  result    {"exit_code": 0, "error": "", "output": [...]} of the task
  raw       the answer to everything but the login, as it is
  deny      true: 403 to every task
  hang      seconds before any answer
  drop      true: a submitted task is taken, and the connection closed without an answer
"""

import contextlib
import http.server
import json
import threading
import time

USER, PASSWORD = "module/backup-monitor1", "shoe43"


class State:
    rules = {}
    log = []
    tokens = {}  # token -> requests made with it
    asked = {}  # task -> times
    lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, value, headers=()):
        body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in (("Content-Type", "application/json"), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, text)
        with contextlib.suppress(ConnectionError):  # who asked may have heard enough
            self.end_headers()
            self.wfile.write(body)

    def error(self, status, message, headers=()):
        self.answer(status, {"code": status, "data": None, "message": message}, headers)

    def do_GET(self):
        self.serve({})

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        self.serve(json.loads(self.rfile.read(length) or b"{}"))

    def serve(self, body):
        if self.path == "/test/rules":
            State.rules, State.log, State.tokens, State.asked = body, [], {}, {}
            return self.answer(200, {})
        if self.path == "/test/log":
            return self.answer(200, "\n".join(State.log))
        if self.path == "/test/quit":
            self.answer(200, {})
            return threading.Thread(target=self.server.shutdown).start()
        with State.lock:
            State.log.append(f"{self.command} {self.path} {json.dumps(body, sort_keys=True)}")
        time.sleep(State.rules.get("hang", 0))
        if State.rules.get("first"):
            status = State.rules["first"].pop(0)
            return self.error(status, "not now", [("Retry-After", "1")] if status == 429 else ())
        if self.path == "/api/login":
            return self.login(body)
        return self.with_token(body)

    def login(self, body):
        if (body.get("username"), body.get("password")) != (USER, PASSWORD):
            return self.error(401, "incorrect Username or Password")
        token = f"eyJ{len(State.tokens)}"
        State.tokens[token] = 0
        return self.answer(200, {"code": 200, "expire": "2026-12-06T12:36:11.00015171Z", "token": token})

    def with_token(self, body):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in State.tokens or State.tokens[token] >= State.rules.get("tokens", 1000):
            return self.error(401, "Token is expired")
        State.tokens[token] += 1
        if State.rules.get("deny"):
            return self.error(403, "you don't have permission to access this resource")
        if "raw" in State.rules:
            return self.answer(201 if self.command == "POST" else 200, State.rules["raw"])
        if self.path == "/api/cluster/tasks" and State.rules.get("drop"):
            self.close_connection = True
            return None
        if self.path == "/api/cluster/tasks":
            task = f"c00f1b2e-35d3-4f3b-aec3-{len(State.asked):012}"
            State.asked[task] = 0
            return self.answer(201, {"code": 201, "data": {**body, "id": task}, "message": "task queued successfully"})
        return self.status(self.path.split("/")[4])

    def status(self, task):
        State.asked[task] += 1
        pending = State.rules.get("pending", 1)
        if pending < 0 or State.asked[task] <= pending:
            return self.answer(400, {"code": 400, "data": "redis: nil", "message": "error getting error status from redis"})
        result = State.rules.get("result", {"exit_code": 0, "error": "", "output": []})
        if isinstance(result, str):
            result = {"exit_code": 0, "error": "", "output": [{"timestamp": 1, "id": "a" * 64, "total_bytes": -1}] * int(result)}
        return self.answer(200, {"code": 200, "data": {"file": f"task/cluster/{task}", **result}, "message": "success"})


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"port {server.server_port}", flush=True)
server.serve_forever()
