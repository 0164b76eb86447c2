"""What build-images.sh builds: small images with nothing to spare, and the labels that NS8 installs by."""

import fnmatch
import hashlib
import io
import json
import os
import pathlib
import re
import subprocess
import tarfile
import unittest

from images import BRANCH, GIVEN, REPOSITORY, inspect, run
from scene import Scene, node


DOCUMENTS = "/usr/share/doc/backup-monitor"
ZONES = "/usr/share/zoneinfo/"


def bytes_in(image, path):
    """The content of one file in an image."""
    container = subprocess.run(["podman", "create", image, "none"], check=True, text=True,
                               capture_output=True).stdout.strip()
    try:
        copied = subprocess.run(["podman", "cp", f"{container}:{path}", "-"], check=True, capture_output=True).stdout
    finally:
        subprocess.run(["podman", "rm", container], check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(copied)) as archive:
        return archive.extractfile(archive.next()).read()


def text_in(image, path):
    return bytes_in(image, path).decode("utf-8")


def files_of(image):
    """Paths of the files in an image."""
    container = subprocess.run(["podman", "create", image, "none"], check=True, text=True,
                               capture_output=True).stdout.strip()
    try:
        with subprocess.Popen(["podman", "export", container], stdout=subprocess.PIPE) as export:
            with tarfile.open(fileobj=export.stdout, mode="r|") as archive:
                found = {"/" + member.name for member in archive if not member.isdir()}
    finally:
        subprocess.run(["podman", "rm", container], check=True, capture_output=True)
    # Podman's own mount points, in every container that it makes.
    return found - {"/.dockerenv", "/run/.containerenv", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf"}


class Images(Scene):
    seconds = 1200  # the first one builds them

    def setUp(self):
        self.module = node().images.module_image()
        self.labels = inspect(self.module)["Labels"]

    def label(self, name):
        return self.labels[f"org.nethserver.{name}"]

    def test_1_ns8_reads_what_the_module_needs_from_its_labels(self):
        self.assertEqual(("0", "1", "1", "3.20.1", "cluster:reader"),
                         tuple(self.label(name) for name in ("rootfull", "tcp-ports-demand", "max-per-node",
                                                             "min-core", "authorizations")))
        (daemon,) = self.label("images").split()
        self.assertRegex(daemon, r"/backup-monitor-daemon:[\w.-]+$")  # NS8 wants the tag
        for name in ("title", "source", "licenses", "version", "revision"):
            self.assertTrue(self.labels[f"org.opencontainers.image.{name}"], name)

    def test_2_the_module_image_is_imageroot_and_a_page(self):
        found = files_of(self.module)
        self.assertEqual({"imageroot", "ui"}, {path.split("/")[1] for path in found})
        self.assertLessEqual({"/ui/index.html", "/ui/metadata.json", "/ui/shortcuts.json",
                              "/ui/i18n/en/translation.json", "/ui/i18n/it/translation.json",
                              "/imageroot/systemd/user/backup-monitor.service"}, found)
        # cluster/modules.py of ns8-core 4f41b359 takes the first of img/*logo*png for the list of applications.
        self.assertEqual(1, len(fnmatch.filter(found, "/ui/img/*logo*png")))
        self.assertEqual([], fnmatch.filter(found, "*.map"))
        self.assertFalse([path for path in found if "__pycache__" in path])

    def test_3_the_daemon_image_is_the_program_certificates_zones_and_at_most_15_mb(self):
        (daemon,) = self.label("images").split()
        documents = {f"{DOCUMENTS}/{name}" for name in ("LICENSE", "third-party-notices.txt",
                                                        "backup-monitor.spdx.json")}
        found = files_of(daemon)
        zones = {file.removeprefix(ZONES) for file in found if file.startswith(ZONES)}
        self.assertEqual({"/backup-monitor", "/etc/ssl/certs/ca-certificates.crt", *documents},
                         {file for file in found if not file.startswith(ZONES)})
        self.assertLessEqual({"UTC", "Europe/Rome", "America/Argentina/Ushuaia"}, zones)
        self.assertFalse([zone for zone in zones if zone.startswith(("right/", "posix/")) or "." in zone])
        self.assertLessEqual(inspect(daemon)["Size"], 15_000_000)
        self.assertEqual(["/backup-monitor"], inspect(daemon)["Config"]["Entrypoint"])

    def test_4_the_daemon_image_lists_its_parts_with_their_licences_and_notices(self):
        (daemon,) = self.label("images").split()
        document = json.loads(text_in(daemon, f"{DOCUMENTS}/backup-monitor.spdx.json"))
        program, *parts = document["packages"]
        digest = hashlib.sha256(bytes_in(daemon, "/backup-monitor")).hexdigest()
        self.assertEqual([{"algorithm": "SHA256", "checksumValue": digest}], program["checksums"])
        licences = {"MIT", *(licence for part in parts for licence in part["licenseConcluded"].split(" AND "))}
        label = inspect(daemon)["Labels"]["org.opencontainers.image.licenses"]
        self.assertEqual(licences, set(label.split(" AND ")))
        notices = text_in(daemon, f"{DOCUMENTS}/third-party-notices.txt")
        for part in parts:
            self.assertIn(f"{part['name']} {part['versionInfo']} ({part['sourceInfo']}): ", notices)
        self.assertTrue(text_in(daemon, f"{DOCUMENTS}/LICENSE").startswith("MIT License\n"))

    def test_5_the_page_says_that_it_contains_parts_under_the_gpl_and_brings_it(self):
        notices = text_in(self.module, "/ui/licenses.txt")
        said, *_ = notices.partition("\n\n---\n")
        self.assertIn("parts under GPL-3.0-or-later", said)
        licences = set(re.findall(r"^License: (.+)$", notices, re.M))
        self.assertIn("GPL-3.0-or-later", licences)
        label = self.labels["org.opencontainers.image.licenses"]
        self.assertEqual(licences | {"MIT"}, set(label.split(" AND ")))
        self.assertRegex(text_in(self.module, "/ui/gpl-3.0.txt"), r"GNU GENERAL PUBLIC LICENSE\s+Version 3")


@unittest.skipIf(GIVEN in os.environ, "the images were not built here")
class Publishing(Scene):
    """The second step of NS8's workflow, with a folder in the registry's place."""

    seconds = 1200

    def setUp(self):
        node().images.module_image()
        self.folder = node().new_folder()

    def publish(self):
        """Pushes what the build has named, under the tag of the branch. Returns the configurations by address."""
        tag = BRANCH.replace("/", "-")
        published = {}
        for image in node().images.to_publish:
            place = pathlib.Path(self.folder, image)
            place.parent.mkdir(parents=True, exist_ok=True)
            run("buildah", "push", image, f"oci:{place}:{tag}")
            published[f"{image}:{tag}"] = read_layout(place, tag)
        return published

    def test_each_name_is_pushed_and_each_image_that_ns8_will_pull_is_there(self):
        published = self.publish()
        module, daemon = f"{REPOSITORY}/backup-monitor:test-0.0.1", f"{REPOSITORY}/backup-monitor-daemon:test-0.0.1"
        self.assertEqual({module, daemon}, set(published))
        self.assertEqual([daemon], published[module]["config"]["Labels"]["org.nethserver.images"].split())
        self.assertEqual(["/backup-monitor"], published[daemon]["config"]["Entrypoint"])

    def test_the_build_leaves_no_tag_of_its_own(self):
        for image in node().images.to_publish:
            # What has no tag is called latest; the other is the one that this test pulls.
            self.assertEqual({f"{image}:latest", f"{image}:test-0.0.1"}, set(inspect(image)["RepoTags"]))


def read_layout(folder, tag):
    """The configuration of the one image in an OCI layout (image-layout.md of its specification 1.0)."""
    def blob(descriptor):
        return json.loads((folder / "blobs" / descriptor["digest"].replace(":", "/")).read_text(encoding="utf-8"))
    (entry,) = json.loads((folder / "index.json").read_text(encoding="utf-8"))["manifests"]
    if entry["annotations"]["org.opencontainers.image.ref.name"] != tag:
        raise AssertionError(f"{folder} holds {entry['annotations']}")
    return blob(blob(entry)["config"])
