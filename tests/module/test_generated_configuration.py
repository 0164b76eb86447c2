"""The daemon's configuration: what the validators accept, check-config accepts too, and reads as it was
meant."""

import itertools
import random
import unittest

import module_scene  # noqa: F401  pylint: disable=unused-import
import backup_monitor
import yaml
from check_config import accepts, accepts_prefix, check, generate, settings

HOSTILE_PREFIXES = [
    "", " ", "  leading blanks", "trailing blank ", "yes", "no", "null", "~", "true", "1e3", "0x1F", "010", "1:30",
    "2026-11-22", ".inf", ": ", ":", "a: b", "#", " #", "a #b", "- a", "-", "? a", "{a: b}", "[a]", "[]", "*a", "&a",
    "!a", "!!binary x", "|", ">", "|-", "%a", "@a", "`a`", "=", "<<", "---", "...", "'", '"', "''", "\\", "\\n",
    "a'b\"c", "${PATH}", "$(id)", "%n", "üñîçødé", "日本語", "🙂" * 100, "\xa0", "\ufeff", "\u202eabc", "\u200b",
    "a b " * 25, "x" * 100, "'" * 100, '"' * 100, "a, b", "a]", "}", "key:", "\ue000", "\ufffd", "\U0010ffff",
]
BROKEN_PREFIXES = ["a\nb", "\n", "a\r", "\t", "\x00", "\x1b[31m", "\x7f", "\x80", "\x85", "\x9f", "a\u2028b", "\u2029"]
ALPHABET = "ab ab \n:#-'\"{}[]&*!|>%@`\\,?=~.0\x85\u2028\xa0ü\x7f\x1f\ufeff🙂"


def validator_accepts(prefix):
    return len(prefix) <= 100 and not backup_monitor.find_text_errors({"subject_prefix": prefix})


class SubjectPrefix(unittest.TestCase):
    def test_a_hostile_one_is_a_text_like_any_other(self):
        for prefix in HOSTILE_PREFIXES:
            with self.subTest(prefix):
                self.assertTrue(validator_accepts(prefix))
                self.assertTrue(accepts(subject_prefix=prefix))
                self.assertEqual(prefix, yaml.safe_load(generate(subject_prefix=prefix))["mail"]["subject_prefix"])

    def test_one_that_is_no_single_line_is_refused_by_validator_and_daemon(self):
        for prefix in BROKEN_PREFIXES:
            with self.subTest(prefix):
                self.assertEqual([{"field": "subject_prefix", "parameter": "subject_prefix", "value": prefix,
                                   "error": "subject_prefix_is_not_one_line"}],
                                 backup_monitor.find_text_errors({"subject_prefix": prefix}))
                self.assertFalse(accepts_prefix(prefix))

    def test_half_a_character_is_refused_before_it_reaches_a_file(self):
        self.assertFalse(validator_accepts("\ud83d"))

    def test_one_that_is_not_given_is_no_fault(self):
        self.assertEqual([], backup_monitor.find_text_errors({}))

    def test_validator_and_daemon_agree_on_random_texts(self):
        chance = random.Random(3)
        verdicts = set()
        for _ in range(250):
            prefix = "".join(chance.choices(ALPHABET, k=chance.choice((1, 2, 3, 8, 100))))
            with self.subTest(prefix):
                verdict = validator_accepts(prefix)
                verdicts.add(verdict)
                self.assertEqual(verdict, accepts_prefix(prefix))
                if verdict:
                    self.assertTrue(accepts(subject_prefix=prefix))
        self.assertEqual({True, False}, verdicts, "the random texts show nothing")


class Everything(unittest.TestCase):
    def test_every_choice_is_one_that_the_daemon_knows(self):
        for language, notify_on, level, required in itertools.product(
                ("en", "it"), ("every_run", "problems_and_recoveries", "problems"),
                ("DEBUG", "INFO", "WARNING", "ERROR"), (True, False)):
            with self.subTest((language, notify_on, level, required)):
                accepted, said = check(generate(language=language, notify_on=notify_on, log_level=level,
                                                alert_token_required=required))
                self.assertTrue(accepted, said)

    def test_every_place_to_listen_and_to_find_redis_is_accepted(self):
        for listen, redis in (("10.5.4.2", "10.5.4.2:6379"), ("127.0.0.1", "cluster-localnode:6379"),
                              ("fd00::1", "[fd00::1]:6379")):
            with self.subTest(listen):
                accepted, said = check(generate(listen=listen, redis=redis))
                self.assertTrue(accepted, said)

    def test_settings_end_up_where_the_daemon_looks_for_them(self):
        config = yaml.safe_load(generate(
            held=True, listen="10.5.4.2", port=20007, hostname="node7.example.org", redis="10.5.4.2:6379", sender="s@b", language="it",
            notify_on="problems", wait_seconds=5, recent_window_seconds=61, alert_names=["Mine"], log_level="DEBUG",
            repository_check_timeout=9, alert_token_required=False))
        self.assertEqual({"from": "s@b", "to": ["admin@example.org"], "subject_prefix": "[NS8 Backup]",
                          "language": "it", "notify_on": "problems", "transport": "smarthost", "hold": True,
                          "smtp": {"helo_name": "node7.example.org"}},
                         config["mail"])
        self.assertEqual({"host": "10.5.4.2", "port": 20007, "alert_token": False,
                          "host_names": ["node7.example.org", "node7", "cluster-localnode", "cluster-leader"],
                          "token_file": "/etc/backup-monitor/webhook-token"}, config["receiver"])
        self.assertEqual({"wait_seconds": 5, "recent_window": 61, "alert_names": ["Mine"]}, config["correlator"])
        self.assertEqual({"socket": "/run/redis/redis.sock", "address": "10.5.4.2:6379"}, config["redis"])
        self.assertEqual({"mode": "failed", "method": "cluster", "timeout": 9, "run_timeout": 600,
                          "credentials_file": "/run/backup-monitor/agent-credentials"}, config["repo_check"])
        self.assertEqual({"level": "DEBUG", "file": ""}, config["logging"])
        self.assertEqual(({"read": True}, {"address": "127.0.0.1:9093"}, {"read": True}),
                         (config["cluster_log"], config["alertmanager"], config["nodes"]))

    def test_a_witness_that_is_switched_off_is_not_asked(self):
        text = generate(read_cluster_log=False, read_alerts=False, read_nodes=False)
        accepted, said = check(text)
        self.assertTrue(accepted, said)
        config = yaml.safe_load(text)
        self.assertEqual(({"read": False}, {"address": ""}, {"read": False}),
                         (config["cluster_log"], config["alertmanager"], config["nodes"]))

    def test_relays_are_told_the_nodes_full_name_or_none(self):
        for name in ("node.example.org", "NODE1.example.org", "1a.b-c.example"):
            self.assertEqual(name, backup_monitor.helo_name(name))
            self.assertTrue(check(generate(hostname=name))[0], name)
        for name in ("", "node", "node.", "a..b", "192.0.2.1", "a_b.example", "a b.c", "-a.b", "a.b\n", "x" * 64 + ".b"):
            self.assertEqual("", backup_monitor.helo_name(name), name)

    def test_callers_may_use_every_name_of_the_node(self):
        cluster = ["cluster-localnode", "cluster-leader"]
        for hostname, own in (("node1.example.org", ["node1.example.org", "node1"]),
                              ("NODE1.Example.org", ["node1.example.org", "node1"]),
                              ("node1", ["node1"]),
                              ("cluster-leader", ["cluster-leader"]),
                              ("x" * 63, ["x" * 63]),
                              ("x" * 64, []),
                              ("", []), (".", []), ("a..b", ["a"]), ("node.", ["node"]), ("a b.c", []), ("a.b\n", ["a"])):
            with self.subTest(hostname):
                self.assertEqual(list(dict.fromkeys(own + cluster)), backup_monitor.host_names(hostname))
                accepted, said = check(generate(hostname=hostname))
                self.assertTrue(accepted, said)

    def test_a_look_into_repositories_is_what_was_asked_for_and_off_is_a_word(self):
        for check in ("failed", "all"):
            self.assertIn(f"\n  mode: {check}\n  method: cluster\n", generate(repository_check=check))
        text = generate(repository_check="off", repository_check_timeout=9, read_alerts=False, read_nodes=False)
        self.assertIn("\n  mode: 'off'\n", text)  # bare it is a boolean in YAML 1.1
        self.assertEqual({"mode": "off", "timeout": 9, "run_timeout": 600}, yaml.safe_load(text)["repo_check"])

    def test_whoever_reads_alerts_nodes_or_repositories_can_log_in_to_the_clusters_api(self):
        for check, alerts, nodes in itertools.product(("off", "failed", "all"), (False, True), (False, True)):
            with self.subTest(check, alerts=alerts, nodes=nodes):
                given = yaml.safe_load(generate(repository_check=check, read_alerts=alerts, read_nodes=nodes))["repo_check"]
                self.assertEqual(check != "off" or alerts or nodes, "credentials_file" in given)

    def test_every_look_into_repositories_is_one_that_the_daemon_takes(self):
        for mode, timeout, alerts in itertools.product(("off", "failed", "all"), (1, 60, 600, 601, 3600), (False, True)):
            with self.subTest(mode, timeout=timeout, alerts=alerts):
                accepted, said = check(generate(repository_check=mode, repository_check_timeout=timeout, read_alerts=alerts, read_nodes=False))
                self.assertTrue(accepted, said)

    def test_a_report_waits_ten_minutes_or_as_long_as_two_repositories_may_take(self):
        for timeout, expected in ((1, 600), (300, 600), (301, 602), (3600, 7200)):
            config = yaml.safe_load(generate(repository_check_timeout=timeout))
            self.assertEqual(expected, config["repo_check"]["run_timeout"])

    def test_check_config_would_notice_a_fault(self):
        self.assertFalse(accepts(language="xx"))


if __name__ == "__main__":
    unittest.main()
