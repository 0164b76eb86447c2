"""What end-to-end tests stand on that look into repositories."""

import html
import json
import re
import time

from scene import Scene, html_of, text_of
from stage.repositories import Repositories, begin_of_night


def words_of(mail):
    """Everything that a reader reads of a mail, on one line: subject, text, and the page without its tags."""
    page = re.sub(r"<(style|head).*?</\1>|<[^>]+>", " ", html_of(mail), flags=re.S)
    return " ".join(f"{mail['Subject']} {text_of(mail)} {html.unescape(page)}".split())


def row_of(module, mail):
    """What the mail says of one module, right beneath its name, on one line."""
    found = re.search(rf"^\* {module} · .*\n((?:    .*\n)+)", text_of(mail), re.M)
    return " ".join(found[1].split()) if found else ""


class RepositoryScene(Scene):
    """A scene with real repositories, and a night that was a quarter of an hour ago."""

    def setUp(self):
        super().setUp()
        self.repositories = Repositories(self.folder)
        self.begin = begin_of_night()

    def watch_and_look(self, plans, **repo_check):
        """The daemon, looking into the repositories of modules with errors, with restic unless told."""
        self.cluster.furnish(plans)
        if not {"method", "command"} & repo_check.keys():
            repo_check.update(command=self.repositories.command, restic_flags="--no-cache")
        self.make_daemon(sections={"repo_check": {
            "mode": "failed", "method": "command", "timeout": 20, **repo_check}})
        self.daemon.start(env=self.repositories.environment)
        self.wait_for_first_look()
        return self.daemon

    def write_snapshots(self, module, *times):
        """What restic would list of the module's repository, for a command that only prints it."""
        (self.folder / f"{module}.json").write_text(json.dumps(
            [{"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment)), "id": f"{moment:064x}"}
             for moment in times]))

    def fail_all(self, plan, modules, errors=1):
        """NS8 has reported errors for all modules of a plan, all backed up at the same time."""
        for module in modules:
            self.cluster.write_record(plan, module, errors=errors, start=self.begin)
        self.daemon.event(plan)

    def run_of(self, plan):
        """The newest run of a plan, and its modules by id."""
        newest = self.daemon.get_json(f"/api/runs?plan={plan}")["runs"][0]
        run = self.daemon.get_json(f"/api/runs/{newest['id']}")
        return run, {module["module"]: module for module in run["modules"]}
