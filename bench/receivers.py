"""Receivers that parse an alert webhook and store nothing: what we are measured against.

    receivers.py aiohttp|http.server PORT
"""

import http.server
import json
import socketserver
import sys


class PlainHandler(http.server.BaseHTTPRequestHandler):
    """http.server with keep-alive; the answer leaves in one piece, or Nagle would cost 40 ms."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self):
        json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


class PlainServer(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 256


def serve_aiohttp(port):
    from aiohttp import web

    async def alert(request):
        await request.json()
        return web.Response(status=202)

    app = web.Application()
    app.router.add_post("/alert", alert)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    if sys.argv[1] == "aiohttp":
        serve_aiohttp(int(sys.argv[2]))
    else:
        PlainServer(("127.0.0.1", int(sys.argv[2])), PlainHandler).serve_forever()
