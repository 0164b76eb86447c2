"""What the page is shown, from what the daemon and the cluster say."""

import sys
import unittest

from module_scene import HERE

sys.path.insert(0, str(HERE.parent / "ns8/pypkg"))  # for `agent`, which the library imports
import backup_monitor_page as page  # pylint: disable=wrong-import-position

RELAY = {"host": "relay.example.org", "port": 587, "enabled": True, "username": "u", "password": "shoe43"}


# src/model/verdict.h: the later, the worse.
RANKS = ("succeeded", None, "not_finished", "never_ran", "saved_with_errors", "without_snapshot", "failed")


def result(run, module, verdict="succeeded", node=1, without_snapshot=False):
    return {"run": run, "module": module, "node": node, "verdict": verdict, "without_snapshot": without_snapshot,
            "rank": RANKS.index("without_snapshot" if without_snapshot else verdict), "size_bytes": 1, "seconds": 2}


class ByModule(unittest.TestCase):
    def order(self, *results):
        return [entry["module"] for entry in page.by_module(results, {})]

    def test_results_of_a_module_stay_in_their_order_under_its_name(self):
        (entry,) = page.by_module([result(9, "mail1", "failed"), result(7, "mail1")], {"mail1": "Mail"})
        self.assertEqual(("mail1", "Mail", [(9, "failed"), (7, "succeeded")]),
                         (entry["module"], entry["ui_name"], [(one["run"], one["verdict"]) for one in entry["results"]]))
        self.assertEqual({"run", "verdict", "without_snapshot", "rank", "size_bytes", "seconds"}, set(entry["results"][0]))

    def test_a_module_is_on_the_node_of_its_newest_run(self):
        self.assertEqual([2, None], [entry["node"] for entry in page.by_module(
            [result(9, "a", node=2), result(9, "b", node=None), result(7, "a", node=1), result(7, "b")], {})])

    def test_the_newest_verdict_counts_first_the_worst_before_all(self):
        self.assertEqual(["failed", "half", "never", "unfinished", "good"], self.order(
            result(9, "good"), result(9, "half", "saved_with_errors"), result(9, "unfinished", "not_finished"),
            result(9, "never", "never_ran"), result(9, "failed", "failed"), result(7, "good", "failed")))

    def test_a_success_without_a_snapshot_is_no_success(self):
        self.assertEqual(["failed", "lost", "never", "good"], self.order(
            result(9, "good"), result(9, "lost", without_snapshot=True), result(9, "never", "never_ran"),
            result(9, "failed", "failed")))
        self.assertEqual(["lost", "good"], self.order(
            result(9, "good"), result(9, "lost"), result(7, "good"), result(7, "lost", without_snapshot=True)))

    def test_then_the_one_that_had_more_problems_then_the_name(self):
        self.assertEqual(["c", "a", "b"], self.order(
            result(9, "b"), result(9, "a"), result(9, "c"), result(7, "b"), result(7, "a"), result(7, "c", "failed")))

    def test_a_run_that_goes_on_says_nothing_yet(self):
        self.assertEqual(["bad", "good", "new"], self.order(
            result(9, "new", None), result(9, "good", None), result(9, "bad", None), result(7, "good"),
            result(7, "bad", "failed")))


class Overview(unittest.TestCase):
    def test_a_relay_without_a_name_is_none_and_no_credential_is_shown(self):
        mail = page.overview(None, {**RELAY, "host": ""}, True, False)["mail"]
        self.assertEqual(("", {"held", "waiting", "failed", "refused", "refusal", "error", "relay", "relay_enabled"}),
                         (mail["relay"], set(mail)))

    def test_an_address_of_ipv6_is_in_brackets(self):
        self.assertEqual("[fd00::1]:587", page.overview(None, {**RELAY, "host": "fd00::1"}, True, False)["mail"]["relay"])

    def test_what_cannot_be_read_is_null_and_no_number(self):
        told = page.overview({"plans": [{"id": "1"}], "mail": {"held": False, "error": "disk I/O error"}}, RELAY, True, True)
        self.assertEqual([{"id": "1", "run": None, "newest_data": None, "newest_data_unix": None,
                           "oldest_module": None, "without_data": None, "failures_in_row": None}], told["plans"])
        self.assertEqual((False, None, None, "disk I/O error"),
                         tuple(told["mail"][name] for name in ("held", "waiting", "failed", "error")))

    def test_a_stranger_s_answer_is_none(self):
        for answer in ([], {}, "x", 1, {"error": "x"}):
            self.assertEqual(page.overview(None, RELAY, True, True), page.overview(answer, RELAY, True, True))

    def test_a_service_that_runs_and_one_that_answers_are_two_things(self):
        for active, told in ((True, {"plans": []}), (True, None), (False, None)):
            self.assertEqual({"configured": True, "active": active, "answers": told is not None},
                             page.overview(told, RELAY, True, active)["service"])

    def test_before_the_first_look_no_plan_is_known(self):
        told = page.overview({"plans": None, "version": "1"}, RELAY, True, True)
        self.assertEqual((True, None), (told["service"]["answers"], told["plans"]))


if __name__ == "__main__":
    unittest.main()
