"""Where the daemon listens, and what others are told of that."""

import subprocess
import tempfile
import unittest

import module_scene  # noqa: F401  pylint: disable=unused-import
import backup_monitor
import yaml

LOOPBACK, VPN = {"listen": "loopback"}, {"listen": "vpn"}


class ListenAddress(unittest.TestCase):
    def test_it_is_loopback_unless_the_vpn_is_wanted_and_there(self):
        for settings, vpn, address in ((LOOPBACK, "", "127.0.0.1"), (LOOPBACK, "10.5.4.2", "127.0.0.1"),
                                       (VPN, "10.5.4.2", "10.5.4.2"), (VPN, "", "127.0.0.1")):
            with self.subTest(settings, vpn=vpn):
                self.assertEqual(address, backup_monitor.listen_address(settings, vpn))

    def test_a_vpn_that_the_node_does_not_have_is_refused(self):
        self.assertEqual([{"field": "listen", "parameter": "listen", "value": "vpn",
                           "error": "node_has_no_vpn_address"}], backup_monitor.find_listen_errors(VPN, ""))

    def test_anything_else_is_accepted(self):
        for settings, vpn in ((LOOPBACK, ""), (LOOPBACK, "10.5.4.2"), (VPN, "10.5.4.2")):
            with self.subTest(settings, vpn=vpn):
                self.assertEqual([], backup_monitor.find_listen_errors(settings, vpn))

    def test_an_ipv6_address_is_bracketed_in_a_url(self):
        self.assertEqual("http://127.0.0.1:20001/alert", backup_monitor.webhook_url("127.0.0.1", 20001))
        self.assertEqual("http://[fd00::1]:20001/alert", backup_monitor.webhook_url("fd00::1", 20001))


class Token(unittest.TestCase):
    def test_beyond_loopback_it_is_always_needed(self):
        for required, listen, needed in ((True, "127.0.0.1", True), (False, "127.0.0.1", False),
                                         (True, "10.5.4.2", True), (False, "10.5.4.2", True)):
            with self.subTest(listen, required=required):
                self.assertEqual(needed, backup_monitor.needs_token({"alert_token_required": required}, listen))


class Receiver(unittest.TestCase):
    URL = "http://127.0.0.1:20001/alert"

    def parse(self, with_token):
        (receiver,) = yaml.safe_load(backup_monitor.alertmanager_receiver(self.URL, with_token))["receivers"]
        (webhook,) = receiver["webhook_configs"]
        return webhook

    def test_it_delivers_to_the_webhook_and_resolved_alerts_too(self):
        self.assertEqual({"url": self.URL, "send_resolved": True}, self.parse(False))

    def test_the_token_stays_in_a_file(self):
        self.assertEqual(["credentials_file"], list(self.parse(True)["http_config"]["authorization"]))

    def test_alertmanager_accepts_it(self):
        for with_token in (True, False):
            with self.subTest(with_token=with_token), tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
                file.write("route: {receiver: backup-monitor}\n"
                           + backup_monitor.alertmanager_receiver(self.URL, with_token))
                file.flush()
                checked = subprocess.run(["amtool", "check-config", file.name], capture_output=True, text=True,
                                         check=False)
                self.assertEqual(0, checked.returncode, checked.stdout + checked.stderr)


class MetricsTarget(unittest.TestCase):
    def test_loopback_is_one_on_the_leader_only(self):
        self.assertEqual("127.0.0.1:20001", backup_monitor.metrics_target("127.0.0.1", 20001, "1", "1"))
        self.assertIsNone(backup_monitor.metrics_target("127.0.0.1", 20001, "2", "1"))

    def test_without_a_known_leader_loopback_is_none(self):
        self.assertIsNone(backup_monitor.metrics_target("127.0.0.1", 20001, "1", ""))

    def test_the_vpn_address_is_one_from_every_node(self):
        for leader in ("1", "2", ""):
            self.assertEqual("10.5.4.2:20001", backup_monitor.metrics_target("10.5.4.2", 20001, "2", leader))


if __name__ == "__main__":
    unittest.main()
