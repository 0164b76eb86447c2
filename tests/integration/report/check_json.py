#!/usr/bin/python3
"""Render every sample report as JSON and hold it against its schema, the definition `report` that users are given.

    check_json.py RENDER_SAMPLES VALIDATOR_DEFINITIONS
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema


def validator(definitions, name):
    """Draft-07 for one definition of the file."""
    schema = {"$ref": f"{definitions['$id']}#/definitions/{name}"}
    return jsonschema.Draft7Validator(
        schema, resolver=jsonschema.RefResolver.from_schema(schema, store={definitions["$id"]: definitions}))


def unused_members(definitions, name, reports):
    """Members of a definition that no sample has with a value: of those nothing is checked."""
    seen = set()

    def visit(part):
        if isinstance(part, dict):
            seen.update(key for key, value in part.items() if value not in (None, [], "", False))
            part = list(part.values())
        for value in part if isinstance(part, list) else ():
            visit(value)

    visit(reports)
    return sorted(set(definitions["definitions"][name]["properties"]) - seen)


def main():
    render_samples, definitions_file = sys.argv[1:]
    definitions = json.loads(pathlib.Path(definitions_file).read_text(encoding="utf-8"))
    check = validator(definitions, "report")
    faults, reports = [], []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([render_samples, folder], check=True)
        for path in sorted(pathlib.Path(folder).glob("*.json")):
            reports.append(json.loads(path.read_text(encoding="utf-8")))
            faults += [f"{path.name}: {'/'.join(map(str, error.absolute_path))}: {error.message}"
                       for error in check.iter_errors(reports[-1])]
    # With words, or as the history gives a run: the API's tests.
    elsewhere = {"version", "advice", "not_known", "messages", "says"}
    for name in ("report", "run", "result"):
        faults += [f"no sample has '{member}' of {name}"
                   for member in unused_members(definitions, name, reports) if member not in elsewhere]
    if not reports:
        faults.append("no sample is there")
    print("\n".join(faults) or f"{len(reports)} reports are as the schema says")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
