"""What build-images.sh builds: small images with nothing to spare, and the labels that NS8 installs by."""

import fnmatch
import subprocess
import tarfile

from images import inspect
from scene import Scene, node


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

    def test_3_the_daemon_image_is_the_program_and_the_certificates_and_at_most_15_mb(self):
        (daemon,) = self.label("images").split()
        self.assertEqual({"/backup-monitor", "/etc/ssl/certs/ca-certificates.crt"}, files_of(daemon))
        self.assertLessEqual(inspect(daemon)["Size"], 15_000_000)
        self.assertEqual(["/backup-monitor"], inspect(daemon)["Config"]["Entrypoint"])
