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


class Pages:
    """A daemon with `runs` runs of `modules` applications each, which answers in pages of at most so many results,
    but at least one run, as src/app/api/history_endpoints.cc does."""

    def __init__(self, runs, modules, most):
        self.runs, self.modules, self.most = runs, modules, most
        self.queries = []

    def ask(self, query):
        self.queries.append(query)
        newest = self.runs if query["before"] is None else query["before"] - 1
        listed = list(range(newest, 0, -1))[:query["limit"]]
        told = listed[:max(1, self.most // self.modules)]
        more = len(told) < len(listed) or len(listed) >= query["limit"]
        return {"runs": [{"id": run} for run in told],
                "results": [result(run, f"m{module}") for run in told for module in range(self.modules)],
                "next_before": told[-1] if told and more else None}


class NewestResults(unittest.TestCase):
    def read(self, daemon, most_runs=30, plan=None):
        runs, results, left_out = page.newest_results(daemon.ask, plan, most_runs)
        numbers = [run["id"] for run in runs]
        self.assertEqual([number for number in numbers for _ in range(daemon.modules)], [one["run"] for one in results])
        return numbers, left_out

    def test_one_page_is_enough_for_what_fits(self):
        daemon = Pages(runs=5, modules=2, most=100)
        self.assertEqual(([5, 4, 3, 2, 1], False), self.read(daemon, plan="1"))
        self.assertEqual([{"plan": "1", "limit": 30, "before": None}], daemon.queries)

    def test_further_pages_are_read_until_all_runs_are_there(self):
        daemon = Pages(runs=40, modules=10, most=100)
        self.assertEqual((list(range(40, 10, -1)), False), self.read(daemon))
        self.assertEqual([(30, None), (20, 31), (10, 21)], [(query["limit"], query["before"]) for query in daemon.queries])

    def test_a_history_shorter_than_asked_for_has_nothing_left_out(self):
        self.assertEqual((list(range(25, 0, -1)), False), self.read(Pages(runs=25, modules=10, most=100)))

    def test_a_run_larger_than_a_page_is_whole(self):
        self.assertEqual(([3, 2, 1], False), self.read(Pages(runs=3, modules=11, most=10)))

    def test_with_many_results_no_further_page_is_read_and_the_rest_is_left_out(self):
        most = page.MOST_RESULTS
        for modules, runs in ((most // 2 - 1, 3), (most // 2, 2), (most, 1), (most + 1, 1)):
            with self.subTest(modules):
                daemon = Pages(runs=9, modules=modules, most=50_000)
                numbers, left_out = self.read(daemon)
                self.assertEqual((runs, True), (len(numbers), left_out))

    def test_exactly_so_many_of_a_history_that_has_no_more_are_all(self):
        self.assertEqual(([2, 1], False), self.read(Pages(runs=2, modules=page.MOST_RESULTS // 2, most=50_000)))

    def test_a_daemon_that_promises_more_and_gives_nothing_is_not_asked_for_ever(self):
        self.assertEqual(([], [], True), page.newest_results(
            lambda query: {"runs": [], "results": [], "next_before": 7}, None, 30))


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
