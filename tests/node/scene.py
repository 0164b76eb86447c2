"""What every node test stands on: the one node of the run, a limit of time, and what to read after a failure."""

import contextlib
import signal
import sys
import tempfile
import pathlib
import unittest

from images import REPOSITORY
from node import Node

TRIVIAL = {"org.nethserver.rootfull": "0", "org.nethserver.tcp-ports-demand": "1"}
PAGE = {"ui/index.html": "<html></html>\n", "ui/metadata.json": '{"name": "trivial"}\n'}
_node = Node()


def node():
    """The node of this run, started when first asked for."""
    if _node.folder is None:
        _node.start()
    return _node


def stop():
    _node.stop()


class Scene(unittest.TestCase):
    """One module's life in a class. `seconds` is the most that one test may take."""

    maxDiff = None
    seconds = 180

    def run(self, result=None):
        bad = len(result.failures) + len(result.errors)
        signal.signal(signal.SIGALRM, self.too_late)
        signal.alarm(self.seconds)
        try:
            super().run(result)
        finally:
            signal.alarm(0)
            if len(result.failures) + len(result.errors) > bad:
                self.show_logs()

    def too_late(self, *_):
        raise TimeoutError(f"the test took more than {self.seconds} s")

    def show_logs(self):
        for module in node().modules.values():
            with contextlib.suppress(Exception):
                failed = module.user.run("systemctl", "--user", "--failed", "--no-legend").stdout
                lines = module.log().splitlines()[-25:]
                print(f"--- {self.id()}: {module.id}\n" + "\n    ".join([failed.strip(), *lines]), file=sys.stderr)

    @classmethod
    def keep(cls, module):
        """Take the module off the node after the class, unless a test did."""
        def drop():
            if module.id in node().modules:
                node().drop(module)
        cls.addClassCleanup(drop)
        return module

    def assert_done(self, result, output=None):
        """The task is completed; `output` is what it gave."""
        self.assertEqual(("completed", 0), (result.status, result.exit_code), result.error + result.output)
        if output is not None:
            self.assertEqual(output, result.value)


def write_files(folder, files):
    """`files` maps paths to texts; what begins with #! may be executed."""
    for name, text in files.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755 if text.startswith("#!") else 0o644)


def build_trivial(files, name="bm-trivial", tag="1.0.0", labels=None, page=True):
    """A module image out of a few files of imageroot."""
    with tempfile.TemporaryDirectory(prefix="backup-monitor-image-") as folder:
        write_files(folder, {**(PAGE if page else {}), **{f"imageroot/{path}": text for path, text in files.items()}})
        return node().images.build_module(name, folder, tag, {**TRIVIAL, **(labels or {})})


__all__ = ["REPOSITORY", "Scene", "build_trivial", "node", "stop", "write_files"]
