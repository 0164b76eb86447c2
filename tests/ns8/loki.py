"""Stand-in for the cluster's log: Loki's HTTP API behind basic authentication, as NS8's module loki sets it up.

Written from the API's documentation (Loki 3.5, docs/sources/reference/loki-http-api.md): POST /loki/api/v1/push takes
entries as JSON, GET /loki/api/v1/query_range gives those of a time, `start` included and `end` not, `limit` of them
at most. Of LogQL it knows what this project asks: {label="value",…} and any number of |~ `expression` behind it; an
empty value stands for a label that is not there. A limit over LARGEST_LIMIT is refused, as Loki refuses it.

    loki.py [--port 0]      prints "port N"; GET /test/quit ends it

POST /test/rules sets how it misbehaves from then on, each optional:
  first     statuses to answer before anything else, one a request
  then      the status of every answer but the first
  hang      seconds before any answer
  endless   true: the answer's body does not end
  raw       the answer to every query, as it is
"""

import argparse
import base64
import collections
import contextlib
import http.server
import json
import re
import threading
import time
import urllib.parse

USER, PASSWORD = "loki", "shoe43"
LARGEST_LIMIT = 5000  # limits_config.max_entries_limit_per_query
SELECTOR = re.compile(r'\{((?:\w+="[^"]*",?)+)\}((?:\s*\|~\s*`[^`]*`)*)')


class Log:
    """Entries by their labels."""

    def __init__(self):
        self.lock = threading.Lock()
        self.entries = []  # (nanoseconds, labels, line)
        self.rules = {}
        self.asked = []

    def push(self, streams):
        with self.lock:
            for stream in streams:
                labels = tuple(sorted(stream["stream"].items()))
                self.entries += [(int(at), labels, line) for at, line, *_ in stream["values"]]
            self.entries.sort(key=lambda entry: entry[0])  # stable: at one moment as they came

    def select(self, query, start, end, limit, forward):
        """The streams of an answer; ValueError for a query that is not known here."""
        known = SELECTOR.fullmatch(query)
        if not known:
            raise ValueError(f"parse error: {query}")
        wanted = dict(re.findall(r'(\w+)="([^"]*)"', known[1]))
        expressions = [re.compile(expression) for expression in re.findall("`([^`]*)`", known[2])]
        with self.lock:
            fits = [entry for entry in self.entries if start <= entry[0] < end
                    and all(expression.search(entry[2]) for expression in expressions)
                    and all(dict(entry[1]).get(name, "") == value for name, value in wanted.items())]
        fits = fits[:limit] if forward else fits[::-1][:limit]
        streams = collections.OrderedDict()
        for at, labels, line in fits:
            streams.setdefault(labels, []).append([str(at), line])
        return [{"stream": dict(labels), "values": values} for labels, values in streams.items()]


class Handler(http.server.BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Silent: the log keeps what was asked."""

    @property
    def log(self):
        return self.server.log

    def answer(self, status, body, kind="text/plain; charset=utf-8", headers=()):
        body = body if isinstance(body, bytes) else body.encode()
        with contextlib.suppress(ConnectionError):  # who asked may have heard enough
            self.send_response(status)
            for name, text in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        if self.path == "/test/rules":
            self.log.rules, self.log.asked = body, []
            return self.answer(200, "")
        if self.path == "/loki/api/v1/push":
            self.log.push(body["streams"])
            return self.answer(204, "")
        return self.answer(404, "404 page not found\n")

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path)
        if path.path == "/test/quit":
            self.answer(200, "")
            threading.Thread(target=self.server.shutdown).start()
        elif path.path == "/test/asked":
            self.answer(200, "\n".join(self.log.asked))
        elif path.path == "/loki/api/v1/query_range":
            self.query(dict(urllib.parse.parse_qsl(path.query)))
        else:
            self.answer(404, "404 page not found\n")

    def query(self, parameters):
        self.log.asked.append(parameters["query"])
        rules = self.log.rules
        time.sleep(rules.get("hang", 0))
        if rules.get("first"):
            status = rules["first"].pop(0)
            return self.answer(status, "not now\n", headers=[("Retry-After", "1")] if status == 429 else ())
        if "then" in rules and len(self.log.asked) > 1:
            return self.answer(rules["then"], "no more\n")
        if rules.get("endless"):
            return self.never_end()
        login = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {login}":
            return self.answer(401, "401 Unauthorized\n")
        if "raw" in rules:
            return self.answer(200, rules["raw"], "application/json")
        limit = int(parameters.get("limit", 100))
        if limit > LARGEST_LIMIT:
            return self.answer(400, f"max entries limit per query exceeded, limit > max_entries_limit_per_query "
                                    f"({limit} > {LARGEST_LIMIT})\n")
        try:
            streams = self.log.select(parameters["query"], int(parameters["start"]), int(parameters["end"]), limit,
                                      parameters.get("direction", "backward") == "forward")
        except ValueError as error:
            return self.answer(400, f"{error}\n")
        value = {"status": "success", "data": {"resultType": "streams", "result": streams, "stats": {}}}
        return self.answer(200, json.dumps(value), "application/json")

    def never_end(self):
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b'{"status":"success",' + b" " * 65536)


class Server(http.server.ThreadingHTTPServer):
    """The stand-in on a port of loopback."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """Silent: who asked may have heard enough."""

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.log = Log()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    server = Server(parser.parse_args().port)
    print(f"port {server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
