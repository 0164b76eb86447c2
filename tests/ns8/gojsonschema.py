"""JSON Schema draft-07 with the words of NS8's agent, which validates with Go's gojsonschema.

Sources: gojsonschema v1.2.0 (validation.go, format_checkers.go) for the type of each error, where it is
found and which value it tells; ns8-core 4f41b359, core/agent/validation/validation.go, for the list that
becomes the task's output. The order of errors of one object is Go's map order there, so no test may count
on it. Go's regular expressions know neither lookaround nor backreferences: such a pattern is refused here.
"""

import ipaddress
import json
import pathlib
import re
from datetime import datetime
from email.headerregistry import Address
from email.utils import parseaddr

import jsonschema

WORDS = {
    "additionalItems": "array_no_additional_items", "allOf": "number_all_of", "anyOf": "number_any_of",
    "const": "const", "contains": "contains", "dependencies": "missing_dependency", "else": "condition_else",
    "enum": "enum", "exclusiveMaximum": "number_lt", "exclusiveMinimum": "number_gt", "format": "format",
    "maxItems": "array_max_items", "maxLength": "string_lte", "maxProperties": "array_max_properties",
    "maximum": "number_lte", "minItems": "array_min_items", "minLength": "string_gte",
    "minProperties": "array_min_properties", "minimum": "number_gte", "multipleOf": "multiple_of",
    "not": "number_not", "oneOf": "number_one_of", "pattern": "pattern",
    "propertyNames": "invalid_property_name", "required": "required", "then": "condition_then",
    "type": "invalid_type", "uniqueItems": "unique",
}
NOT_IN_GO = re.compile(r"\(\?(?:[=!]|<[=!]|P=)|\\[1-9]")
formats = jsonschema.FormatChecker(formats=())


class SchemaFault(Exception):
    """The schema itself is broken: the agent aborts the task."""


@formats.checks("email")
@formats.checks("idn-email")
def is_email(value):
    """Go's mail.ParseAddress, near enough: `Bob <bob@example.org>` is good, `bob@` is not."""
    if not isinstance(value, str):
        return True
    try:
        address = Address(addr_spec=parseaddr(value)[1])
    except Exception:  # the parser's own errors are many
        return False
    return bool(address.username and address.domain) and " " not in address.addr_spec


@formats.checks("hostname")
def is_hostname(value):
    label = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    return not isinstance(value, str) or (len(value) < 256 and
                                          re.fullmatch(rf"{label}(?:\.{label})*", value) is not None)


@formats.checks("ipv4")
def is_ipv4(value):
    return not isinstance(value, str) or parses(ipaddress.IPv4Address, value)


@formats.checks("ipv6")
def is_ipv6(value):
    return not isinstance(value, str) or parses(ipaddress.IPv6Address, value)


@formats.checks("uri")
def is_uri(value):
    return not isinstance(value, str) or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\\]*$", value) is not None


@formats.checks("uuid")
def is_uuid(value):
    return not isinstance(value, str) or re.fullmatch(
        r"[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}", value, re.I) is not None


@formats.checks("date-time")
def is_date_time(value):
    return not isinstance(value, str) or parses(datetime.fromisoformat, value)


def parses(parse, value):
    try:
        parse(value)
    except ValueError:
        return False
    return True


def validate(schema_path, data, definitions=None):
    """The agent's list of errors, empty if `data` is good. `definitions` is a file of shared schemas."""
    try:
        schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        refuse_foreign_patterns(schema)
        shared = pathlib.Path(definitions) if definitions else None
        known = json.loads(shared.read_text(encoding="utf-8")) if shared and shared.exists() else {}
    except (OSError, ValueError, jsonschema.SchemaError) as fault:
        raise SchemaFault(f"{schema_path}: {fault}") from fault
    resolver = jsonschema.RefResolver.from_schema(schema, store={known["$id"]: known} if known else {})
    validator = jsonschema.Draft7Validator(schema, resolver=resolver, format_checker=formats)
    try:
        return [told for error in first_the_type(validator.iter_errors(data)) for told in tell(error)]
    except jsonschema.RefResolutionError as fault:
        raise SchemaFault(f"{schema_path}: {fault}") from fault


def first_the_type(errors):
    """Without the other errors of a value that is already of the wrong type: Go looks no further."""
    errors = list(errors)
    wrong = {(tuple(error.absolute_path), tuple(error.absolute_schema_path)[:-1])
             for error in errors if error.validator == "type"}
    return [error for error in errors if error.validator == "type" or
            (tuple(error.absolute_path), tuple(error.absolute_schema_path)[:-1]) not in wrong]


def refuse_foreign_patterns(node):
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if key == "pattern" and isinstance(value, str):
            compile_as_go_would(value)
        if isinstance(value, (dict, list)):
            refuse_foreign_patterns(value)


def compile_as_go_would(pattern):
    if NOT_IN_GO.search(pattern):
        raise ValueError(f"Go cannot compile the pattern {pattern}")
    try:
        re.compile(pattern)
    except re.error as fault:
        raise ValueError(f"the pattern {pattern}: {fault}") from fault


def tell(error):
    """One or more entries of the agent's list. Of anyOf and oneOf only the head is told; the original adds
    what the nearest branch said."""
    field = ".".join(str(part) for part in error.absolute_path) or "(root)"
    if error.validator == "additionalProperties" and error.validator_value is False:
        known, patterns = error.schema.get("properties", {}), error.schema.get("patternProperties", {})
        extra = [name for name in error.instance
                 if name not in known and not any(re.search(pattern, name) for pattern in patterns)]
        return [entry(field, "additional_property_not_allowed", error.instance[name]) for name in extra]
    if error.validator is None:  # the schema `false`
        return [entry(field, "false", error.instance)]
    return [entry(field, WORDS[error.validator], error.instance)]


def entry(field, word, value):
    parameter = field.split(".")[0]
    return {"field": field, "parameter": parameter, "value": value, "error": f"{parameter}_{word}"}
