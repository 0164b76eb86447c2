"""tests/*.robot: what can be said of them without a node, by the conventions of NS8's modules.

Names and order by ns8-mail 9642b3a5; the variables NODE_ADDR, IMAGE_URL, SSH_KEYFILE and SCENARIO, the tag ui, and
tests/pythonreq.txt by scripts/test-module.sh of ns8-github-actions 06649405. Form by the user guide of Robot Framework:
two spaces or more part cells, a line that begins with ... goes on, names of keywords mean the same in any case.
"""

import re
import unittest

from module_scene import IMAGEROOT

TESTS = IMAGEROOT.parent / "tests"
SECTIONS = {"Settings", "Variables", "Test Cases", "Keywords", "Comments"}
GIVEN = {"NODE_ADDR", "IMAGE_URL", "SSH_KEYFILE", "SCENARIO"}
PACKAGES = {"SSHLibrary": "robotframework-sshlibrary"}
# Of the libraries what is used: BuiltIn and Collections, SSHLibrary, Browser.
KNOWN = {
    "BuiltIn": {"Should Be Equal", "Should Be Equal As Integers", "Should Be Empty", "Should Be True", "Should Contain",
                "Should Not Be Empty", "Should Not Be Equal", "Should Not Be Equal As Integers", "Should Not Contain",
                "Evaluate", "Set Variable", "Set Suite Variable", "Set Global Variable", "Skip If", "Log",
                "Wait Until Keyword Succeeds", "Import Library"},
    "SSHLibrary": {"Open Connection", "Login With Public Key", "Execute Command", "Get File", "Close All Connections"},
    "Browser": {"New Browser", "New Context", "New Page", "Go To", "Fill Text", "Click", "Close Browser",
                "Wait For Elements State", "Get Element Count", "Take Screenshot"},
}
SYNTAX = {"IF", "ELSE", "END", "FOR", "RETURN", "VAR"}


def plain(name):
    return re.sub(r"[ _]", "", name).lower()


def rows(text):
    """(section, cells) of each row that says something. The first cell of an indented row is empty."""
    section, found = None, []
    for line in text.splitlines():
        line = re.sub(r"(^|\s{2,})#.*$", "", line).rstrip()
        title = re.fullmatch(r"\*\*\* (.+) \*\*\*", line)
        if title:
            section = title[1]
        elif line and section != "Comments":
            cells = re.split(r"\s{2,}", line)
            if found and cells[:2] == ["", "..."]:
                found[-1][1].extend(cells[2:])
            elif found and cells[0] == "...":
                found[-1][1].extend(cells[1:])
            else:
                found.append((section, cells))
    return found


class Suite:
    """One file: what it defines, calls, imports and tags."""

    def __init__(self, text):
        self.rows = rows(text)
        self.sections = set(re.findall(r"^\*\*\* (.+) \*\*\*$", text, re.M))
        self.keywords = {plain(cells[0]) for section, cells in self.rows if section == "Keywords" and cells[0]}
        self.tests = [cells[0] for section, cells in self.rows if section == "Test Cases" and cells[0]]
        self.variables = {cells[0].strip("${}= ") for section, cells in self.rows if section == "Variables"}
        self.libraries = {cells[1] for section, cells in self.rows if section == "Settings" and cells[0] == "Library"}
        self.libraries |= {cells[2] for _, cells in self.rows if cells[:2] == ["", "Import Library"]}
        self.calls = [name for section, cells in self.rows for name in called(section, cells)]
        self.actions = {action for _, cells in self.rows for call, action in zip(cells, cells[1:])
                        if plain(call) in ("runtheaction", "refusetheaction")}


def called(section, cells):
    """The keywords that a row calls."""
    if section == "Settings" and cells[0] in ("Suite Setup", "Suite Teardown", "Test Setup", "Test Teardown"):
        return [cells[1]]
    if section not in ("Test Cases", "Keywords") or cells[0]:
        return []
    parts = [cell for cell in cells[1:] if cell]
    if parts and parts[0] in ("[Teardown]", "[Setup]"):
        return [parts[1]]
    while parts and re.fullmatch(r"[$@&]\{.+\}( ?=)?", parts[0]):
        parts.pop(0)
    if not parts or parts[0].startswith("[") or parts[0] in SYNTAX:
        return []
    return [parts[0]] + ([parts[3]] if plain(parts[0]) == "waituntilkeywordsucceeds" else [])


def faults_of(suite, shared):
    """`shared` is the resource that each suite has."""
    for section in sorted(suite.sections - SECTIONS):
        yield f"section {section}"
    libraries = suite.libraries | shared.libraries | {"BuiltIn"}
    known = {plain(name) for library in libraries for name in KNOWN.get(library, ())}
    known |= suite.keywords | shared.keywords
    for name in suite.calls:
        if plain(name) not in known:
            yield f"nobody has the keyword {name}"
    for action in sorted(suite.actions):
        if "$" not in action and not (IMAGEROOT / "actions" / action).is_dir():
            yield f"the module has no action {action}"
    tagged = any(cells[1:] == ["[Tags]", "ui"] for _, cells in suite.rows)
    if ("Browser" in suite.libraries) != tagged:
        yield "what needs a browser, and nothing else, has the tag ui"


class RobotSuites(unittest.TestCase):
    def setUp(self):
        self.files = sorted(path for path in TESTS.glob("*.robot"))
        self.suites = {path.name: Suite(path.read_text(encoding="utf-8")) for path in self.files}
        self.shared = Suite((TESTS / "node.resource").read_text(encoding="utf-8"))

    def test_their_names_give_the_order(self):
        names = [name for name in self.suites if name != "__init__.robot"]
        self.assertGreaterEqual(len(names), 7)
        for name in names:
            self.assertRegex(name, r"^\d\d__[a-z_]+\.robot$")
        self.assertEqual(("05__update.robot", "10__install.robot", "90__remove.robot"),
                         (names[0], names[1], names[-1]))

    def test_each_calls_what_there_is(self):
        for name, suite in self.suites.items():
            self.assertEqual([], list(faults_of(suite, self.shared)), name)
            self.assertTrue(suite.tests or name == "__init__.robot", name)
        self.assertEqual([], list(faults_of(self.shared, self.shared)))

    def test_each_fault_is_found(self):
        for text in ("*** Test Case ***\nX\n    Log    x\n",
                     "*** Test Cases ***\nX\n    Lock    x\n",
                     "*** Test Cases ***\nX\n    ${a}    ${b} =    Lock    x\n",
                     "*** Test Cases ***\nX\n    Wait Until Keyword Succeeds    1 s    1 s    Lock\n",
                     "*** Settings ***\nSuite Setup    Lock\n",
                     "*** Test Cases ***\nX\n    Run the action    get-shoes\n",
                     "*** Test Cases ***\nX\n    Import Library    Browser\n    Go To    x\n",
                     "*** Test Cases ***\nX\n    [Tags]    ui\n    Log    x\n",
                     "*** Test Cases ***\nX\n    Go To    x\n"):
            with self.subTest(text):
                self.assertTrue(list(faults_of(Suite(text), self.shared)))
        good = "*** Test Cases ***\nX\n    [Tags]    ui\n    Import Library    Browser\n    GO_TO    x    # Lock\n"
        self.assertEqual([], list(faults_of(Suite(good), self.shared)))

    def test_what_the_workflow_gives_has_a_default_and_is_used(self):
        given = self.shared.variables | self.suites["__init__.robot"].variables
        self.assertLessEqual(GIVEN, given)
        text = "".join(path.read_text(encoding="utf-8") for path in self.files)
        for name in GIVEN:
            self.assertRegex(text, rf"\$\{{?{name}\b")

    def test_the_update_is_a_scenario_of_its_own(self):
        (setup,) = [cells for section, cells in self.suites["05__update.robot"].rows
                    if section == "Settings" and cells[0] == "Suite Setup"]
        self.assertEqual(["Skip If", "$SCENARIO != 'update'"], setup[1:3])

    def test_the_requirements_are_the_libraries_without_the_browser(self):
        wanted = (TESTS / "pythonreq.txt").read_text(encoding="utf-8").split()
        libraries = set().union(self.shared.libraries, *(suite.libraries for suite in self.suites.values()))
        packages = {PACKAGES[name] for name in libraries - {"Browser", "Collections"}}
        self.assertEqual({"robotframework", *packages}, set(wanted))


if __name__ == "__main__":
    unittest.main()
