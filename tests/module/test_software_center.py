"""repository/: what a repository of modules such as NethForge holds under backup-monitor/.

Fields by repodata-schema.json of ns8-core 4f41b359 and createrepo.py of ns8-repomd, which adds `id` and
`screenshots` from the folder and `versions` with their labels from the registry, and keeps the rest. Sizes of
pictures by docs/core/software_repositories.md there; categories by app_categories of its translations.
"""

import json
import pathlib
import re
import struct
import tempfile
import unittest

from module_scene import IMAGEROOT

ROOT = IMAGEROOT.parent
REPOSITORY = ROOT / "repository"
FIELDS = {"name": str, "description": dict, "logo": str, "categories": list, "authors": list, "docs": dict,
          "source": str, "versions": list}
DOCS = {"documentation_url", "bug_url", "code_url", "terms_url", "relnotes_url"}
CATEGORIES = {"core", "development", "collaboration", "system_administration", "office", "documentation", "database",
              "storage", "monitoring", "web", "communication", "security", "multimedia"}
# The domains that RFC 2606 keeps for examples and tests.
NOBODYS = re.compile(r"[@.](example|test|invalid|localhost|example\.(com|net|org))$", re.IGNORECASE)
IN_THE_TREE = re.compile(r"https://github\.com/nethserver/ns8-backup-monitor/blob/main/([^#]+)(?:#(.+))?")


def faults_of(entry):
    """What the Software Center would miss or show wrongly, a line each."""
    for field, kind in FIELDS.items():
        if not isinstance(entry.get(field), kind):
            yield f"{field} is not a {kind.__name__}"
            return
    for field in sorted(set(entry) - set(FIELDS)):
        yield f"{field} is no field of an entry"
    for language in ("en", "it"):
        if not entry["description"].get(language):
            yield f"no description in {language}"
    if not entry["categories"] or not set(entry["categories"]) <= CATEGORIES:
        yield f"categories {entry['categories']}"
    # The Software Center makes a link to the address of each author, and writes nothing where there is none.
    if any(set(author) != {"name", "email"} for author in entry["authors"]):
        yield "an author has a name and an email"
    yield from (f"nobody has {author['email']}" for author in entry["authors"]
                if NOBODYS.search(author.get("email", "")))
    if entry["docs"].get("bug_url") != f"{entry['docs'].get('code_url')}/issues":
        yield "the contact is the issues page of the project"
    if set(entry["docs"]) != DOCS:
        yield f"docs has {sorted(entry['docs'])}"
    yield from (f"{name}: {url}" for name, url in entry["docs"].items() if not url.startswith("https://"))
    if not re.fullmatch(r"[a-z0-9.-]+(/[a-z0-9-]+)+", entry["source"]):
        yield f"source {entry['source']} is not an image without its tag"
    if entry["logo"] != "logo.png" or entry["versions"]:
        yield "logo and versions are those that the repository's own script writes"


def size_of(png):
    """(width, height) from the header of a PNG file (its specification, 11.2.2)."""
    head = pathlib.Path(png).read_bytes()[:24]
    if head[:8] != b"\x89PNG\r\n\x1a\n" or head[12:16] != b"IHDR":
        raise ValueError(f"{png} is not a PNG")
    return struct.unpack(">II", head[16:24])


def anchors_of(markdown):
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
            for title in re.findall(r"^#+ (.+)$", markdown, re.M)}


class TheEntry(unittest.TestCase):
    def setUp(self):
        self.entry = json.loads((REPOSITORY / "metadata.json").read_text(encoding="utf-8"))

    def test_it_has_every_field_and_no_other(self):
        self.assertEqual([], list(faults_of(self.entry)))

    def test_each_fault_is_found(self):
        for broken in ({"name": None}, {"upstream": "x"}, {"description": {"en": "x"}}, {"categories": ["backup"]},
                       {"authors": [{"name": "x"}]}, {"docs": {"bug_url": "http://example.org"}}, {"logo": "x.png"},
                       {"authors": [{"name": "x", "email": "x@example.org"}]},
                       {"authors": [{"name": "x", "email": "x@mail.test"}]},
                       {"docs": {**self.entry["docs"], "bug_url": "https://example.org/issues"}},
                       {"source": "docker://ghcr.io/x:latest"}, {"versions": [{}]}):
            with self.subTest(broken):
                self.assertTrue(list(faults_of({**self.entry, **broken})))

    def test_the_page_says_the_same_of_itself(self):
        page = json.loads((ROOT / "ui/public/metadata.json").read_text(encoding="utf-8"))
        listed = {key: value for key, value in self.entry.items() if key not in ("logo", "versions")}
        self.assertEqual(listed, page)

    def test_its_links_into_this_project_lead_somewhere(self):
        found = {name: IN_THE_TREE.fullmatch(url) for name, url in self.entry["docs"].items()}
        found = {name: match for name, match in found.items() if match}
        self.assertEqual({"documentation_url", "terms_url", "relnotes_url"}, set(found))
        for name, match in found.items():
            text = (ROOT / match[1]).read_text(encoding="utf-8")
            if match[2]:
                self.assertIn(match[2], anchors_of(text), name)

    def test_the_images_are_those_that_are_built(self):
        script = (ROOT / "build-images.sh").read_text(encoding="utf-8")
        base = re.search(r"^repobase=\$\{REPOBASE:-(.+)}$", script, re.M)[1]
        module = re.search(r"^module=\$repobase/(.+)$", script, re.M)[1]
        self.assertEqual(f"{base}/{module}", self.entry["source"])


class ThePictures(unittest.TestCase):
    def test_the_logo_is_256_pixels_square_and_the_pages_own(self):
        self.assertEqual((256, 256), size_of(REPOSITORY / "logo.png"))
        self.assertEqual((ROOT / "ui/src/assets/module_default_logo.png").read_bytes(),
                         (REPOSITORY / "logo.png").read_bytes())

    def test_each_screenshot_is_1024_by_768(self):
        pictures = sorted((REPOSITORY / "screenshots").iterdir())
        self.assertLessEqual(3, len(pictures))
        for picture in pictures:
            self.assertEqual((".png", (1024, 768)), (picture.suffix, size_of(picture)), picture.name)

    def test_what_is_no_picture_is_refused(self):
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            file.write(b"GIF89a" + b"\0" * 40)
            file.flush()
            with self.assertRaises(ValueError):
                size_of(file.name)
