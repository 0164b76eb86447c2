"""What web pages of strangers can make a browser ask: DNS rebinding, and requests across sites."""

import http.client
import json

from scene import Scene
from stage.daemon import failed_alert

NAME = "evil.example"
READS = ["/api/status", "/api/overview", "/api/runs", "/api/results", "/api/requests/1", "/metrics", "/health", "/ready"]
WRITES = ["/alert", "/event", "/event/module-added", "/api/test-mail", "/api/report", "/api/send-again/1"]


class Rebinding(Scene):
    def ask(self, method, path, headers, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            data = None if body is None else json.dumps(body).encode()
            if data is not None:
                connection.putheader("Content-Type", "application/json")
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def a_reported_night(self):
        """Something worth reading: a run, its report and its mail. Returns the paths that show them."""
        self.watch()
        self.record("1", "mail1", errors=1)
        self.mails(1)
        run = self.daemon.get_json("/api/runs")["runs"][0]["id"]
        message = self.daemon.get_json(f"/api/runs/{run}")["messages"][0]["id"]
        return [f"/api/runs/{run}", f"/api/runs/{run}?language=en", f"/api/messages/{message}",
                f"/api/messages/{message}.eml"]

    def test_a_page_whose_name_comes_to_mean_this_machine_reads_and_sends_nothing(self):
        paths = self.a_reported_night()
        own = f"localhost:{self.daemon.port}"
        self.assertIn("Subject:", self.ask("GET", paths[-1], {"Host": own})[1])  # it is there to be read

        # The browser takes page and daemon for one origin: http://evil.example:9099.
        host = f"{NAME}:{self.daemon.port}"
        page = {"Host": host, "Sec-Fetch-Site": "same-origin", "Referer": f"http://{host}/"}
        for path in READS + paths:
            status, body = self.ask("GET", path, page)
            self.assertEqual(421, status, path)
            self.assertEqual({"error"}, set(json.loads(body)), path)
        for path in WRITES:
            status, _ = self.ask("POST", path, {**page, "Origin": f"http://{host}"},
                                 {"alerts": [failed_alert("1")]})
            self.assertEqual(421, status, path)
        self.assertEqual(len(WRITES) + len(READS + paths), self.daemon.metric("requests_refused_total", reason="host"))
        self.assertIn("requests are refused: their Host is not a name of this receiver", self.daemon.log())
        self.assert_only(1)

    def test_a_page_elsewhere_sends_nothing_although_it_names_us(self):
        paths = self.a_reported_night()
        own = f"localhost:{self.daemon.port}"
        for headers in ({"Origin": f"http://{NAME}"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"}):
            for path in WRITES:
                status, _ = self.ask("POST", path, {"Host": own, **headers}, {"alerts": [failed_alert("1")]})
                self.assertEqual(403, status, (headers, path))
            for path in READS + paths:
                self.assertEqual(403, self.ask("GET", path, {"Host": own, **headers})[0], (headers, path))
        self.assert_only(1)

    def test_those_who_ask_by_a_name_of_this_machine_are_served(self):
        self.watch(sections={"receiver": {"host_names": ["monitor.example.org"]}})
        port = self.daemon.port
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", "monitor.example.org", f"host.containers.internal:{port}"):
            for path in READS:
                self.assertEqual(200, self.ask("GET", path, {"Host": host})[0], (host, path))
        self.assertEqual(0, self.daemon.run("healthcheck").returncode)
        # An old balancer asks in HTTP/1.0, without Host.
        http.client.HTTPConnection._http_vsn_str, kept = "HTTP/1.0", http.client.HTTPConnection._http_vsn_str
        try:
            self.assertEqual(200, self.ask("GET", "/health", {})[0])
            self.assertEqual(400, self.ask("GET", "/metrics", {})[0])
        finally:
            http.client.HTTPConnection._http_vsn_str = kept


class WhatOthersSend(Scene):
    """Forms of the webhook that other receivers take."""

    def post(self, path, lines, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=10)
        try:
            connection.putrequest("POST", path)
            for line in ("Content-Type: application/json", *lines):
                connection.putheader(*line.split(": "))
            connection.endheaders()
            connection.send(body)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def test_chunks_and_a_slash_are_taken_and_a_compressed_body_is_named(self):
        self.watch(wait_seconds=0)
        alert = json.dumps({"alerts": [failed_alert("1", "Nightly", starts_at=None)]}).encode()
        chunked = b"10;x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (alert[:16], len(alert) - 16, alert[16:])
        self.assertEqual(202, self.post("/alert/", ["Transfer-Encoding: chunked"], chunked)[0])
        self.mails(1)
        status, headers, body = self.post("/alert", ["Content-Encoding: gzip", "Content-Length: 2"], b"\x1f\x8b")
        self.assertEqual((415, "identity"), (status, headers["Accept-Encoding"]))
        self.assertIn("gzip", body)
