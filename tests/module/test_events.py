"""Event handlers: each hands its payload to the daemon, is quick, and never fails."""

import socket
import time
import unittest
import urllib.request

from http_peer import HttpPeer
from module_scene import IMAGEROOT, ModuleScene

HINTS = ("smarthost-changed", "backup-schedule-changed", "backup-destination-changed", "module-added",
         "module-removed", "leader-changed")
ENOUGH = 2.9  # seconds: the handler's own limit is 2


class Events(ModuleScene):
    def prepare(self):
        self.create()
        self.configure()

    def setUp(self):
        super().setUp()
        self.token = self.module.read("daemon/webhook-token").strip()

    def listen(self, **more):
        peer = HttpPeer(self.module.port, **more)
        self.addCleanup(peer.stop)
        return peer

    def raise_event(self, name, payload=None):
        told = self.module.event(name, {"node_id": 1} if payload is None else payload, "node/1")
        self.assertEqual(("completed", 0), (told["status"], told["exit_code"]), told)
        self.assertLess(told["seconds"], ENOUGH * len(told["steps"]))
        return told

    def test_every_event_of_the_module_has_a_test_here(self):
        self.assertEqual({"backup-status-changed", *HINTS}, {path.name for path in (IMAGEROOT / "events").iterdir()})

    def test_a_status_goes_to_event_with_payload_and_token(self):
        peer = self.listen()
        self.raise_event("backup-status-changed", '{"node_id":1,"backup_id":1,"module_id":"mail1"}')
        ((method, path, headers, body),) = peer.requests
        self.assertEqual(("POST", "/event", b'{"node_id":1,"backup_id":1,"module_id":"mail1"}'), (method, path, body))
        self.assertEqual((f"Bearer {self.token}", "application/json"),
                         (headers["Authorization"], headers["Content-Type"]))

    def test_each_other_event_goes_to_its_own_path(self):
        peer = self.listen()
        for name in HINTS:
            self.raise_event(name)
        self.assertEqual([f"/event/{name}" for name in HINTS], [path for _, path, _, _ in peer.requests])

    def test_the_real_daemon_takes_each_of_them(self):
        self.serve()
        for path in ("/event", *(f"/event/{name}" for name in HINTS)):
            with self.subTest(path):
                request = urllib.request.Request(
                    f"http://127.0.0.1:{self.module.port}{path}", method="POST",
                    data=b'{"node_id":1,"backup_id":1,"module_id":"mail1"}',
                    headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
                with urllib.request.urlopen(request, timeout=10) as answer:
                    self.assertIn(answer.status, (200, 202))

    def test_a_payload_of_any_bytes_arrives_as_it_is(self):
        peer = self.listen()
        for payload in ('{"name":"@/etc/passwd"}', "@/etc/passwd", "a=b&c=%20\r\n", "é🙂", "x" * 200_000, ""):
            with self.subTest(payload[:20]):
                self.raise_event("backup-status-changed", payload)
                self.assertEqual(payload.encode(), peer.requests[-1][3])

    def test_a_daemon_that_listens_on_the_vpn_gets_it_there(self):
        peer = self.listen(address="127.0.0.2")
        self.module.write_state(**{**self.module.read_state(), "BACKUP_MONITOR_LISTEN": "127.0.0.2"})
        self.raise_event("module-added")
        self.assertEqual(1, len(peer.requests))

    def test_a_proxy_of_the_node_is_not_asked(self):
        peer = self.listen()
        self.module.environment.update(http_proxy="http://127.0.0.1:1", ALL_PROXY="http://127.0.0.1:1")
        self.raise_event("module-added")
        self.assertEqual(1, len(peer.requests))

    def test_a_daemon_that_is_off_is_no_fault(self):
        self.raise_event("backup-status-changed")

    def test_a_daemon_that_refuses_is_no_fault(self):
        self.listen(status=401)
        self.raise_event("backup-status-changed")

    def test_a_daemon_that_never_answers_is_given_up(self):
        with socket.create_server(("127.0.0.1", self.module.port)):
            begin = time.monotonic()
            self.raise_event("backup-status-changed")
        self.assertLess(1.5, time.monotonic() - begin)

    def test_a_module_without_token_or_port_is_no_fault(self):
        (self.module.state / "webhook.header").unlink()
        self.raise_event("backup-status-changed")
        self.module.write_state(MODULE_ID="backup-monitor1")
        self.raise_event("backup-status-changed")

    def test_the_token_is_on_no_command_line_and_in_no_log(self):
        self.module.add_command("curl", "#!/bin/sh\necho \"$@\" >curl-arguments\n")
        told = self.raise_event("backup-status-changed")
        self.assertIn("--header @webhook.header", self.module.read("curl-arguments"))
        self.assertNotIn(self.token, self.module.read("curl-arguments") + told["error"])

    def test_a_new_leader_gets_the_metrics_published_by_a_unit_that_nobody_waits_for(self):
        told = self.raise_event("leader-changed", {"node_id": 2, "endpoint": "node2.example.org:55820"})
        self.assertEqual(["10post", "20publish_metrics"], told["steps"])
        self.assertEqual(["--user --quiet --collect runagent publish-metrics --when-leader-is 2"],
                         self.module.said_to("systemd-run"))

    def test_an_event_that_names_no_leader_starts_nothing(self):
        for payload in ({}, {"node_id": "2; id"}, {"node_id": -1}, {"node_id": [2]}):
            self.raise_event("leader-changed", payload)
        self.assertEqual([], self.module.said_to("systemd-run"))


if __name__ == "__main__":
    unittest.main()
