"""Stand-in for NS8's API server, port 9311 of the leader: logging in, tasks of the cluster's agent and how they
ended. Written from what was observed of the real one (ns8-core 4f41b359, core/api-server)."""

import contextlib
import http.server
import json
import threading
import uuid


class ApiHandler(http.server.BaseHTTPRequestHandler):
    """One request. The server decides who is let in, who may do what, and how a task ends."""

    def log_message(self, *_):
        """Silent: the server keeps a log of its own."""

    def answer(self, status, value, headers=()):
        body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in (("Content-Type", "application/json"), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, text)
        with contextlib.suppress(ConnectionError):  # who asked may have heard enough
            self.end_headers()
            self.wfile.write(body)

    def error(self, status, message, headers=(), data=None):
        self.answer(status, {"code": status, "data": data, "message": message}, headers)

    def do_GET(self):
        self.serve({})

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        self.serve(json.loads(self.rfile.read(length) or b"{}"))

    def serve(self, body):
        if self.path == "/api/login":
            return self.log_in(body)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token:
            return self.error(401, "query token is empty")
        user = self.server.user_of(token)
        if user is None:
            return self.error(401, "Token is expired")
        return self.serve_user(user, body)

    def log_in(self, body):
        user = body.get("username", "")
        if not self.server.accepts(user, body.get("password", ""), self.client_address[0]):
            return self.error(401, "incorrect Username or Password")
        token = self.server.new_token(user)
        return self.answer(200, {"code": 200, "expire": "2026-12-06T12:36:11.00015171Z", "token": token})

    def serve_user(self, user, body):
        if (self.command, self.path) == ("POST", "/api/cluster/tasks"):
            return self.submit(user, body)
        if self.command == "GET" and self.path.startswith("/api/cluster/task/") and self.path.endswith("/status"):
            return self.tell_status(self.path.split("/")[4])
        return self.error(404, "API not found")

    def submit(self, user, task):
        if not self.server.allows(user, task.get("action", "")):
            return self.error(403, "you don't have permission to access this resource")
        number = self.server.start(task)
        return self.answer(201, {"code": 201, "message": "task queued successfully", "data": {
            **task, "id": number, "queue": "cluster/tasks", "user": user}})

    def tell_status(self, task):
        ended = self.server.end_of(task)
        if ended is None:
            return self.error(400, "error getting error status from redis", data="redis: nil")
        return self.answer(200, {"code": 200, "message": "success",
                                 "data": {"file": f"task/cluster/{task}", **ended}})


class ApiServer(http.server.ThreadingHTTPServer):
    """Port 0 takes a free one. A subclass knows users, roles and actions."""

    def __init__(self, host="127.0.0.1", port=0, handler=ApiHandler):
        super().__init__((host, port), handler)
        self.tokens, self.tasks = {}, {}
        self.lock = threading.Lock()

    def accepts(self, user, password, address):
        """Whether this is the user's password, and may be used from there."""
        raise NotImplementedError

    def allows(self, user, action):
        """Whether a role of the user on the cluster has this action."""
        raise NotImplementedError

    def run(self, action, data):
        """How a task ends: {"exit_code": 0, "error": "", "output": …}."""
        raise NotImplementedError

    def new_token(self, user):
        with self.lock:
            token = f"eyJ{len(self.tokens)}"
            self.tokens[token] = user
        return token

    def user_of(self, token):
        return self.tokens.get(token)

    def start(self, task):
        number = str(uuid.uuid4())
        self.tasks[number] = self.run(task["action"], task.get("data", {}))
        return number

    def end_of(self, number):
        """None until the task has ended."""
        return self.tasks.get(number)
