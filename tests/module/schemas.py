"""The module's JSON schemas, and what can be wrong with one."""

import json
import pathlib
import re

import jsonschema
from module_scene import IMAGEROOT

DEFINITIONS = IMAGEROOT / "validator-definitions.json"
# Go's regexp package is RE2: no lookaround, no backreference, no named group of Python's.
NOT_IN_RE2 = re.compile(r"\(\?(?:[=!>]|<[=!]|P=)|\\[1-9]")


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def schema_files():
    return sorted(IMAGEROOT.glob("actions/*/validate-*.json"))


def action(name, kind):
    """The schema of one action: kind is `input` or `output`."""
    return load(IMAGEROOT / "actions" / name / f"validate-{kind}.json")


def validator(schema):
    """Draft-07 with the shared definitions found by their $id, as the agent hands them to its validator."""
    shared = load(DEFINITIONS)
    return jsonschema.Draft7Validator(
        schema, resolver=jsonschema.RefResolver.from_schema(schema, store={shared["$id"]: shared}))


def resolve(schema):
    """A schema, or the definition that its $ref names."""
    if "$ref" not in schema:
        return schema
    base, _, name = schema["$ref"].partition("#/definitions/")
    shared = load(DEFINITIONS)
    if base != shared["$id"]:
        raise KeyError(schema["$ref"])
    return shared["definitions"][name]


def parts_of(node):
    """Every object inside a schema."""
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts_of(part)


def bad_examples(schema):
    """What is wrong with the examples of a schema and of everything in it."""
    if not schema.get("examples"):
        yield "there is no example"
    for part in parts_of(schema):
        for example in part.get("examples", ()) if isinstance(part.get("examples"), list) else ():
            for error in validator({"$id": "http://example.org/part", **part, "examples": []}).iter_errors(example):
                yield f"{json.dumps(example)[:60]}: {error.message}"


def undescribed(schema):
    """Names of properties that somebody who configures or reads could not understand."""
    for name, given in schema.get("properties", {}).items():
        told = resolve(given)
        if not all(isinstance(told.get(word), str) and told[word] for word in ("title", "description")):
            yield name


def open_objects(schema):
    """Whether the top of a schema lets unknown members pass."""
    return schema.get("additionalProperties") is not False


def bad_patterns(schema):
    """Regular expressions that Go could not compile: the agent would refuse every request."""
    for part in parts_of(schema):
        for pattern in [part.get("pattern"), *(part.get("patternProperties") or {})]:
            if isinstance(pattern, str):
                if NOT_IN_RE2.search(pattern):
                    yield pattern
                else:
                    try:
                        re.compile(pattern)
                    except re.error:
                        yield pattern
