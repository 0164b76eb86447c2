#!/usr/bin/python3
"""Serves the built page as cluster-admin does, and runs each task it makes.

    scene.py --core-css FILE [--dist ui/dist] [--port 0]

It prints one line of JSON, {"url", "instance"}, and ends with its input.

Behind it are a private Redis with a small cluster, the mail catcher, and one instance of the module whose
real action steps run under the stand-in agent of tests/ns8, with the real daemon.
"""

import argparse
import json
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent / "module")]

# pylint: disable=wrong-import-position
from cluster_admin import serve
from world import World

INSTANCE = "backup-monitor1"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dist", type=pathlib.Path, default=ROOT / "ui" / "dist")
    parser.add_argument("--core-css", type=pathlib.Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="backup-monitor-ui-") as scratch:
        world = World(pathlib.Path(scratch), INSTANCE)
        try:
            url = serve(world, INSTANCE, given.dist, given.core_css, given.port)
            print(json.dumps({"url": url, "instance": INSTANCE}), flush=True)
            sys.stdin.read()
        finally:
            world.stop()


if __name__ == "__main__":
    main()
