"""Grace time, zones, targets and exemptions: what configure-module refuses, and what the daemon is given."""

import unittest

import module_scene  # noqa: F401  pylint: disable=unused-import
import backup_monitor_protection as protection
import schemas
import yaml
from check_config import accepts, check, generate

UUID = "14030a59-a4e6-54cc-b8ea-cd5f97fe44c8"
OTHER = "34030a59-a4e6-54cc-b8ea-cd5f97fe44c8"
UUIDS = {"web1": UUID, "mail1": "24030a59-a4e6-54cc-b8ea-cd5f97fe44c8"}
ZONES = "node_zones", protection.find_zone_errors
TARGETS = "recovery_targets", protection.find_target_errors
EXEMPTIONS = "exemptions", lambda request: protection.find_exemption_errors(request, UUIDS)


def exempt(module="web1", until="2027-01-31", reason="test machine", uuid=UUID):
    return f"{module} {uuid} {until} {reason}"


class Lines(unittest.TestCase):
    """What the validator takes the daemon takes; what it refuses is refused at its line."""

    def errors(self, kind, *lines):
        name, find = kind
        return [(each["field"].removeprefix(f"{name}."), each["value"], each["error"]) for each in find({name: list(lines)})]

    def assert_good(self, kind, *lines):
        for line in lines:
            with self.subTest(line):
                self.assertEqual([], self.errors(kind, line))
                self.assertTrue(accepts(**{kind[0]: [line]}))

    def assert_malformed(self, kind, error, *lines):
        for line in lines:
            with self.subTest(line):
                self.assertEqual([("0", line, error)], self.errors(kind, line))

    def test_what_is_not_given_is_no_fault(self):
        for name, find in (ZONES, TARGETS, EXEMPTIONS):
            self.assertEqual(([], []), (find({}), find({name: []})))

    def test_zones(self):
        self.assert_good(ZONES, "2 Europe/Rome", "999999999  UTC", "1 Etc/GMT+5", "1 America/Argentina/Buenos_Aires", "1 " + "x" * 64)
        self.assert_malformed(ZONES, "node_zone_is_malformed", "", "2", "UTC", "0 UTC", "02 UTC", "1000000000 UTC", "2 /UTC", "2 UTC/",
                              "2 a//b", "2 a.b", "2 ü", "2 UTC ", " 2 UTC", "2 UTC\n", "2\tUTC", "2 a b", "٢ UTC", "1 " + "x" * 65)

    def test_targets(self):
        self.assert_good(TARGETS, "1 1", "1 17568", "weekly  50", "p" * 64 + " 5")
        self.assert_malformed(TARGETS, "recovery_target_is_malformed", "", "1", "1 0", "1 17569", "1 1.5", "1 -1", "1 x", "1 99999999999",
                              "1 5 6", "ü 5", "1 5\n", "p" * 65 + " 5", "1 ٥")

    def test_exemptions(self):
        self.assert_good(EXEMPTIONS, exempt(), exempt(until="2028-02-29"), exempt(until="1970-01-01"), exempt(until="9999-12-31"),
                         exempt(reason="x" * 200), exempt(reason="ü" * 100), exempt(reason="# : {a}, '\""), exempt(reason="12:00:00"))
        self.assert_malformed(EXEMPTIONS, "exemption_is_malformed", "", "web1", "web1 2027-01-31", "web1 2027-01-31 ", "web1 2027-02-29 x",
                              "web1 2027-13-01 x", "web1 31.01.2027 x", "web1 2027-1-31 x", "web1 1969-12-31 x", "web1 ٢٠٢٧-01-31 x",
                              "web1 2027-01-31 a\nb", "web1 2027-01-31 a\x85", "web1 2027-01-31 a\u2028b", "web1 2027-01-31\tx",
                              exempt(reason="x" * 201), exempt(reason="ü" * 101))

    def test_what_is_there_twice(self):
        self.assertEqual([("1", "2", "node_zone_is_repeated")], self.errors(ZONES, "2 UTC", "2 Europe/Rome", "3 UTC"))
        self.assertEqual([("1", "1", "recovery_target_is_repeated")], self.errors(TARGETS, "1 50", "1 51", "2 50"))
        self.assertEqual([("1", "web1", "exemption_is_repeated")], self.errors(EXEMPTIONS, exempt(), exempt(), exempt("mail1")))

    def test_an_application_that_the_cluster_does_not_have(self):
        self.assertEqual([("0", "gone1", "exemption_module_is_unknown")], self.errors(EXEMPTIONS, "gone1 2027-01-31 x"))
        self.assertEqual([], self.errors(EXEMPTIONS, exempt("gone1")))  # it had one when it was exempted


class Uuids(unittest.TestCase):
    def with_uuids(self, line):
        return protection.with_uuids({"exemptions": [line]}, UUIDS)["exemptions"]

    def test_a_new_exemption_gets_the_one_that_its_application_has_now(self):
        self.assertEqual([exempt()], self.with_uuids("web1  2027-01-31  test machine"))

    def test_an_earlier_one_keeps_its_own(self):
        self.assertEqual([exempt(uuid=OTHER)], self.with_uuids(exempt(uuid=OTHER)))


class Generated(unittest.TestCase):
    def test_the_daemon_gets_all_of_it(self):
        config = yaml.safe_load(generate(grace_minutes=5, node_zones=["2 Europe/Rome"], recovery_targets=["1 50"], exemptions=[exempt()]))
        self.assertEqual({"grace_minutes": 5, "zones": {"2": "Europe/Rome"}}, config["schedule"])
        self.assertEqual({"target_hours": {"1": 50}, "exempt": {UUID: "2027-01-31 test machine"}}, config["protection"])

    def test_the_defaults_are_accepted(self):
        self.assertTrue(check(generate())[0])

    def test_what_a_schema_allows_is_what_the_daemon_allows_to_the_edge(self):
        defined = schemas.load(schemas.DEFINITIONS)["definitions"]
        least, most = defined["grace_minutes"]["minimum"], defined["grace_minutes"]["maximum"]
        self.assertEqual([False, True, True, False],
                         [accepts(grace_minutes=value) for value in (least - 1, least, most, most + 1)])
        most = defined["recovery_targets"]["maxItems"]
        self.assertEqual([True, False], [accepts(recovery_targets=[f"{plan} 1" for plan in range(count)]) for count in (most, most + 1)])
        # The longest that each may be.
        self.assertGreaterEqual(defined["node_zones"]["items"]["maxLength"], 9 + 1 + 64)
        self.assertGreaterEqual(defined["recovery_targets"]["items"]["maxLength"], 64 + 1 + 5)
        self.assertGreaterEqual(defined["exemptions"]["items"]["maxLength"], 64 + 1 + 36 + 1 + 10 + 1 + 200)


if __name__ == "__main__":
    unittest.main()
