"""The life of one instance: installed, configured, at work, restarted, removed."""

import json
import stat
import time

from monitor import UNIT, MonitorScene, configuration, configure, runs, state_of, status, token
from monitor import wait_until_watching
from scene import node
from stage.alerting import Alertmanager
from stage.processes import wait_for

MOST_TO_END = 5.0  # seconds of a reboot, and of remove-module
ROUTE = """\
route:
  receiver: backup-monitor
  group_by: [alertname, node]
  group_wait: 200ms
  group_interval: 1s
  repeat_interval: 1h
"""


class OneLife(MonitorScene):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.module = cls.add()

    def test_01_until_it_is_configured_the_service_is_off(self):
        found = configuration(self.module)
        self.assertEqual(("off", [], False, None),
                         (found["mail"], found["recipients"], found["service"]["active"], found["metrics_target"]))
        self.assertEqual("inactive", self.module.systemctl("is-active", UNIT))
        self.assertNotIn("BACKUP_MONITOR_MAIL", self.module.environment())

    def test_02_secrets_are_in_files_that_nobody_else_reads(self):
        for name in ("webhook.header", "daemon/webhook-token"):
            mode = (self.module.state / name).stat().st_mode
            self.assertEqual(0o600, stat.S_IMODE(mode), name)

    def test_03_before_it_is_configured_events_and_questions_do_no_harm(self):
        told = node().tell("smarthost-changed", {})[self.module.id]
        self.assertEqual("completed", told["status"])
        self.assert_done(self.module.run("list-reports", {}), {"runs": [], "next_before": None})
        result = self.module.run("report-now", {})
        self.assertEqual("aborted", result.status)
        self.assertIn("is it configured", result.error)

    def test_04_a_bad_configuration_is_refused_and_the_service_stays_off(self):
        result = configure(self.module, recipients=[])
        self.assertEqual(("validation-failed", 10), (result.status, result.exit_code))
        self.assertEqual("recipients_array_min_items", result.value[0]["error"])
        self.assertEqual("inactive", self.module.systemctl("is-active", UNIT))

    def test_05_configured_it_is_ready(self):
        result = configure(self.module)
        self.assert_done(result)
        self.assertEqual(("", ""), (result.output, result.error))  # nothing went wrong, so there is nothing to say
        self.assertEqual(["active", "enabled"], [self.module.systemctl(ask, UNIT) for ask in
                                                 ("is-active", "is-enabled")])
        wait_until_watching(self.module)
        found = configuration(self.module)
        self.assertEqual(("on", True, f"http://127.0.0.1:{self.module.port}/alert"),
                         (found["mail"], found["smarthost_enabled"], found["webhook_url"]))
        self.assertEqual(1, found["service"]["status"]["cluster"]["plans"])
        self.assertEqual("on", node().redis.hget(f"module/{self.module.id}/environment", "BACKUP_MONITOR_MAIL"))

    def test_06_the_container_is_locked_up(self):
        shown = json.loads(self.module.user.check("podman", "inspect", "backup-monitor"))[0]
        host = shown["HostConfig"]
        self.assertTrue(host["ReadonlyRootfs"])
        self.assertEqual("host", host["NetworkMode"])
        self.assertIn("no-new-privileges", host["SecurityOpt"])
        self.assertEqual([], shown["EffectiveCaps"] or [])
        self.assertIn("--memory=256m", shown["Config"]["CreateCommand"])  # without effect on cgroup v1
        mounts = {mount["Destination"]: (mount["RW"], mount["Source"]) for mount in shown["Mounts"]}
        self.assertEqual({"/etc/backup-monitor", "/var/lib/backup-monitor", "/run/backup-monitor/agent-credentials"},
                         set(mounts))
        self.assertEqual((False, str(self.module.state / "daemon")), mounts["/etc/backup-monitor"])

    def test_07_the_test_mail_comes_and_the_task_tells_so(self):
        result = self.module.run("send-test-mail", {})
        self.assert_done(result)
        (delivery,) = result.value["messages"][0]["deliveries"]
        self.assertEqual(("admin@example.org", "delivered"), (delivery["recipient"], delivery["state"]))
        self.assertIn("Test mail", self.mails(1)[0]["Subject"])

    def test_08_an_event_leads_to_the_mail_of_the_run(self):
        told = self.back_up()[self.module.id]
        self.assertEqual("completed", told["status"])
        self.assertLess(told["seconds"], 2.5)
        self.assertIn("✅ Backup completed: Nightly", self.mails(2)[1]["Subject"])
        (run,) = runs(self.module)
        self.assertEqual("SUCCESS", run["outcome"])
        result = self.module.run("get-report", {"run": run["id"]})
        self.assert_done(result)
        self.assertEqual({"mail1", "samba1"}, {part["module"] for part in result.value["run"]["modules"]})

    def test_09_the_alert_of_a_real_alertmanager_leads_to_the_mail(self):
        password = self.folder / "webhook-token"
        password.write_text(token(self.module))
        receiver = configuration(self.module)["alertmanager_receiver"]
        alertmanager = Alertmanager(self.folder, self.module.port)
        alertmanager.config.write_text(ROUTE + receiver.replace("/etc/alertmanager/backup-monitor-token",
                                                                str(password)))
        node().keep(alertmanager).start()
        self.addCleanup(alertmanager.stop)
        self.back_up(errors=1)
        alertmanager.post({"labels": {"alertname": "BackupFailed", "id": "1", "name": "Nightly", "node": "1",
                                      "severity": "critical", "service": "backup"}})
        self.assertIn("❌", self.mails(3)[2]["Subject"])
        wait_for(lambda: status(self.module)["triggers"]["last_alert"], 20, "the alert in the status")

    def test_10_without_the_token_an_alert_is_refused(self):
        url = configuration(self.module)["webhook_url"]
        asked = self.module.user.check("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-d", "{}", url)
        self.assertEqual("401", asked)

    def test_11_a_bad_configuration_leaves_the_service_untouched(self):
        before = state_of(self.module)
        for changes, error in (({"recipients": ["a@example.org", "A@example.org"]}, "recipient_is_repeated"),
                               ({"sender": "nobody"}, "sender_is_no_address"),
                               ({"wait_seconds": 100000}, "wait_seconds_number_lte"),
                               ({"subject_prefix": "a\nb"}, "subject_prefix_is_not_one_line"),
                               ({"shoes": 1}, "(root)_additional_property_not_allowed")):
            result = configure(self.module, **changes)
            self.assertEqual(("validation-failed", error), (result.status, result.value[0]["error"]))
        self.assert_unchanged(before)

    def test_12_a_service_that_does_not_become_ready_gets_its_old_configuration_back(self):
        before = state_of(self.module)[1:]
        self.module.systemctl("stop", UNIT)
        blocker = self.module.user.run("systemd-run", "--user", "--collect", "--unit=blocker", "/usr/bin/python3",
                                       "-c", "import socket,time; s=socket.create_server(('127.0.0.1',"
                                       f"{self.module.port})); time.sleep(600)")
        self.assertEqual(0, blocker.returncode, blocker.stderr)
        result = configure(self.module, subject_prefix="[Shoes]")
        self.module.systemctl("stop", "blocker.service")
        self.assertEqual("aborted", result.status)
        own, activation = result.error.splitlines()[:2]
        self.assertIn(f"127.0.0.1:{self.module.port}: Address already in use", own)
        self.assertEqual("The activation of the new configuration has failed: the service did not start. "
                         "The old configuration does not start either: the service is down.", activation)
        self.assertEqual(before, (  # the files are those of before
            (self.module.state / "daemon/config.yml").read_text(),
            (self.module.state / "settings.json").read_text()))
        self.assertEqual([], [path.name for path in (self.module.state / "daemon").glob("*.new")])
        self.assert_done(configure(self.module))
        wait_until_watching(self.module)

    def test_13_a_mail_that_waits_for_a_relay_goes_to_the_new_one_at_once(self):
        self.relay.stop()
        result = self.module.run("send-test-mail", {})
        self.assertEqual("waiting", result.value["messages"][0]["deliveries"][0]["state"])
        type(self).relay = self.start_relay()
        node().cluster.set_smarthost(self.relay.port)
        node().tell("smarthost-changed", {})
        self.mails(1)
        wait_for(lambda: status(self.module)["mail"]["waiting"] == 0, 20, "the delivery in the status")

    def test_14_after_a_restart_of_the_user_manager_nothing_is_lost(self):
        before = runs(self.module)
        took = self.module.user.stop()
        print(f"the user manager ended in {took:.2f} s")
        self.assertLess(took, MOST_TO_END)
        self.assertEqual("stopped", self.module.log().split()[-1])
        self.module.user.start()
        self.assertEqual("active", self.module.systemctl("is-active", UNIT))
        wait_until_watching(self.module)
        self.assertEqual(before, runs(self.module))
        sent = len(self.relay.mails())
        self.back_up()
        self.assertIn("✅", self.mails(sent + 1)[sent]["Subject"])
        self.wait_for_silence()
        self.mails(sent + 1)

    def test_15_no_secret_leaves_the_module(self):
        secret = token(self.module)
        self.assertGreaterEqual(len(secret), 32)
        for action in ("get-configuration", "get-facts", "list-reports"):
            result = self.module.run(action, {})
            self.assertNotIn(secret, result.output + result.error, action)
        self.assertNotIn(secret, self.module.log())
        self.assertNotIn(secret, json.dumps(node().redis.hgetall(f"module/{self.module.id}/environment")))

    def test_16_metrics_are_published_for_the_leader(self):
        targets = node().redis.hgetall(f"module/{self.module.id}/metrics_targets")
        self.assertIn(f"127.0.0.1:{self.module.port}", targets["backup-monitor"])
        self.assertIn("uid", json.loads(
            node().redis.hget(f"module/{self.module.id}/metrics_dashboards", "backup-monitor")))

    def test_17_removed_it_leaves_nothing(self):
        self.assertNotEqual([], self.module.leftovers())
        self.assertEqual("active", self.module.systemctl("is-active", UNIT))
        begin = time.monotonic()
        node().remove(self.module)
        took = time.monotonic() - begin
        print(f"remove-module ended in {took:.2f} s")
        self.assertLess(took, MOST_TO_END)
        self.assertEqual([], self.module.leftovers())
