"""Looking into the repositories after a run, through the cluster's API: what the mail then says."""

import time

from agent_runner import read_state
from cluster_api import ROLES
from monitor import PLANS, MonitorScene, configure, look_again, runs, wait_until_watching
from node import VPN_ADDRESS
from scene import node
from stage.processes import wait_for

DESTINATION = "48ce000a-79b7-5fe6-8558-177fd70c27b4"  # as tests/stage/cluster.py writes every plan
UUIDS = {module: f"5f0e1c2d-0000-4000-8000-00000000000{n}" for n, module in enumerate(PLANS["1"][1])}
DAY = 86400


def path_of(module):
    return f"{module.rstrip('0123456789')}/{UUIDS[module]}"


def snapshots(*times):
    """As the action answers."""
    return [{"timestamp": at, "id": f"{at:064x}", "total_bytes": -1, "backup_start": "", "backup_end": ""}
            for at in times]


class Looked(MonitorScene):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for module, uuid in UUIDS.items():
            node().redis.hset("cluster/module_uuid", module, uuid)
        cls.module = cls.add_watching(repository_check="failed", repository_check_timeout=10)

    def setUp(self):
        node().api.snapshots = {}
        node().api.asked = []

    def run_with(self, fresh=(), **errors):
        """One run, with so many errors of each module; for those of `fresh` it makes a snapshot."""
        wait_for(lambda: int(time.time()) > MonitorScene.last_second + 1, what="the next seconds")
        start = int(time.time()) - 1
        for module in fresh:
            self.holds(module, snapshots(start - DAY, start))
        for module in PLANS["1"][1]:
            node().record("1", module, errors=errors.get(module, 0), start=start, duration=1)
        MonitorScene.last_second = int(time.time())

    def mail_of(self, fresh=(), **errors):
        """The plain text of the mail that tells of the run, as one line."""
        sent = len(self.relay.mails())
        self.run_with(fresh, **errors)
        return " ".join(self.mails(sent + 1)[sent].get_body(("plain",)).get_content().split())

    def holds(self, module, found):
        node().api.snapshots[f"{DESTINATION}/{path_of(module)}"] = found

    def finding(self, module):
        """What get-report tells of the newest run."""
        result = self.module.run("get-report", {"run": runs(self.module)[0]["id"]})
        self.assert_done(result)
        (found,) = [part for part in result.value["run"]["modules"] if part["module"] == module]
        return found["verdict"], found["finding"]

    def test_1_a_fresh_snapshot_says_that_one_was_made(self):
        text = self.mail_of(fresh=["mail1"], mail1=1)
        self.assertIn("A snapshot was made at ", text)
        self.assertNotIn("Not saved", text)
        verdict, finding = self.finding("mail1")
        self.assertEqual(("saved_with_errors", None, ""), (verdict, finding["cause"], finding["words"]))
        self.assertIsNotNone(finding["snapshot_of_run"])

    def test_2_only_the_repository_of_what_had_errors_was_asked_for_and_by_that_action_alone(self):
        self.holds("samba1", snapshots(1_700_000_000))
        self.mail_of(samba1=2)
        self.assertEqual([("read-backup-snapshots", {"repository": DESTINATION, "path": path_of("samba1")})],
                         node().api.asked)
        self.assertEqual(("succeeded", None), self.finding("mail1"))

    def test_3_an_old_one_says_that_nothing_was_saved_and_how_old_the_newest_data_is(self):
        self.holds("mail1", snapshots(int(time.time()) - 9 * DAY, int(time.time()) - 3 * DAY - 4 * 3600))
        text = self.mail_of(mail1=1)
        self.assertIn("Not saved.", text)
        self.assertRegex(text, "Newest data: 3 days 4 hours old")
        verdict, finding = self.finding("mail1")
        self.assertEqual(("failed", None, None), (verdict, finding["snapshot_of_run"], finding["cause"]))

    def test_4_a_repository_that_cannot_be_read_is_called_unknown_with_its_cause(self):
        self.holds("mail1", "unable to create lock in backend: repository is already locked exclusively by PID 7\n")
        text = self.mail_of(mail1=1)
        self.assertIn("The repository is locked.", text)
        self.assertNotIn("Not saved", text)
        self.assertEqual("locked", self.finding("mail1")[1]["cause"])

    def test_5_without_its_role_it_is_refused_and_says_so(self):
        node().redis.srem("cluster/roles/reader", *ROLES["reader"])
        self.addCleanup(node().redis.sadd, "cluster/roles/reader", *ROLES["reader"])
        text = self.mail_of(mail1=1)
        self.assertNotIn("Not saved", text)
        self.assertEqual("denied", self.finding("mail1")[1]["cause"])
        self.assertEqual([], node().api.asked)

    def test_6_without_an_api_server_the_report_comes_in_time_and_claims_nothing(self):
        node().redis.hset("node/1/vpn", "ip_address", "127.0.0.1")  # nobody listens there
        self.addCleanup(node().redis.hset, "node/1/vpn", "ip_address", VPN_ADDRESS)
        self.module.user.check("systemctl", "--user", "restart", "backup-monitor.service")
        wait_until_watching(self.module)
        begin = time.monotonic()
        text = self.mail_of(mail1=1)
        self.assertLess(time.monotonic() - begin, 25)
        self.assertNotIn("Not saved", text)
        self.assertIsNotNone(self.finding("mail1")[1]["cause"])

    def test_7_all_means_that_good_ones_are_looked_into_too(self):
        self.assert_done(configure(self.module, repository_check="all", repository_check_timeout=10))
        wait_until_watching(self.module)
        self.mail_of(fresh=UUIDS)
        self.assertEqual({path_of(module) for module in UUIDS}, {data["path"] for _, data in node().api.asked})

    def test_8_off_means_that_nobody_is_asked(self):
        self.assert_done(configure(self.module, repository_check="off"))
        wait_until_watching(self.module)
        text = self.mail_of(mail1=1)
        look_again(self.module)
        self.assertEqual([], node().api.asked)
        self.assertEqual(("failed", None), self.finding("mail1"))
        self.assertIn("which step failed is unknown", text)

    def test_9_after_all_these_logins_no_log_and_no_mail_has_password_or_token(self):
        password = read_state(self.module.state / "agent.env")["REDIS_PASSWORD"]
        tokens = [token for token, user in node().api.tokens.items() if user == self.module.agent_id]
        self.assertTrue(tokens)
        told = self.module.log() + "".join(mail.as_string() for mail in self.relay.mails())
        self.assertIn("checked the repository of mail1", told)
        for secret in (password, *tokens):
            self.assertNotIn(secret, told)
