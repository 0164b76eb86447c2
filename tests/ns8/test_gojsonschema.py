"""Every error word, where it is told and with which value."""

import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import gojsonschema  # pylint: disable=wrong-import-position

NUMBER = {"properties": {"n": {"type": "integer", "minimum": 1, "maximum": 9}}}
LIST = {"properties": {"l": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": True}}}

# schema, data, what is told
TABLE = [
    (NUMBER, {"n": 0}, ("n", "n", 0, "n_number_gte")),
    (NUMBER, {"n": 10}, ("n", "n", 10, "n_number_lte")),
    (NUMBER, {"n": "1"}, ("n", "n", "1", "n_invalid_type")),
    (NUMBER, {"n": True}, ("n", "n", True, "n_invalid_type")),
    ({"properties": {"n": {"exclusiveMinimum": 1}}}, {"n": 1}, ("n", "n", 1, "n_number_gt")),
    ({"properties": {"n": {"exclusiveMaximum": 1}}}, {"n": 1}, ("n", "n", 1, "n_number_lt")),
    ({"properties": {"n": {"multipleOf": 5}}}, {"n": 7}, ("n", "n", 7, "n_multiple_of")),
    ({"required": ["n"]}, {"m": 1}, ("(root)", "(root)", {"m": 1}, "(root)_required")),
    ({"properties": {"n": {}}, "additionalProperties": False}, {"n": 1, "x": 2},
     ("(root)", "(root)", 2, "(root)_additional_property_not_allowed")),
    ({"properties": {"s": {"enum": ["a", "b"]}}}, {"s": "c"}, ("s", "s", "c", "s_enum")),
    ({"properties": {"s": {"type": "string", "enum": ["a"]}}}, {"s": 1}, ("s", "s", 1, "s_invalid_type")),
    ({"properties": {"s": {"const": "a"}}}, {"s": "c"}, ("s", "s", "c", "s_const")),
    ({"properties": {"s": {"pattern": "^a"}}}, {"s": "ba"}, ("s", "s", "ba", "s_pattern")),
    ({"properties": {"s": {"minLength": 2}}}, {"s": "a"}, ("s", "s", "a", "s_string_gte")),
    ({"properties": {"s": {"maxLength": 2}}}, {"s": "abc"}, ("s", "s", "abc", "s_string_lte")),
    ({"properties": {"s": {"format": "email"}}}, {"s": "root"}, ("s", "s", "root", "s_format")),
    (LIST, {"l": []}, ("l", "l", [], "l_array_min_items")),
    (LIST, {"l": [1, 2, 3]}, ("l", "l", [1, 2, 3], "l_array_max_items")),
    (LIST, {"l": [1, 1]}, ("l", "l", [1, 1], "l_unique")),
    ({"properties": {"l": {"items": {"format": "email"}}}}, {"l": ["a@b.c", "x"]},
     ("l.1", "l", "x", "l_format")),
    ({"minProperties": 1}, {}, ("(root)", "(root)", {}, "(root)_array_min_properties")),
    ({"properties": {"n": {"oneOf": [{"type": "null"}, {"minimum": 5, "type": "integer"}]}}}, {"n": 1},
     ("n", "n", 1, "n_number_one_of")),
    ({"properties": {"n": {"anyOf": [{"type": "null"}]}}}, {"n": 1}, ("n", "n", 1, "n_number_any_of")),
    ({"properties": {"n": {"not": {"type": "null"}}}}, {"n": None}, ("n", "n", None, "n_number_not")),
    ({"properties": {"n": False}}, {"n": 1}, ("n", "n", 1, "n_false")),
    ({"type": "object"}, None, ("(root)", "(root)", None, "(root)_invalid_type")),
]
MEMBERS = ("field", "parameter", "value", "error")


class ErrorWords(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="backup-monitor-schema-")
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "validate-input.json"
        self.shared = pathlib.Path(folder.name) / "validator-definitions.json"

    def check(self, schema, data):
        self.file.write_text(json.dumps(schema), encoding="utf-8")
        return gojsonschema.validate(self.file, data, self.shared)

    def test_each_refusal_is_told_in_the_words_of_the_agent(self):
        for schema, data, told in TABLE:
            with self.subTest(told[3], data=data):
                self.assertEqual([dict(zip(MEMBERS, told))], self.check(schema, data))

    def test_good_data_gives_no_error(self):
        good = {"s": "Bob <bob@example.org>", "h": "mail.example.org", "a": "10.5.4.1", "x": "unknown format"}
        formats = {"s": "email", "h": "hostname", "a": "ipv4", "x": "shoe-size"}
        schema = {"properties": {name: {"format": what} for name, what in formats.items()}}
        self.assertEqual([], self.check(schema, good))

    def test_bad_texts_of_each_format_are_refused(self):
        for name, text in (("email", "bob@"), ("email", "a b@c"), ("hostname", "-x"), ("ipv4", "1.2.3"),
                           ("ipv6", "1.2.3.4"), ("uri", "/path"), ("uuid", "1-2"), ("date-time", "now")):
            with self.subTest(name, text=text):
                (told,) = self.check({"properties": {"s": {"format": name}}}, {"s": text})
                self.assertEqual("s_format", told["error"])

    def test_several_unknown_members_are_told_one_by_one(self):
        told = self.check({"additionalProperties": False}, {"a": 1, "b": 2})
        self.assertEqual([1, 2], sorted(error["value"] for error in told))

    def test_definitions_of_another_file_are_followed(self):
        self.shared.write_text(json.dumps({"$id": "http://example.org/d.json", "definitions": {
            "port": {"maximum": 9}}}), encoding="utf-8")
        schema = {"properties": {"p": {"$ref": "http://example.org/d.json#/definitions/port"}}}
        self.assertEqual("p_number_lte", self.check(schema, {"p": 10})[0]["error"])

    def test_a_broken_schema_is_a_fault_and_not_a_refusal(self):
        for schema in ({"type": "thing"}, {"properties": {"s": {"pattern": "^(?!x)"}}}, {"pattern": "("},
                       {"$ref": "#/definitions/nowhere"}):
            with self.subTest(schema), self.assertRaises(gojsonschema.SchemaFault):
                self.check(schema, {"s": "y"})


if __name__ == "__main__":
    unittest.main()
