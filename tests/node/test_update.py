"""A newer image in an instance's place."""

import json
import tempfile

from images import REPOSITORY, run
from monitor import UNIT, MonitorScene, configuration, runs, wait_until_watching
from scene import node, write_files

TAG = "0.0.2-test"


def newer_image(module):
    """The same module with another tag, another tag of its service image, and one file more."""
    (daemon,) = module.images
    url = f"{REPOSITORY}/backup-monitor-daemon:{TAG}"
    run("podman", "tag", daemon, url)
    node().images.brought.append(url)
    with tempfile.TemporaryDirectory(prefix="backup-monitor-image-") as folder:
        write_files(folder, {"imageroot/bin/newer": "#!/bin/sh\n"})
        return node().images.build_module("backup-monitor", folder, TAG, {"org.nethserver.images": url},
                                          start=module.image), url


class Updated(MonitorScene):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.module = cls.add_watching(language="it")

    def container_image(self):
        return self.module.user.check("podman", "inspect", "--format={{.ImageName}}", "backup-monitor").strip()

    def test_1_the_service_runs_from_the_new_image_with_migrated_settings(self):
        self.back_up()
        self.mails(1)
        history = runs(self.module)
        self.settings_of_an_earlier_version()
        newer, daemon = newer_image(self.module)
        self.assert_done(self.module.update(newer))
        wait_until_watching(self.module)
        self.assertEqual(daemon, self.module.environment()["BACKUP_MONITOR_DAEMON_IMAGE"])
        self.assertEqual(daemon, self.container_image())
        self.assertTrue((self.module.config / "bin/newer").exists())
        stored = json.loads((self.module.state / "settings.json").read_text())
        self.assertEqual(("it", 30, False), (stored["language"], stored["wait_seconds"], "shoes" in stored))
        self.assertEqual(history, runs(self.module))

    def settings_of_an_earlier_version(self):
        """One setting less, and one that no longer is."""
        program = ("import json\ns = json.load(open('settings.json'))\ndel s['wait_seconds']\n"
                   "json.dump({**s, 'shoes': 1}, open('settings.json', 'w'))\n")
        self.module.command("/usr/bin/python3", "-c", program)

    def test_2_it_still_reports(self):
        self.back_up()
        self.mails(2)

    def test_3_one_that_is_off_stays_off(self):
        module = self.add()
        newer, _ = newer_image(module)
        self.assert_done(module.update(newer))
        self.assertEqual("inactive", module.systemctl("is-active", UNIT))
        self.assertEqual("off", configuration(module)["mail"])
