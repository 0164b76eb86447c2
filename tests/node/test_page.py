"""The page as NS8 serves it: out of the module's image, its tasks run by the instance that it belongs to."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from monitor import MonitorScene, status
from scene import node
from stage.processes import ROOT

sys.path.append(str(ROOT / "tests" / "ui"))
from cluster_admin import serve  # pylint: disable=wrong-import-position

MINUTES = 5
NODE_JS = ROOT / "scripts/with-node.sh"


class NodeWorld:
    """What cluster_admin.serve() wants of a world, and what first_configuration.test.mjs asks of it."""

    def __init__(self, module, relay):
        self.module, self.relay = module, relay

    def run(self, action, data):
        return self.module.run(action, data)

    def furnish(self, plans):
        node().cluster.furnish(plans)

    def mails(self):
        return [{"to": mail["To"], "subject": mail["Subject"]} for mail in self.relay.mails()]


class Page(MonitorScene):
    seconds = 60 * MINUTES + 30

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.module = cls.add()

    def play(self, test):
        """Runs a test of tests/ui on the page out of the image, with this instance behind it."""
        page = node().folder / "ui" / self.module.id
        with tempfile.TemporaryDirectory(prefix="backup-monitor-page-") as folder:
            css = pathlib.Path(folder, "core.css")
            subprocess.run([NODE_JS, "node", ROOT / "tests/ui/core_css.mjs", css], check=True)
            scene = {"instance": self.module.id,
                     "url": serve(NodeWorld(self.module, self.relay), self.module.id, page, css)}
            return subprocess.run(
                [NODE_JS, "node", "--test", "--test-reporter=tap", ROOT / "tests/ui" / f"{test}.test.mjs"],
                env={**os.environ, "BACKUP_MONITOR_UI_SCENE": json.dumps(scene), "BACKUP_MONITOR_UI_OUT": folder},
                capture_output=True, text=True, check=False, timeout=60 * MINUTES)

    def test_from_the_installed_image_to_the_first_mail(self):
        done = self.play("first_configuration")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"# pass [1-9]")
        for mail in self.mails(2):
            self.assertIn("Test mail", mail["Subject"])
        self.assertEqual("active", self.module.systemctl("is-active", "backup-monitor.service"))
        self.assertEqual(0, status(self.module)["mail"]["waiting"])
