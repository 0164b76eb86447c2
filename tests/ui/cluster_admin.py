"""A page of a module inside a page that behaves like cluster-admin; each task that it makes is run by a world.

What cluster-admin does is written down in tests/ui/host/host.js. The world is whatever has run(action, data)
and gives what tests/ns8 calls an AgentResult; it may have progress(action), whose percentages are told before the
task runs. A test may call its other methods by POST /control {"do": …, "with": {…}}.
"""

import json
import pathlib
import queue
import threading
import urllib.parse
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = pathlib.Path(__file__).resolve().parent
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
         ".png": "image/png"}
API = "/cluster-admin/api"
BEARER = "Bearer token-of-the-test"


def serve(world, instance, dist, core_css, port=0):
    """The URL of cluster-admin; the server ends with the process. `dist` is the folder of the built page."""
    handler = type("AnswersHere", (Answers,), {"world": world, "dist": dist, "core_css": core_css,
                                               "tasks": Tasks(world), "app": f"/cluster-admin/apps/{instance}/"})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/cluster-admin/"


class Tasks:
    """Tasks by their id, and who listens for what becomes of them."""

    def __init__(self, world):
        self.world, self.known, self.listeners = world, {}, []

    def create(self, request):
        task = str(uuid.uuid4())
        self.known[task] = {"context": {**request, "id": task, "parent": ""}, "status": None}
        threading.Thread(target=self.run, args=(task,), daemon=True).start()
        return task

    def run(self, task):
        context = self.known[task]["context"]
        self.tell(task, "running", 0)
        for percent in getattr(self.world, "progress", lambda _: ())(context["action"]):
            self.tell(task, "running", percent)
        result = self.world.run(context["action"], context.get("data"))
        self.known[task]["status"] = {"output": parsed(result.output), "error": result.error,
                                      "exit_code": result.exit_code, "file": f"task/{task}"}
        self.tell(task, result.status, 100)

    def tell(self, task, status, progress):
        for listener in list(self.listeners):
            listener.put({"id": task, "status": status, "progress": progress})


def parsed(output):
    try:
        return json.loads(output)
    except ValueError:
        return output


class Answers(BaseHTTPRequestHandler):
    """Files, tasks and control; nothing is cached."""

    protocol_version = "HTTP/1.1"
    tasks = world = dist = core_css = app = None

    def log_message(self, *_):
        pass

    def send(self, content, kind="application/json", status=200):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):  # pylint: disable=invalid-name
        path = urllib.parse.urlsplit(self.path).path
        if path == "/cluster-admin/events":
            self.stream()
        elif path.startswith(f"{API}/module/"):
            self.tell_task(*path.split("/")[-2:])
        elif path == "/cluster-admin/css/core.css":
            self.send_file(self.core_css)
        elif path.startswith(self.app):
            self.send_file(self.dist / (path.removeprefix(self.app) or "index.html"))
        else:
            self.send_file(HERE / "host" / (path.removeprefix("/cluster-admin/") or "index.html"))

    def tell_task(self, task, part):
        """As the API server does: 400 for a result that is not there yet (ns8-core 4f41b359, methods/tasks.go)."""
        known = self.tasks.known.get(task, {"status": None})
        data = known if part == "context" else known["status"]
        if self.headers.get("Authorization") != BEARER:
            self.send({"code": 401}, status=401)
        elif data is None:
            self.send({"code": 400, "data": "redis: nil"}, status=400)
        else:
            self.send({"code": 200, "data": data})

    def send_file(self, file):
        if not file.is_file():
            self.send({"code": 404}, status=404)
            return
        self.send(file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"))

    def do_POST(self):  # pylint: disable=invalid-name
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/control":
            self.send({"value": getattr(self.world, request["do"])(**request.get("with", {}))})
        elif self.headers.get("Authorization") != BEARER:
            self.send({"code": 401}, status=401)
        else:
            self.send({"code": 201, "data": {"id": self.tasks.create(request)}}, status=201)

    def stream(self):
        """Server-sent events in the place of cluster-admin's web socket."""
        mine = queue.Queue()
        self.tasks.listeners.append(mine)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            self.wfile.write(b": hello\n\n")
            while True:
                self.wfile.write(f"data: {json.dumps(mine.get())}\n\n".encode())
        except OSError:
            self.tasks.listeners.remove(mine)
