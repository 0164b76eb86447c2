"""The command line, and what a person may ask of the running daemon."""

import email
import email.policy
import json
import subprocess
import time

from scene import Scene, text_of
from stage.daemon import binary
from stage.processes import ROOT, wait_for

DOCUMENTED = """\
mail:
  from: "ns8-backup-monitor@yourdomain.com"
  to: ["admin@yourdomain.com"]
  subject_prefix: "[NS8 Backup]"
receiver:
  host: "127.0.0.1"
  port: 9099
correlator:
  wait_seconds: 30
  recent_window: 3600
redis:
  socket: "/var/lib/nethserver/cluster/state/redis.sock"
repo_check:
  timeout: 60
  restic_flags: ""
logging:
  level: INFO            # DEBUG, INFO, WARNING, ERROR
  file: "/var/log/ns8-backup-monitor.log"   # rotating, 5 MB × 3; empty: standard output only
"""
WATCHED = {"1": ("Nightly", [f"app{n}" for n in range(1, 9)]),
           "2": ("Weekly", [f"app{n}" for n in range(9, 15)])}


class Requests(Scene):
    def furnish(self):
        """2 plans with 14 modules, and 1 module that no plan has."""
        self.cluster.furnish(WATCHED)
        self.cluster.write_module("spare1", 1)

    def test_the_test_mail_says_what_is_watched_and_can_be_followed(self):
        self.furnish()
        daemon = self.serve()
        status, body = daemon.post("/api/test-mail", {})
        self.assertEqual(202, status)
        (mail,) = self.mails(1)
        self.assertIn("✉️ Test mail", mail["Subject"])
        self.assertIn("watching 2 plans, 14 modules", mail["Subject"])
        self.assertIn("1 module is in no plan", text_of(mail))
        self.assertIn("spare1", text_of(mail))
        request = f"/api/requests/{json.loads(body)['request']}"

        def delivered():
            states = [d["state"] for m in daemon.get_json(request)["messages"] for d in m["deliveries"]]
            return states == ["delivered"]
        wait_for(delivered, what="the delivery in the answer of the request")

    def test_a_report_on_request_tells_how_each_plan_stands(self):
        self.furnish()
        daemon = self.serve()
        for module in WATCHED["2"][1]:
            self.cluster.write_record("2", module)
        daemon.event("2", "app9")
        self.mails(1)
        self.assertEqual(202, daemon.post("/api/report", {"plan": "2"})[0])
        mail = self.mails(2)[-1]
        self.assertIn("On request: ✅ Backup completed: Weekly", mail["Subject"])
        self.assertIn("6 of 6 modules", mail["Subject"])

    def test_send_test_sends_without_the_daemon(self):
        self.furnish()
        said = self.make_daemon().run("send-test")
        self.assertEqual((0, "admin@example.org: delivered"), (said.returncode, said.stdout[:28]), said)
        self.assertIn("watching 2 plans, 14 modules", self.mails(1)[0]["Subject"])

    def test_send_test_says_what_the_relay_says_and_fails(self):
        self.furnish()
        self.relay.script(rcpt={"admin@example.org": "550 5.1.1 nobody here"})
        said = self.make_daemon().run("send-test")
        self.assertEqual(1, said.returncode)
        self.assertIn("550 5.1.1 nobody here", said.stdout)

    def test_send_test_says_that_the_cluster_cannot_be_read_in_the_mail_too(self):
        relay = {"transport": "smtp", "smtp": {"host": "127.0.0.1", "port": self.relay.port}}
        self.make_daemon(sections={"mail": relay, "redis": {"address": "127.0.0.1:1"}})
        self.cluster.stop()
        said = self.daemon.run("send-test")
        self.assertEqual(0, said.returncode, said)
        self.assertIn("cannot read the cluster", said.stderr)
        self.assertIn("could not be read", text_of(self.mails(1)[0]))


class History(Scene):
    def test_runs_their_modules_and_their_mails_can_be_read(self):
        daemon = self.watch({"1": ("Nightly", ["mail1", "samba1"]), "2": ("Weekly", ["webtop1"])})
        self.cluster.write_record("1", "samba1")
        self.record("1", "mail1", errors=1)
        self.mails(1)
        self.record("2", "webtop1")
        self.mails(2)
        runs = daemon.get_json("/api/runs?plan=1")["runs"]
        self.assertEqual([("1", "PARTIAL", 2, 1)],
                         [(r["plan"]["id"], r["outcome"], r["modules"], r["succeeded"]) for r in runs])
        run = daemon.get_json(f"/api/runs/{runs[0]['id']}")
        self.assertEqual({"mail1": "failed", "samba1": "succeeded"},
                         {module["module"]: module["verdict"] for module in run["modules"]})
        (message,) = run["messages"]
        self.assertIn("Nightly", message["subject"])
        kept = daemon.get(f"/api/messages/{message['id']}.eml")[1]
        self.assertIn(message["message_id"], kept)
        self.assertEqual(404, daemon.get("/api/runs/99999")[0])
        self.assertEqual(1, len(daemon.get_json("/api/runs?outcome=SUCCESS")["runs"]))


class Commands(Scene):
    def furnish_failed_night(self):
        self.cluster.furnish({"1": ("Nightly", ["mail1", "samba1"])})
        now = int(time.time())
        self.cluster.write_record("1", "mail1", start=now - 300)
        self.cluster.write_record("1", "samba1", errors=1, start=now - 200)
        return self.make_daemon()

    def test_report_prints_what_it_would_send_as_text(self):
        said = self.furnish_failed_night().run("report")
        self.assertEqual(0, said.returncode, said.stderr)
        self.assertIn("⚠️ Backup partially failed: Nightly", said.stdout.splitlines()[0])
        self.assertIn("samba1", said.stdout)

    def test_report_prints_html_json_and_a_whole_mail(self):
        daemon = self.furnish_failed_night()
        self.assertIn("<html", daemon.run("report", "--format", "html").stdout)
        as_json = json.loads(daemon.run("report", "--format", "json").stdout)
        self.assertIn("PARTIAL", json.dumps(as_json))
        mail = email.message_from_string(daemon.run("report", "--format", "eml").stdout,
                                         policy=email.policy.default)
        self.assertEqual([], mail.defects)
        self.assertIn("Nightly", mail["Subject"])
        self.assertEqual([], self.relay.mails())

    def test_report_of_a_running_daemon_knows_its_history_and_leaves_it_alone(self):
        daemon = self.furnish_failed_night().start()
        self.wait_for_first_look()
        self.record("1", "mail1", errors=1)
        self.record("1", "samba1")
        self.mails(1)
        said = daemon.run("report", "--plan", "1")
        self.assertIn("Last good backup", said.stdout)
        self.assert_only(1)

    def test_report_without_redis_says_so_and_exits_69(self):
        daemon = self.make_daemon(sections={"redis": {"address": "127.0.0.1:1"}})
        self.cluster.stop()
        said = daemon.run("report")
        self.assertEqual(69, said.returncode)
        self.assertIn("cannot read the cluster", said.stderr)

    def test_check_config_says_every_fault_with_its_line_and_exits_78(self):
        daemon = self.make_daemon()
        daemon.config.write_text('mail:\n  from: "nobody"\n  colour: red\nreceiver:\n  port: 70000\n'
                                 'correlator:\n  wait_seconds: soon\n')
        for command in ("check-config", "serve", "report", "send-test", "healthcheck", "adopt-store"):
            said = daemon.run(command)
            self.assertEqual(78, said.returncode, command)
            for fault in (":2: mail.from", ":3: mail.colour", "mail.to",
                          ":5: receiver.port: 70000 is not between 1 and 65535",
                          ":7: correlator.wait_seconds"):
                self.assertIn(fault, said.stderr, command)

    def test_check_config_says_that_a_good_file_is_good(self):
        said = self.make_daemon().run("check-config")
        self.assertEqual((0, ""), (said.returncode, said.stderr))

    def test_the_documented_configuration_and_the_example_are_good_as_they_stand(self):
        daemon = self.make_daemon()
        runagent = self.folder / "runagent"
        runagent.write_text("#!/bin/sh\n")
        runagent.chmod(0o755)
        for text in (DOCUMENTED, (ROOT / "config" / "config.yml.example").read_text()):
            daemon.config.write_text(text)
            said = daemon.run("check-config", path=self.folder)
            self.assertEqual((0, ""), (said.returncode, said.stderr))

    def test_without_runagent_the_documented_repo_check_is_said_to_have_no_effect(self):
        daemon = self.make_daemon()
        daemon.config.write_text(DOCUMENTED)
        said = daemon.run("check-config", path="/nonexistent")
        self.assertEqual(0, said.returncode, said)
        self.assertIn("is good", said.stdout)
        (warning,) = said.stderr.splitlines()
        self.assertTrue(warning.startswith("warning: config.yml:14: repo_check.timeout: has no effect: "), warning)

    def test_secret_files_that_others_read_and_short_tokens_are_warned_about(self):
        token = self.folder / "token"
        token.write_text("fifteen-letters\n")
        token.chmod(0o644)
        daemon = self.make_daemon(sections={"receiver": {"token_file": str(token)}})
        said = daemon.run("check-config")
        self.assertEqual(0, said.returncode, said)
        wide, short = said.stderr.splitlines()
        self.assertIn(f"warning: receiver.token_file: {token} can be read by every user", wide)
        self.assertIn("fewer than 16 characters", short)
        daemon.start()
        self.assertIn(f"warning warning: receiver.token_file: {token} can be read", daemon.log())
        self.assertNotIn("fifteen", daemon.log() + said.stderr + said.stdout)

        token.write_text("sixteen--letters")
        token.chmod(0o600)
        self.assertEqual("", daemon.run("check-config").stderr)

    def test_an_alert_on_any_spelling_of_loopback_needs_no_token(self):
        self.cluster.furnish(WATCHED)
        for host in ("::ffff:127.0.0.1", "0:0:0:0:0:0:0:1"):
            daemon = self.make_daemon(sections={"receiver": {"host": host}})
            self.assertEqual(0, daemon.run("check-config").returncode)
            daemon.launch()
            command = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Content-Type: application/json",
                       "-d", '{"alerts":[]}', f"http://[{host}]:{daemon.port}/alert"]

            def answer():
                asked = subprocess.run(command, capture_output=True, text=True, check=False)
                return asked.stdout if asked.returncode == 0 else ""  # not listening yet

            self.assertEqual("202", wait_for(answer, what="an answer"))
            daemon.stop()

    def test_healthcheck_tells_a_running_daemon_from_none(self):
        self.cluster.furnish({})
        daemon = self.make_daemon()
        for host in ("127.0.0.1", "localhost"):
            with self.subTest(host):
                daemon.write_config(receiver={"host": host})
                self.assertEqual(1, daemon.run("healthcheck").returncode)
                daemon.start()
                self.assertEqual(0, daemon.run("healthcheck").returncode)
                daemon.stop()
                self.assertEqual(1, daemon.run("healthcheck").returncode)

    def test_the_version_is_told_and_wrong_usage_exits_64(self):
        said = subprocess.run([binary(), "--version"], capture_output=True, text=True, check=True)
        self.assertRegex(said.stdout, r"^backup-monitor \d+\.\d+\.\d+\n")
        libraries = self.watch().status()["libraries"]
        self.assertLessEqual({"OpenSSL", "libcurl", "SQLite", "glibc"}, {library["name"] for library in libraries})
        for library in libraries:  # OpenSSL 3.0.22 (libssl-dev 3.0.22-1~deb12u2)
            self.assertIn(f"  {library['name']} {library['version']} ({library['package']})\n", said.stdout)
        self.assertEqual(64, subprocess.run([binary(), "dance"], capture_output=True, check=False).returncode)
