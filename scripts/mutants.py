#!/usr/bin/python3
"""Changes the program in one place at a time and says which changes no test notices.

    scripts/mutants.py [--sample N] [--seed S] [--numbers N,N...] [ROOM...]

The rooms of ROOMS are read (or those given, "run" or "report/words"); each place where an edge can move by one, a
condition can be dropped, a sign can turn, a constant can grow by one or a statement can go is a mutant. All of them
are compiled into one build (build/mutants), each behind a switch (mutants/switch.h). For each mutant the tests that
come to it are run, the quickest first, until one fails. What no test notices is printed with its place and listed in
build/mutants/survivors.txt. mutants/equivalent.txt names those that change nothing, with the reason.

Not part of ./test.sh: a whole run takes hours. --sample takes so many of all, chosen by the seed, which is printed.
Ends with 1 if less than 95 % are noticed.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "mutants"
TREE = BUILD / "tree"
SWITCH = ROOT / "scripts" / "mutants" / "switch.h"
EQUIVALENT = ROOT / "scripts" / "mutants" / "equivalent.txt"
ROOMS = ["run", "outcome", "cluster", "report", "notify", "probe", "journal"]
WANTED_PERCENT = 95
# Tests whose subject is not these rooms' rules, or that need more than the build.
OTHER_TESTS = re.compile(r"^(architecture|scripts)")


@dataclasses.dataclass(frozen=True)
class Mutant:
    """A place: `file` from the root, `line` to `last_line` counted from 1, `kind` and the code of its line."""

    file: str
    line: int
    last_line: int
    begin: int
    end: int
    kind: str
    code: str
    replacement: str  # with {n} for its number

    @property
    def key(self):
        return f"{self.file}: {self.kind}: {self.code}"


# --- finding places ---------------------------------------------------------------------------------


def masked(text):
    """The text with what stands in comments and literals blanked, its length and lines kept."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"\((?:.|\n)*?\)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
    return pattern.sub(lambda found: re.sub(r"[^\n]", "_" if found[0][0] in "\"'R" else " ", found[0]), text)


def closing(text, opening):
    """The place of the bracket that closes the one at `opening`."""
    depth = 0
    for place in range(opening, len(text)):
        if text[place] in "([{":
            depth += 1
        elif text[place] in ")]}":
            depth -= 1
            if depth == 0:
                return place
    return None


def operands(text, begin, end):
    """The operands of && or || at the top of text[begin:end] as (begin, end) and the operator; none if mixed."""
    depth, start, parts, used = 0, begin, [], set()
    for place in range(begin, end):
        if text[place] in "([{":
            depth += 1
        elif text[place] in ")]}":
            depth -= 1
        elif depth == 0 and text[place] in "?;,":
            return [], ""
        elif depth == 0 and text[place : place + 2] in ("&&", "||"):
            used.add(text[place : place + 2])
            parts.append((start, place))
            start = place + 2
    parts.append((start, end))
    return (parts, used.pop() if used else "") if len(used) < 2 else ([], "")


def places(text):
    """(begin, end, kind, replacement) of each mutant of a source."""
    code = masked(text)
    for found in re.finditer(r" (<=?|>=?) (?=[^=>])", code):
        line = code[code.rfind("\n", 0, found.start()) + 1 : code.find("\n", found.end())]
        if "template" not in line and "operator" not in line and not line.lstrip().startswith("#"):
            sign = found[1]
            yield found.start(), found.end(), f"edge {sign}", f" {sign} mutant::Edge<{{n}}>{{{{}}}} {sign} "
    for found in re.finditer(r" ([+-]) (?=[\w(*])", code):
        line = code[code.rfind("\n", 0, found.start()) + 1 : code.find("\n", found.end())]
        if "__" not in line and '"' not in text[found.start() - 40 : found.end() + 40]:
            sign = found[1]
            yield found.start(), found.end(), f"sign {sign}", f" {sign} mutant::Sign<{{n}}>{{{{}}}} {sign} "
    conditions = [(found.end(), closing(code, found.end() - 1)) for found in re.finditer(r"\bif \(", code)]
    for found in re.finditer(r"\breturn ", code):
        end = code.find(";", found.end())
        if "&&" in code[found.end() : end] or "||" in code[found.end() : end]:
            conditions.append((found.end(), end))
    for begin, end in conditions:
        if end is None or "[" in code[begin:end] and "]" in code[begin:end] and "{" in code[begin:end]:
            continue
        parts, joint = operands(code, begin, end)
        if " = " in code[begin:end]:  # it declares something
            continue
        for first, last in parts:
            part = text[first:last].strip().replace("{", "{{").replace("}", "}}")
            if joint in ("&&", ""):
                yield first, last, "always", f" (mutant::On({{n}}) || ({part})) "
            if joint in ("||", ""):
                yield first, last, "never", f" (!mutant::On({{n}}) && ({part})) "
    for found in re.finditer(r"^(?:static )?constexpr ([^;=({]*?k\w+)( = |\{)([^;]*?)\b(\d[\d']*)(U?)\b([^;]*);", code, re.M):
        number = found[4]
        before = text[found.start() : found.start(4)].replace("{", "{{").replace("}", "}}")
        after = text[found.end(5) : found.end()].replace("{", "{{").replace("}", "}}")
        before = before.replace("constexpr", "const", 1)
        yield found.start(), found.end(), "constant", f"{before}({number}{found[5]} + mutant::More({{n}})){after}"
    for found in re.finditer(r"^ +((?!return|using|const|auto|throw|delete|break|continue|else|case|static|if|for|while)"
                             r"[a-z_*][\w.\->:*]*(?:\(.*\)| [+|&-]?= .*|\+\+)|\+\+[\w.\->]+);$", code, re.M):
        before = code[: found.start()].rstrip()
        if before[-1:] not in ";{}" or found[1].startswith(("book.Reason", "Log", "std::move")):
            continue
        statement = text[found.start(1) : found.end()].replace("{", "{{").replace("}", "}}")
        yield found.start(1), found.end(), "gone", f"if (!mutant::On({{n}})) {statement}"


def read_sources():
    """The sources of the program by their names; read once, since somebody may go on working."""
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted((ROOT / "src").rglob("*.cc"))}


def mutants_of(rooms, sources):
    """All mutants of the rooms, in the order of their files and places."""
    found = []
    for room in rooms:
        for name, text in sources.items():
            if not name.startswith(f"src/{room}/"):
                continue
            for begin, end, kind, replacement in places(text):
                line = text.count("\n", 0, begin + len(text[begin:end]) - len(text[begin:end].lstrip())) + 1
                code = text.splitlines()[line - 1].strip()
                last_line = text.count("\n", 0, end) + 1
                found.append(Mutant(name, line, last_line, begin, end, kind, code, replacement))
    return sorted(found, key=lambda mutant: (mutant.file, mutant.begin, mutant.end, mutant.kind))


# --- the mutated build --------------------------------------------------------------------------------


def mutated(text, numbered):
    """The text with the mutants in it that are given as (number, mutant). Where two overlap, the inner one is written
    into the outer one's code."""
    def write(begin, end, inside):
        out, place = [], begin
        while inside:
            number, mutant = inside[0]
            nested = [entry for entry in inside[1:] if entry[1].begin >= mutant.begin and entry[1].end <= mutant.end]
            rest = [entry for entry in inside[1:] if entry not in nested]
            original = text[mutant.begin : mutant.end]
            inner = write(mutant.begin, mutant.end, nested) if nested else original
            replacement = mutant.replacement
            if nested:
                plain = original.strip().replace("{", "{{").replace("}", "}}")
                replacement = replacement.replace(plain, inner.strip().replace("{", "{{").replace("}", "}}"))
            out += [text[place : mutant.begin], replacement.format(n=number)]
            place, inside = mutant.end, rest
        out.append(text[place:end])
        return "".join(out)

    ordered = sorted(numbered, key=lambda entry: (entry[1].begin, -entry[1].end, entry[0]))
    return write(0, len(text), ordered)


def copy_tree():
    """A copy of the project in TREE, without mutants. What has not changed keeps its time."""
    names = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                           check=True, capture_output=True, text=True).stdout.split("\n")
    kept = set()
    for name in filter(None, names):
        source, target = ROOT / name, TREE / name
        if not source.is_file() or name.startswith("ui/"):
            continue
        kept.add(target)
        if name.startswith("src/") and name.endswith(".cc"):
            continue  # written with its mutants
        write_if_changed(target, source.read_bytes())
        shutil.copymode(source, target)
    for path in TREE.rglob("*.cc"):
        if path not in kept and "build" not in path.relative_to(TREE).parts:
            path.unlink()
    deps = TREE / "build" / "deps"
    if not deps.exists() and (ROOT / "build" / "deps").exists():
        shutil.copytree(ROOT / "build" / "deps", deps, symlinks=True)


def write_if_changed(target, data):
    if not target.is_file() or target.read_bytes() != data:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def write_mutants(sources, mutants, dropped):
    """The sources into TREE, with the mutants in them that are not dropped."""
    by_file = {}
    for number, mutant in enumerate(mutants):
        if number not in dropped:
            by_file.setdefault(mutant.file, []).append((number, mutant))
    for name, text in sources.items():
        write_if_changed(TREE / name, mutated(text, by_file.get(name, [])).encode())


def build(sources, mutants):
    """Compiles; mutants that the compiler refuses are left out. Their numbers."""
    dropped = set()
    # Overlapping mutants that do not lie in one another: the later one goes.
    last = None
    for number, mutant in enumerate(mutants):
        if last and last.file == mutant.file and last.begin <= mutant.begin < last.end < mutant.end:
            dropped.add(number)
        else:
            last = mutant
    environment = dict(os.environ, CCACHE_DISABLE="1", LC_ALL="C.UTF-8")
    for _ in range(8):
        write_mutants(sources, mutants, dropped)
        flags = f"-w -include {SWITCH}"
        subprocess.run(["cmake", "-S", TREE, "-B", BUILD / "objects", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                        "-DBACKUP_MONITOR_UNITY=ON", "-DBACKUP_MONITOR_WARNINGS_AS_ERRORS=OFF",
                        "-DBACKUP_MONITOR_TEST_FLAGS=-O0", "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g0 -D_GLIBCXX_ASSERTIONS",
                        f"-DCMAKE_CXX_FLAGS={flags}"],
                       check=True, env=environment, capture_output=True)
        done = subprocess.run(["cmake", "--build", BUILD / "objects", "--", "-k", "0"], env=environment,
                              capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return dropped
        refused = set(re.findall(r"(?:^|/)tree/(src/[\w/.]+\.cc):(\d+)(?::\d+)?:", done.stdout, re.M))
        refused |= set(re.findall(r"(src/[\w/.]+\.cc):(\d+):\d+: (?:error|note|required)", done.stdout))
        # Replacements keep the line breaks of what they replace, so a line of the tree is one of the source.
        more = {number for number, mutant in enumerate(mutants) if number not in dropped
                and any((mutant.file, str(line)) in refused for line in range(mutant.line, mutant.last_line + 1))}
        if not more:
            sys.exit(done.stdout[-6000:])
        dropped |= more
        print(f"{len(dropped)} places do not compile when changed and are left out", flush=True)
    sys.exit("the mutated program does not compile")


# --- running the tests --------------------------------------------------------------------------------


@dataclasses.dataclass
class Test:
    name: str
    command: list
    seconds: float = 0.0


def tests():
    shown = subprocess.run(["ctest", "--show-only=json-v1"], cwd=BUILD / "objects", check=True, capture_output=True,
                           text=True).stdout
    return [Test(test["name"], test["command"]) for test in json.loads(shown)["tests"]
            if not OTHER_TESTS.match(test["name"]) and any(part.startswith(str(BUILD)) for part in test["command"])]


def run(test, mutant=None, reached=None, limit=600.0):
    """True if the test passes."""
    environment = {"BACKUP_MONITOR_HISTORIES": "1000", **os.environ}
    if mutant is not None:
        environment["MUTANT"] = str(mutant)
    if reached:
        environment["MUTANT_REACHED"] = str(reached)
    of_catch = len(test.command) == 1
    command = test.command + (["--abort"] if mutant is not None and of_catch else [])
    try:
        done = subprocess.run(command, cwd=BUILD / "objects", env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def reach():
    """The tests, quickest first, and which of them come to each mutant. A test that fails without a mutant ends all."""
    by_mutant = {}
    known = []
    for test in tests():
        file = BUILD / "reached.txt"
        file.unlink(missing_ok=True)
        begin = time.monotonic()
        if not run(test, reached=file):
            sys.exit(f"{test.name} fails without any mutant")
        test.seconds = time.monotonic() - begin
        for number in set(file.read_text().split()) if file.exists() else ():
            by_mutant.setdefault(int(number), []).append(test)
        known.append(test)
    for among in by_mutant.values():
        among.sort(key=lambda test: test.seconds)
    return by_mutant


def noticed_by(number, among):
    """The name of the first test that notices the mutant; None if all pass."""
    for test in among:
        if not run(test, mutant=number, limit=20 + 10 * test.seconds):
            return test.name
    return None


def equivalents():
    """What EQUIVALENT names: key -> reason."""
    known, reason = {}, ""
    for line in EQUIVALENT.read_text(encoding="utf-8").splitlines() if EQUIVALENT.exists() else ():
        if line.startswith("#"):
            reason = line[1:].strip()
        elif line.strip():
            known[line.strip()] = reason
    return known


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("rooms", nargs="*", default=ROOMS, metavar="ROOM")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--numbers", help="only these, as an earlier run has printed them")
    options = parser.parse_args()

    begin = time.monotonic()
    BUILD.mkdir(parents=True, exist_ok=True)
    sources = read_sources()
    copy_tree()
    mutants = mutants_of(options.rooms, sources)
    dropped = build(sources, mutants)
    known = equivalents()
    print(f"{len(mutants) - len(dropped)} mutants in {', '.join(options.rooms)}, built in {time.monotonic() - begin:.0f} s",
          flush=True)
    by_mutant = reach()
    chosen = [number for number, mutant in enumerate(mutants) if number not in dropped and mutant.key not in known]
    if options.numbers:
        chosen = [int(number) for number in options.numbers.split(",")]
    elif options.sample and options.sample < len(chosen):
        chosen = sorted(random.Random(options.seed).sample(chosen, options.sample))
        print(f"seed {options.seed}, {len(chosen)} of them", flush=True)

    survivors = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        for number, by in zip(chosen, workers.map(lambda one: noticed_by(one, by_mutant.get(one, [])), chosen)):
            if by is None:
                where = "" if number in by_mutant else " (no test comes to it)"
                survivors.append(f"{number} {mutants[number].file}:{mutants[number].line}: {mutants[number].kind}: "
                                 f"{mutants[number].code}{where}")
                print(survivors[-1], flush=True)
    (BUILD / "survivors.txt").write_text("\n".join(survivors) + "\n", encoding="utf-8")
    noticed = len(chosen) - len(survivors)
    percent = 100 * noticed / len(chosen)
    print(f"{noticed} of {len(chosen)} mutants noticed, {percent:.1f} %; {len(known)} are named as equivalent; "
          f"{time.monotonic() - begin:.0f} s")
    return percent < WANTED_PERCENT


if __name__ == "__main__":
    sys.exit(main())
