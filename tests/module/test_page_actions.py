"""get-overview and list-results: what the page shows of a cluster, with the real daemon behind it."""

import time
import unittest

import redis

from asked_scene import AskedScene
from stage.processes import wait_for

HOSTILE = ("<img src=x onerror=alert(1)>", "a\r\nBcc: all@example.org", "\u202egpj.exe\x00\x1b[31m", "{{ 7 * 7 }}",
           "é🙂" * 100)


class Overview(AskedScene):
    def told(self):
        return self.run_action("get-overview").value

    def plans(self):
        return {plan["id"]: plan for plan in self.told()["plans"]}

    def test_it_tells_of_service_cluster_and_mail(self):
        self.back_up("1", "mail1", "samba1")
        wait_for(lambda: self.told()["deliveries"]["last_delivered"], what="the delivery")
        told = self.told()
        self.assertEqual(({"configured": True, "active": True, "answers": True}, self.status()["version"], True, 2, "", ""), (
            told["service"], told["version"], told["cluster"]["reachable"], told["cluster"]["plans"],
            told["store"]["error"], told["history_error"]))
        self.assertEqual({"held": False, "waiting": 0, "failed": 0, "refused": 0, "refusal": "", "error": "",
                          "relay": f"127.0.0.1:{self.relay.port}", "relay_enabled": True}, told["mail"])
        self.assertAlmostEqual(time.time(), told["triggers"]["last_event_unix"], delta=60)

    def test_each_plan_stands_as_its_newest_run(self):
        self.back_up("1", "mail1", "samba1", ago=30)
        self.back_up("1", "mail1", "samba1", errors=["samba1"])
        plans, head = self.plans(), self.list(limit=1)["runs"][0]
        self.assertEqual(("Nightly", True, 2, head, "samba1", 1), tuple(plans["1"][name] for name in (
            "name", "enabled", "modules", "run", "oldest_module", "failures_in_row")))
        self.assertAlmostEqual(time.time() - 30 * 3600, plans["1"]["newest_data_unix"], delta=120)
        self.assertEqual((None, None, None, 0), tuple(plans["2"][name] for name in (
            "run", "newest_data", "oldest_module", "failures_in_row")))

    def test_hostile_names_pass_as_they_are_and_break_nothing(self):
        for name in HOSTILE:
            with self.subTest(name[:20]):
                self.redis.hset("cluster/backup/1", "name", name)
                self.module.event("backup-schedule-changed", {})
                wait_for(lambda name=name: self.plans()["1"]["name"] == name, what="a look at the new name")

    def test_a_relay_that_is_off_is_told(self):
        self.cluster.set_smarthost(self.relay.port, enabled=False)
        self.assertFalse(self.told()["mail"]["relay_enabled"])


class Results(AskedScene):
    def results(self, **request):
        return self.run_action("list-results", request).value

    def told(self, **request):
        return [(entry["module"], [(one["run"], one["verdict"]) for one in entry["results"]])
                for entry in self.results(**request)["modules"]]

    def test_without_a_run_there_is_nothing(self):
        self.assertEqual({"runs": [], "modules": [], "older_left_out": False}, self.results())
        told = self.module.call("null", "action", "list-results")
        self.assertEqual("completed", told["status"], told["error"])

    def test_modules_with_their_results_the_worst_first(self):
        first = self.back_up("1", "mail1", "samba1", ago=30)
        second = self.back_up("1", "mail1", "samba1", errors=["samba1"])
        other = self.back_up("2", "mail1")
        self.assertEqual([("samba1", [(second, "failed"), (first, "succeeded")]),
                          ("mail1", [(other, "succeeded"), (second, "succeeded"), (first, "succeeded")])], self.told())
        self.assertEqual(self.list()["runs"], self.results()["runs"])
        self.assertFalse(self.results()["older_left_out"])
        newest = {entry["module"]: entry["results"][0] for entry in self.results()["modules"]}
        self.assertEqual((None, 60), (newest["samba1"]["size_bytes"], newest["samba1"]["seconds"]))
        self.assertEqual((4_200_000_000, 60), (newest["mail1"]["size_bytes"], newest["mail1"]["seconds"]))

    def test_of_one_plan_and_of_so_many_runs(self):
        first = self.back_up("1", "mail1", "samba1")
        other = self.back_up("2", "mail1")
        self.assertEqual([("mail1", [(other, "succeeded")])], self.told(plan="2"))
        self.assertEqual([("mail1", [(other, "succeeded")])], self.told(runs=1))
        self.assertFalse(self.results(runs=1)["older_left_out"])  # no more was asked for
        self.assertEqual([("mail1", [(first, "succeeded")]), ("samba1", [(first, "succeeded")])], self.told(plan="1"))
        self.assertEqual([], self.told(plan="9&limit=1000"))

    def test_names_are_told_whatever_they_are(self):
        self.back_up("1", "mail1", "samba1")
        raw = redis.Redis(unix_socket_path=str(self.cluster.socket))
        for name in HOSTILE:
            with self.subTest(name[:20]):
                self.redis.set("module/mail1/ui_name", name)
                self.assertEqual({"mail1": name, "samba1": ""}, self.names())
        raw.set("module/mail1/ui_name", b"M\xffil")
        self.assertEqual("M\ufffdil", self.names()["mail1"])
        raw.delete("module/mail1/ui_name")
        raw.hset("module/mail1/ui_name", "no", "text")
        self.assertEqual({"mail1": "", "samba1": ""}, self.names())

    def names(self):
        return {entry["module"]: entry["ui_name"] for entry in self.results()["modules"]}


if __name__ == "__main__":
    unittest.main()
