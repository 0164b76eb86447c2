"""What forges read of this project: workflows, dependency updates, versions.

Forms by ns8-kickstart cdc5b342 and ns8-metrics b3af83c3 (NS8's modules call the workflows of ns8-github-actions by the
version v1), the workflow syntax of GitHub Actions, and what Gitea 1.25 to 1.27 read of it (docs.gitea.com, "Compared to
GitHub Actions": runs-on is one word, and an environment is ignored).
"""

import json
import pathlib
import re
import unittest

import yaml

from module_scene import IMAGEROOT

ROOT = IMAGEROOT.parent
WORKFLOWS = ROOT / ".github/workflows"
NS8 = "NethServer/ns8-github-actions/.github/"
PINNED = re.compile(rf"{re.escape(NS8)}[\w./-]+@v1|[\w.-]+/[\w./-]+@[0-9a-f]{{40}}")
ON_GITHUB = "github.server_url == 'https://github.com'"
# What pushes to ghcr.io, calls gh, or has a secret of NS8's organisation. The others need git and buildah alone.
GITHUBS = {f"{NS8}{name}@v1" for name in ("workflows/publish-branch.yml", "workflows/test-module.yml",
                                          "actions/delete-image")}


def read(path):
    """YAML 1.1 takes the key `on` for a truth value."""
    found = yaml.safe_load(pathlib.Path(path).read_text(encoding="utf-8"))
    if True in found:
        found["on"] = found.pop(True)
    return found


def uses_of(job):
    return [part["uses"] for part in (job, *job.get("steps", ())) if "uses" in part]


def faults_of(workflow):
    """What GitHub or Gitea would refuse, and what would change without a change here."""
    for key in ("name", "on", "jobs"):
        if not workflow.get(key):
            yield f"no {key}"
            return
    for name, job in workflow["jobs"].items():
        if ("uses" in job) == ("steps" in job):
            yield f"{name} either uses a workflow or has steps"
        if "steps" in job and not isinstance(job.get("runs-on"), str):
            yield f"{name} runs on {job.get('runs-on')}"
        if "uses" in job and "runs-on" in job:
            yield f"{name} runs where the workflow says"
        for step in job.get("steps", ()):
            if ("uses" in step) == ("run" in step):
                yield f"{name}: a step either uses or runs something"
        for used in uses_of(job):
            if not PINNED.fullmatch(used):
                yield f"{name}: {used} is not pinned"
            if used in GITHUBS and ON_GITHUB not in job.get("if", ""):
                yield f"{name} cannot work on another forge"
        needed = job.get("needs", [])
        for other in [needed] if isinstance(needed, str) else needed:
            if other not in workflow["jobs"]:
                yield f"{name} needs {other}"


class Workflows(unittest.TestCase):
    def setUp(self):
        self.all = {path.name: read(path) for path in sorted(WORKFLOWS.iterdir())}

    def test_there_is_one_for_each_thing_that_ns8s_modules_do(self):
        self.assertEqual({"publish-images.yml", "test-module.yml", "build-apidoc.yml", "clean-apidoc.yml",
                          "clean-registry.yml"}, set(self.all))
        # Gitea reads .github only where it finds no .gitea.
        self.assertFalse((ROOT / ".gitea").exists())

    def test_each_has_the_form(self):
        for name, workflow in self.all.items():
            self.assertEqual([], list(faults_of(workflow)), name)
        self.assertEqual(len(self.all), len({workflow["name"] for workflow in self.all.values()}))

    def test_each_fault_is_found(self):
        good = {"runs-on": "x", "steps": [{"run": "x"}]}
        pinned = f"actions/checkout@{'0' * 40}"
        def of(job, **more):
            return {"name": "x", "on": {"push": None}, "jobs": {"x": job}, **more}
        self.assertEqual([], list(faults_of(of(good))))
        self.assertEqual([], list(faults_of(of({**good, "steps": [{"uses": pinned}]}))))
        for broken in (of(good, name=""), of(good, on={}), {"name": "x", "on": {"push": None}, "jobs": {}},
                       of({**good, "uses": pinned}), of({"runs-on": "x"}), of({**good, "runs-on": ["a", "b"]}),
                       of({"uses": pinned, "runs-on": "x"}), of({**good, "steps": [{}]}),
                       of({**good, "steps": [{"uses": pinned, "run": "x"}]}), of({**good, "needs": "y"}),
                       of({**good, "needs": ["x", "y"]}), of({**good, "steps": [{"uses": "actions/checkout@v6"}]}),
                       of({**good, "steps": [{"uses": f"actions/checkout@{'0' * 39}"}]}),
                       of({"uses": f"{NS8}workflows/clean-apidoc.yml@main"}),
                       of({"uses": f"{NS8}workflows/publish-branch.yml@v1"})):
            with self.subTest(broken):
                self.assertTrue(list(faults_of(broken)))

    def test_the_images_are_tested_when_they_are_published(self):
        self.assertEqual([self.all["publish-images.yml"]["name"]],
                         self.all["test-module.yml"]["on"]["workflow_run"]["workflows"])

    def test_what_is_published_is_what_the_script_builds_and_what_is_removed(self):
        script = (ROOT / "build-images.sh").read_text(encoding="utf-8")
        built = set(re.findall(r"^\w+=\$repobase/(\S+)$", script, re.M))
        self.assertEqual(2, len(built))
        (step,) = self.all["clean-registry.yml"]["jobs"]["delete-images"]["steps"]
        self.assertEqual(built, set(step["with"]["images"].split()))
        self.assertTrue((ROOT / "build-images.sh").stat().st_mode & 0o100)

    def test_the_documents_are_built_when_a_schema_changes(self):
        patterns = self.all["build-apidoc.yml"]["on"]["push"]["paths"]
        for pattern in patterns:
            self.assertTrue(list(ROOT.glob(pattern)), pattern)
        named = {pathlib.PurePath(pattern).name for pattern in patterns}
        schemas = {path.name for path in IMAGEROOT.rglob("valid*.json")}
        self.assertEqual(named, schemas)


class Updates(unittest.TestCase):
    def setUp(self):
        self.renovate = json.loads((ROOT / "renovate.json").read_text(encoding="utf-8"))

    def test_ns8s_own_settings_are_the_base(self):
        self.assertEqual(["github>NethServer/.github:ns8-automerge"], self.renovate["extends"])

    def test_what_is_sought_by_a_pattern_is_there(self):
        for manager in self.renovate["customManagers"]:
            (pattern,) = manager["managerFilePatterns"]
            files = [path for path in (ROOT / "scripts").iterdir()
                     if re.search(pattern.strip("/"), f"scripts/{path.name}")]
            self.assertEqual(1, len(files), pattern)
            (wanted,) = manager["matchStrings"]
            found = re.findall(wanted.replace("(?<", "(?P<"), files[0].read_text(encoding="utf-8"))
            self.assertEqual(1, len(found), wanted)
            self.assertRegex(found[0], r"^\d+\.\d+\.\d+$")


class Versions(unittest.TestCase):
    def test_the_version_that_is_built_has_its_day_in_the_changelog(self):
        version = re.search(r"^project\(.* VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text(), re.M)[1]
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        titles = re.findall(r"^## (.+)$", changelog, re.M)
        self.assertEqual("Unreleased", titles[0])
        self.assertRegex(titles[1], rf"^{re.escape(version)} \(20\d\d-[01]\d-[0-3]\d\)$")
        page = json.loads((ROOT / "ui/package.json").read_text(encoding="utf-8"))
        self.assertEqual(version, page["version"])


if __name__ == "__main__":
    unittest.main()
