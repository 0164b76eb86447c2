"""Actions that ask the daemon, with the real daemon behind them; the agent checks each output's schema."""

import http.client
import time
import unittest

from asked_scene import PREFIX, AskedScene
from stage.processes import free_port


class Asked(AskedScene):
    def test_without_a_run_the_list_is_empty(self):
        self.assertEqual({"runs": [], "next_before": None}, self.list())
        told = self.module.call("null", "action", "list-reports")
        self.assertEqual("completed", told["status"], told["error"])

    def test_runs_are_listed_filtered_and_paged(self):
        self.back_up("1", "mail1", "samba1")
        self.back_up("2", "mail1", errors=["mail1"])
        both = self.list()["runs"]
        self.assertEqual([("2", 1, 0), ("1", 2, 2)],
                         [(run["plan"]["id"], run["modules"], run["succeeded"]) for run in both])
        self.assertEqual(both[:1], self.list(plan="2")["runs"])
        self.assertEqual(both[1:], self.list(outcome="SUCCESS")["runs"])
        self.assertEqual([], self.list(plan="9")["runs"])
        first = self.list(limit=1)
        self.assertEqual((both[:1], both[0]["id"]), (first["runs"], first["next_before"]))
        self.assertEqual(both[1:], self.list(limit=1, before=first["next_before"])["runs"])

    def test_one_run_has_its_modules_and_its_mail(self):
        number = self.back_up("1", "mail1", "samba1")
        run = self.run_action("get-report", {"run": number}).value["run"]
        self.assertEqual([("mail1", "succeeded"), ("samba1", "succeeded")],
                         [(module["module"], module["verdict"]) for module in run["modules"]])
        (message,) = run["messages"]
        self.assertEqual(self.relay.mails()[0]["Subject"], message["subject"])

    def test_a_run_says_in_words_what_happened_and_what_to_do(self):
        self.back_up("1", "mail1", "samba1", ago=30)
        number = self.back_up("1", "mail1", "samba1", errors=["samba1"])
        run = self.run_action("get-report", {"run": number, "language": "en"}).value["run"]
        bad, good = run["modules"]  # the worst first
        self.assertEqual(([], 0, 1, 0, good["record"]["ended"]), (
            good["says"], good["failures_in_row"], run["failure_in_row"], run["fixed_after"], good["newest_data"]))
        self.assertEqual((1, 4_200_000_000), (bad["failures_in_row"], bad["previous_size_bytes"]))
        self.assertEqual(bad["last_good"], bad["newest_data"])
        self.assertLess(bad["last_good_unix"], bad["record"]["started_unix"])
        self.assertIn("Whether the newest data were saved is unknown.", bad["says"])
        self.assertIn("journalctl", " ".join(command for step in run["advice"] for command in step["commands"]))

    def test_a_run_speaks_the_language_of_the_settings_unless_told(self):
        number = self.back_up("1", "mail1", "samba1", errors=["samba1"])

        def advice(**language):
            return self.run_action("get-report", {"run": number, **language}).value["run"]["advice"]
        english, italian = advice(language="en"), advice(language="it")
        self.assertNotEqual(english, italian)
        self.assertEqual(english, advice())
        settings = self.module.state / "settings.json"
        settings.write_text(settings.read_text().replace('"language": "en"', '"language": "it"'))
        self.assertEqual(italian, advice())

    def test_a_run_that_does_not_exist_is_said_and_not_invented(self):
        result = self.module.run("get-report", {"run": 99})
        self.assertEqual(("aborted", 3, ""), (result.status, result.exit_code, result.output))
        self.assertRegex(result.error, r"\AGET /api/runs/99: .+ \(HTTP 404\)\n\Z")

    def test_what_no_request_may_be(self):
        for action, request, error in (
                ("list-reports", {"outcome": "FINE"}, ("outcome", "outcome_enum")),
                ("list-reports", {"limit": 0}, ("limit", "limit_number_gte")),
                ("list-reports", {"limit": 1001}, ("limit", "limit_number_lte")),
                ("list-reports", {"page": 1}, ("(root)", "(root)_additional_property_not_allowed")),
                ("get-report", {"run": "3"}, ("run", "run_invalid_type")),
                ("get-report", {"run": 0}, ("run", "run_number_gte")),
                ("get-report", {}, ("(root)", "(root)_required")),
                ("get-report", {"run": 1, "language": "de"}, ("language", "language_enum")),
                ("get-overview", {"plan": "1"}, ("(root)", "(root)_additional_property_not_allowed")),
                ("list-results", {"runs": 0}, ("runs", "runs_number_gte")),
                ("list-results", {"runs": 101}, ("runs", "runs_number_lte")),
                ("list-results", {"plan": ""}, ("plan", "plan_string_gte")),
                ("list-results", {"outcome": "SUCCESS"}, ("(root)", "(root)_additional_property_not_allowed")),
                ("get-message", {"message": "1"}, ("message", "message_invalid_type")),
                ("get-message", {"message": 0}, ("message", "message_number_gte")),
                ("send-again", {"message": "1/../2"}, ("message", "message_invalid_type")),
                ("send-again", {"message": 0}, ("message", "message_number_gte")),
                ("send-again", {}, ("(root)", "(root)_required")),
                ("send-again", {"message": 1, "to": "x"}, ("(root)", "(root)_additional_property_not_allowed")),
                ("report-now", {"plan": 1}, ("plan", "plan_invalid_type")),
                ("send-test-mail", {"to": "x"}, ("(root)", "(root)_additional_property_not_allowed"))):
            with self.subTest(action, request=request):
                self.assert_refused(self.module.run(action, request), error)

    def test_the_test_mail_is_sent_with_the_prefix_as_it_was_given(self):
        answer = self.run_action("send-test-mail").value
        self.assertEqual([("admin@example.org", "delivered")],
                         [(delivery["recipient"], delivery["state"])
                          for message in answer["messages"] for delivery in message["deliveries"]])
        (mail,) = self.relay.mails()
        self.assertTrue(mail["Subject"].startswith(PREFIX), mail["Subject"])

    def test_a_relay_that_is_away_is_told_at_once(self):
        self.cluster.set_smarthost(free_port())
        answer = self.run_action("send-test-mail").value
        (delivery,) = answer["messages"][0]["deliveries"]
        self.assertEqual("waiting", delivery["state"])
        self.assertTrue(delivery["attempts"][0]["detail"])

    def test_a_report_on_request_tells_of_the_plan_that_was_named(self):
        self.back_up("1", "mail1", "samba1")
        result = self.run_action("report-now", {"plan": "1"})
        self.assertEqual([0, 25, 60, 100], result.told)  # validated, accepted, written, tried
        answer = result.value
        self.assertEqual(["delivered"], [delivery["state"] for message in answer["messages"]
                                         for delivery in message["deliveries"]])
        self.assertIn("Nightly", answer["messages"][0]["subject"])

    def test_a_report_on_a_plan_without_a_run_tells_of_no_other_plan(self):
        self.back_up("1", "mail1", "samba1")
        (message,) = self.run_action("report-now", {"plan": "2"}).value["messages"]
        self.assertIn("no backup run known yet", message["subject"])
        self.assertNotIn("Nightly", message["subject"])

    def test_a_plan_that_the_cluster_does_not_have_is_refused(self):
        for plan in ("9", "shoe\n", "1/status"):
            with self.subTest(plan):
                self.assert_refused(self.module.run("report-now", {"plan": plan}), ("plan", "plan_is_unknown"))
        self.assertEqual([], self.relay.mails())

    def test_where_no_mail_can_leave_nobody_waits_for_it(self):
        self.cluster.set_smarthost(self.relay.port, enabled=False)
        self.run_action("send-test-mail")  # from here on the daemon knows, and tries none for a while
        begin = time.monotonic()
        (message,) = self.run_action("send-test-mail").value["messages"]
        self.assertLess(time.monotonic() - begin, 10)
        self.assertEqual("waiting", message["deliveries"][0]["state"])

    def test_callers_reach_the_daemon_by_every_name_of_the_node_and_by_no_other(self):
        for host in ("node.example.org", "Node", "cluster-localnode", "CLUSTER-LEADER", "127.0.0.1", "localhost"):
            with self.subTest(host):
                self.assertEqual(200, self.ready(f"{host}:{self.module.port}"))
        for host in ("rebound.example.org", "cluster-localnode.example.org", "cluster", "node.example"):
            with self.subTest(host):
                self.assertEqual(421, self.ready(f"{host}:{self.module.port}"))

    def ready(self, host):
        connection = http.client.HTTPConnection("127.0.0.1", self.module.port, timeout=10)
        self.addCleanup(connection.close)
        connection.request("GET", "/ready", headers={"Host": host})
        return connection.getresponse().status

    def test_facts_are_counted(self):
        facts = self.run_action("get-facts").value
        self.assertEqual((1, 1, 1, 2), tuple(facts[f"backup_monitor_{name}"] for name in
                                             ("configured", "running", "recipients", "plans")))

    def test_a_wrong_token_is_a_failure_that_names_it_not(self):
        (self.module.state / "daemon/webhook-token").write_text("shoe43" * 8)
        result = self.module.run("list-reports")
        self.assertEqual(("aborted", 3), (result.status, result.exit_code))
        self.assertIn("HTTP 401", result.error)
        self.assertNotIn("shoe43", result.error)


if __name__ == "__main__":
    unittest.main()
