"""Whoever listens on the daemon's port: notes what comes, and answers as told."""

import http.server
import threading


class HttpPeer:
    def __init__(self, port=0, address="127.0.0.1", status=202, body=b"{}"):
        self.requests = []  # (method, path, headers, body)
        peer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                peer.requests.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = answer  # names of the base class' protocol

            def log_message(self, *_):
                """Nothing: the test has the requests."""

        self.server = http.server.ThreadingHTTPServer((address, port), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
