#!/usr/bin/python3
"""Every sentence of the catalogs is used, and every one that is used is there.

    check_catalogs.py SOURCE_FOLDER_OF_REPORT
"""

import json
import pathlib
import re
import sys

# A key that is put together in code: the part that stands there, and what may follow.
COMPOSED = re.compile(r'"((?:[a-z_]+\.)+)" \+')


def sources(folder):
    """Where sentences are said."""
    return [path for room in ("words", "mail") for path in (folder / room).rglob("*.cc")]


def used_keys(folder, keys):
    used = set()
    for path in sources(folder):
        text = path.read_text(encoding="utf-8")
        used.update(match for match in re.findall(r'"([a-z_]+(?:\.[A-Za-z_0-9]+)*)"', text))
        for prefix in COMPOSED.findall(text):
            used.update(key for key in keys if key.startswith(prefix))
    for path in (folder / "mail/templates").glob("*.mustache"):
        used.update(re.findall(r"\{\{say\.(\w+)\}\}", path.read_text(encoding="utf-8")))
    return used


def said_keys(folder):
    for path in sources(folder):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r'(?:Say|Count)\(\s*"([a-z_.0-9A-Z]+)"[,)]', text)
    for path in (folder / "mail/templates").glob("*.mustache"):
        yield from re.findall(r"\{\{say\.(\w+)\}\}", path.read_text(encoding="utf-8"))


def repeated(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"repeated: {sorted(key for key in set(keys) if keys.count(key) > 1)}")
    return dict(pairs)


def main():
    folder = pathlib.Path(sys.argv[1])
    found = []
    for path in sorted((folder / "words/catalogs").glob("*.json")):
        keys = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=repeated)
        found += [f"{path.name}: never used: {key}" for key in sorted(set(keys) - used_keys(folder, keys))]
        found += [f"{path.name}: missing: {key}" for key in sorted(set(said_keys(folder)) - set(keys))]
    print("\n".join(found) or "catalogs are complete, and nothing in them is idle")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
