"""The JSON schemas of the actions, and their agreement with the settings and with the daemon's limits."""

import unittest

import jsonschema
from module_scene import IMAGEROOT
import backup_monitor
import schemas
from check_config import accepts

SETTINGS = set(backup_monitor.DEFAULTS)
DEFINED = schemas.load(schemas.DEFINITIONS)["definitions"]


class EverySchema(unittest.TestCase):
    def each(self, look):
        for path in schemas.schema_files():
            with self.subTest(str(path.relative_to(IMAGEROOT))):
                look(schemas.load(path))

    def test_there_are_schemas(self):
        self.assertLessEqual(12, len(schemas.schema_files()))

    def test_it_is_draft_07_and_has_an_id_of_its_own(self):
        ids = set()

        def look(schema):
            jsonschema.Draft7Validator.check_schema(schema)
            self.assertEqual("http://json-schema.org/draft-07/schema#", schema["$schema"])
            self.assertTrue(schema["title"] and schema["description"])
            self.assertNotIn(schema["$id"], ids)
            ids.add(schema["$id"])
        self.each(look)

    def test_all_its_examples_validate(self):
        self.each(lambda schema: self.assertEqual([], list(schemas.bad_examples(schema))))

    def test_every_property_is_described(self):
        self.each(lambda schema: self.assertEqual([], list(schemas.undescribed(schema))))

    def test_it_lets_no_unknown_member_pass(self):
        self.each(lambda schema: self.assertFalse(schemas.open_objects(schema)))

    def test_go_can_compile_its_patterns(self):
        self.each(lambda schema: self.assertEqual([], list(schemas.bad_patterns(schema))))
        self.assertEqual([], list(schemas.bad_patterns(DEFINED)))

    def test_its_references_lead_somewhere(self):
        def look(schema):
            for part in schemas.parts_of(schema):
                if isinstance(part.get("$ref"), str):
                    self.assertTrue(schemas.resolve(part))
        self.each(look)
        look(DEFINED)


class SharedDefinitions(unittest.TestCase):
    def test_each_one_is_described_and_its_examples_validate(self):
        for name, definition in DEFINED.items():
            with self.subTest(name):
                self.assertTrue(definition["title"] and definition["description"])
                self.assertEqual([], list(schemas.bad_examples(definition)))

    def test_each_one_is_used(self):
        places = [*map(schemas.load, schemas.schema_files()), DEFINED]
        used = {part["$ref"].rpartition("/")[2] for place in places
                for part in schemas.parts_of(place) if isinstance(part.get("$ref"), str)}
        # What `backup-monitor report --format json` prints is no action's output.
        self.assertEqual(set(DEFINED), used | {"report"})


class Settings(unittest.TestCase):
    def test_configure_module_takes_each_of_them_and_force(self):
        self.assertEqual(SETTINGS | {"force"}, set(schemas.action("configure-module", "input")["properties"]))

    def test_get_configuration_gives_each_of_them_and_never_force(self):
        schema = schemas.action("get-configuration", "output")
        self.assertLessEqual(SETTINGS, set(schema["properties"]))
        self.assertNotIn("force", schema["properties"])
        self.assertEqual(set(schema["properties"]), set(schema["required"]))

    def test_the_defaults_are_what_configure_module_accepts(self):
        request = {**backup_monitor.default_settings("a.example"), "recipients": ["a@b"]}
        self.assertEqual([], list(schemas.validator(schemas.action("configure-module", "input")).iter_errors(request)))

    def test_only_recipients_and_sender_must_be_given(self):
        self.assertEqual(["recipients", "sender"], sorted(schemas.action("configure-module", "input")["required"]))

    def test_get_facts_promises_what_it_gives(self):
        given = backup_monitor.facts(backup_monitor.DEFAULTS, None, None)
        schema = schemas.action("get-facts", "output")
        self.assertEqual((set(given), set(given)), (set(schema["properties"]), set(schema["required"])))


class Limits(unittest.TestCase):
    """What a schema allows is what the daemon allows, to the edge."""

    def test_numbers(self):
        for name in ("wait_seconds", "recent_window_seconds", "repository_check_timeout"):
            least, most = DEFINED[name]["minimum"], DEFINED[name]["maximum"]
            with self.subTest(name, least=least, most=most):
                self.assertEqual([False, True, True, False],
                                 [accepts(**{name: value}) for value in (least - 1, least, most, most + 1)])

    def test_choices(self):
        for name in ("language", "notify_on", "log_level", "repository_check"):
            with self.subTest(name):
                self.assertTrue(all(accepts(**{name: choice}) for choice in DEFINED[name]["enum"]))
                self.assertFalse(accepts(**{name: "other"}))

    def test_the_number_of_recipients(self):
        most = DEFINED["recipients"]["maxItems"]
        self.assertEqual(1, DEFINED["recipients"]["minItems"])
        self.assertEqual([False, True, True, False],
                         [accepts(recipients=[f"r{n}@b" for n in range(count)]) for count in (0, 1, most, most + 1)])

    def test_the_number_of_alert_names(self):
        most = DEFINED["alert_names"]["maxItems"]
        self.assertEqual((1, 1), (DEFINED["alert_names"]["minItems"], DEFINED["alert_names"]["items"]["minLength"]))
        self.assertEqual([True, True, False],
                         [accepts(alert_names=[f"n{n}" for n in range(count)]) for count in (1, most, most + 1)])
        self.assertFalse(accepts(alert_names=[""]))

    def test_the_length_of_an_address(self):
        for limits in (DEFINED["sender"], DEFINED["recipients"]["items"]):
            self.assertEqual((3, 254), (limits["minLength"], limits["maxLength"]))
        longest = "@".join(("a" * 64, ".".join(("b" * 63, "b" * 63, "b" * 61))))
        self.assertEqual(254, len(longest))
        self.assertEqual([False, True, True, False], [accepts(sender=sender) for sender in
                                                      ("ab", "a@b", longest, longest + "b")])

    def test_the_length_of_the_subject_prefix_counts_characters_and_not_bytes(self):
        most = DEFINED["subject_prefix"]["maxLength"]
        self.assertEqual([True, True, False], [accepts(subject_prefix="é" * n) for n in (0, most, most + 1)])


class TheGuards(unittest.TestCase):
    """Each of them refuses what it is there for."""

    def test_a_bad_example_is_found(self):
        for schema in ({}, {"examples": [1], "type": "string"},
                       {"examples": [{}], "properties": {"n": {"type": "integer", "examples": ["x"]}}}):
            self.assertTrue(list(schemas.bad_examples(schema)), schema)

    def test_a_property_that_nobody_explains_is_found(self):
        for told in ({}, {"title": "A"}, {"title": "", "description": "b"}):
            self.assertEqual(["a"], list(schemas.undescribed({"properties": {"a": told}})))
        with self.assertRaises(KeyError):
            list(schemas.undescribed({"properties": {"a": {"$ref": "http://example.org/x#/definitions/a"}}}))

    def test_an_open_object_is_found(self):
        for schema in ({}, {"additionalProperties": True}, {"additionalProperties": {}}):
            self.assertTrue(schemas.open_objects(schema))

    def test_a_pattern_that_go_cannot_compile_is_found(self):
        for pattern in ("^(?!x)", "(?=x)", "(?<!x)a", r"(a)\1", "(", "(?P=a)"):
            self.assertEqual([pattern], list(schemas.bad_patterns({"properties": {"a": {"pattern": pattern}}})))
        self.assertEqual([], list(schemas.bad_patterns({"pattern": "^[a-z]+(?:x|y)$"})))


if __name__ == "__main__":
    unittest.main()
