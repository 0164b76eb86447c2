"""SIGHUP: a new configuration without a restart, or the old one where the new one is bad."""

import http.client
import pathlib

from scene import ONE_PLAN, Scene
from stage.daemon import failed_alert
from stage.processes import free_port, is_listening, wait_for


class Reload(Scene):
    def test_new_recipients_get_the_next_mail(self):
        daemon = self.watch(wait_seconds=0)
        daemon.write_config(mail={"to": ["new@example.org"]})
        daemon.reload()
        daemon.alert(failed_alert("lost"))
        self.mails(1)
        self.assertEqual(["new@example.org"], [who for who, _ in self.relay.deliveries()])

    def test_a_bad_file_keeps_the_old_configuration_and_its_faults_are_said(self):
        daemon = self.watch(wait_seconds=0)
        good = daemon.config.read_text()
        daemon.config.write_text(good.replace('wait_seconds: 0', 'wait_seconds: "now"\n  waiting: 1'))
        daemon.reload()
        self.wait_for_log("the old one stays")
        said = daemon.log()
        self.assertIn("correlator.wait_seconds", said)
        self.assertIn("correlator.waiting", said)
        self.assertIn("config.yml:", said)
        daemon.alert(failed_alert("lost"))
        self.mails(1)

    def test_a_new_port_is_listened_on_and_the_old_one_is_left(self):
        daemon = self.watch()
        old = daemon.port
        daemon.write_config(receiver={"port": free_port()})
        daemon.reload()
        self.assertNotEqual(old, daemon.port)
        wait_for(daemon.is_ready, what="/ready on the new port")
        self.assertFalse(is_listening(old))

    def test_a_port_that_is_taken_keeps_the_old_one(self):
        daemon = self.watch()
        daemon.config.write_text(daemon.config.read_text().replace(
            f"port: {daemon.port}", f"port: {self.relay.port}"))
        daemon.reload()
        self.assertIn("the old one stays", daemon.log())
        self.assertEqual(200, daemon.get("/ready")[0])

    def test_a_token_file_that_cannot_be_read_keeps_the_old_configuration(self):
        daemon = self.watch()
        daemon.write_config(receiver={"token_file": str(self.folder / "absent")})
        daemon.reload()
        self.assertIn("the old one stays", daemon.log())
        self.assertIn("absent", daemon.log())
        self.assertEqual(202, daemon.event()[0])

    def test_what_it_knows_and_counts_stays(self):
        daemon = self.watch(ONE_PLAN)
        self.record("1", "mail1", errors=1)
        self.mails(1)
        daemon.reload()
        self.assertEqual(1, daemon.metric("runs_total", outcome="REPO_FAILURE"))
        self.assert_only(1)

    def test_connections_outlive_a_reload_and_the_new_token_counts_on_them(self):
        daemon = self.watch()
        token = self.folder / "token"
        token.write_text("new-token\n")
        client = http.client.HTTPConnection("127.0.0.1", daemon.port, timeout=10)
        self.addCleanup(client.close)

        def status():
            client.request("GET", "/api/status")
            answer = client.getresponse()
            answer.read()
            return answer.status

        self.assertEqual(200, status())
        local = client.sock.getsockname()
        daemon.write_config(receiver={"token_file": str(token)})
        daemon.reload()
        self.assertEqual(401, status())
        self.assertEqual(local, client.sock.getsockname())

    def test_a_new_limit_of_requests_is_obeyed(self):
        daemon = self.watch()
        large = b'{"filler":"' + b"x" * 70_000 + b'"}'
        self.assertEqual(202, daemon.post("/event", large)[0])
        daemon.write_config(receiver={"max_body_bytes": 65_536})
        daemon.reload()
        wait_for(daemon.is_ready, what="/ready")
        self.assertEqual(413, daemon.post("/event", large)[0])

    def test_twenty_reloads_cost_no_descriptor(self):
        daemon = self.watch()
        descriptors = pathlib.Path(f"/proc/{daemon.process.child.pid}/fd")

        def settled():
            """How many are open when a look has passed and no client is there."""
            self.wait_for_first_look()
            daemon.wait_for_looks()
            return len(list(descriptors.iterdir()))

        def steady():
            """The same twice: one that is being closed is no part of it."""
            first = settled()
            return first if settled() == first else None

        before = wait_for(steady, what="a steady number of descriptors")
        for _ in range(20):
            daemon.reload()
        wait_for(lambda: settled() == before, what=f"{before} descriptors")

    def test_alerts_accepted_while_it_reloads_are_not_lost(self):
        daemon = self.watch(wait_seconds=0)
        for number in range(3):
            self.assertEqual(202, daemon.alert(failed_alert(f"lost-{number}"))[0])
            daemon.reload()
        self.mails(3)


class LogFile(Scene):
    def test_a_log_file_that_was_moved_away_is_opened_anew(self):
        path = self.folder / "monitor.txt"
        daemon = self.watch(sections={"logging": {"level": "INFO", "file": str(path)}})
        self.assertIn("listening on", path.read_text())
        moved = path.rename(self.folder / "monitor.txt.old")
        daemon.reload()
        wait_for(lambda: path.exists() and "reloaded" in path.read_text(), what="the new log file")
        self.assertNotIn("reloaded", moved.read_text())
        self.assertIn("reloaded", daemon.log())

    def test_a_log_file_that_cannot_be_written_does_not_stop_the_daemon(self):
        daemon = self.watch(sections={"logging": {"file": str(self.folder)}})
        self.assertEqual(200, daemon.get("/ready")[0])
        self.assertIn("logging to standard output only", daemon.log())

    def test_the_level_is_obeyed_from_the_reload_on(self):
        daemon = self.watch(wait_seconds=0, sections={"logging": {"level": "ERROR"}})
        daemon.alert(failed_alert("lost"))
        self.mails(1)
        self.assertEqual("", daemon.log())
        daemon.write_config(logging={"level": "INFO"})
        daemon.reload()
        daemon.alert(failed_alert("lost too"))
        self.mails(2)
        self.wait_for_log("report: ")
