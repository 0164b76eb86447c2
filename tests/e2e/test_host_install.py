"""What the host installation leaves is used as it is: nobody without its token reads or sends anything."""

import pathlib
import shutil
import subprocess

import yaml

from scene import ONE_PLAN, Scene
from stage.alerting import Alertmanager
from stage.daemon import binary, failed_alert
from stage.processes import ROOT

CONFIG, TOKEN, RECEIVER = (pathlib.Path("etc/ns8-backup-monitor", name) for name in (
    "config.yml", "webhook-token", "alertmanager-receiver.yml"))
ROUTE = "route: {receiver: backup-monitor, group_by: [alertname], group_wait: 200ms, group_interval: 1s}\n"


class Installed(Scene):
    def setUp(self):
        super().setUp()
        self.root = self.folder / "host"
        self.root.mkdir()
        commands = self.folder / "commands"
        commands.mkdir()
        (commands / "systemctl").write_text("#!/bin/sh\n")
        (commands / "systemctl").chmod(0o755)
        subprocess.run(
            [ROOT / "deploy/install.sh", "--root", self.root, "--binary", binary(), "--from", "m@example.org",
             "--to", "admin@example.org"], check=True, capture_output=True,
            env={"PATH": f"{commands}:/usr/sbin:/usr/bin:/sbin:/bin"})
        settings = yaml.safe_load((self.root / CONFIG).read_text())
        settings["receiver"]["token_file"] = str(self.root) + settings["receiver"]["token_file"]
        settings.pop("logging")
        self.watch(sections=settings)

    def wait_for_first_look(self):
        self.daemon.headers["Authorization"] = f"Bearer {(self.root / TOKEN).read_text().strip()}"
        super().wait_for_first_look()

    def test_who_has_no_token_reads_nothing_and_sends_nothing(self):
        self.record("1", "mail1")
        self.mails(1)
        asked = [("GET", path) for path in ("/api/status", "/api/overview", "/api/runs", "/api/runs/1",
                                            "/api/messages/1", "/api/messages/1.eml", "/api/results")]
        asked += [("POST", path) for path in ("/api/test-mail", "/api/report", "/api/send-again/1", "/alert", "/event")]
        for method, path in asked:
            for token in ("", "Bearer wrong"):
                status, body = self.daemon.request(method, path, {} if method == "POST" else None,
                                                   {"Authorization": token})
                self.assertEqual(401, status, f"{method} {path}: {body}")
        self.assertEqual(200, self.daemon.get("/api/runs")[0])  # with it
        self.assert_only(1)

    def test_the_commands_of_the_program_do_not_need_it(self):
        for arguments, code in ((("check-config",), 0), (("healthcheck",), 0), (("report",), 0), (("send-test",), 0)):
            done = self.daemon.run(*arguments)
            self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        self.mails(1)

    def test_a_real_alertmanager_with_the_receiver_that_was_written_is_heard(self):
        copy = self.folder / "backup-monitor-token"
        shutil.copy(self.root / TOKEN, copy)
        receiver = (self.root / RECEIVER).read_text()
        self.assertIn("url: http://127.0.0.1:9099/alert\n", receiver)
        alertmanager = self.keep(Alertmanager(self.folder, self.daemon.port))
        alertmanager.config.write_text(ROUTE + receiver.replace(
            "/etc/alertmanager/backup-monitor-token", str(copy)).replace(":9099/", f":{self.daemon.port}/"))
        alertmanager.start()
        self.cluster.write_record("1", "mail1", errors=1)
        alertmanager.post(failed_alert("1", ONE_PLAN["1"][0]))
        self.assertIn("❌", self.mails(1)[0]["Subject"])
        self.assertIsNotNone(self.daemon.status()["triggers"]["last_alert"])
