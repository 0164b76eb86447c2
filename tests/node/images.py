"""Container images: the base image, the two of this project, and how they get to a module's user."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

from stage.processes import ROOT

BASE = "docker.io/library/debian:12-slim"
REPOSITORY = "localhost/backup-monitor-test"
KEEP = "BACKUP_MONITOR_KEEP_IMAGES"
GIVEN = "BACKUP_MONITOR_NODE_IMAGE"  # a module image that is here already: nothing is built
BRANCH = "test/0.0.1"  # IMAGETAG as NS8's workflow gives it: the name of the branch
TAG = BRANCH.replace("/", "-")


def run(*command, **more):
    """A command as root; its output, or an error that tells what it said. Interrupted it ends with all that
    it has started."""
    child = subprocess.Popen([str(part) for part in command], text=True, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, start_new_session=True, **more)
    try:
        out, err = child.communicate()
    except BaseException:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise
    if child.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} gave {child.returncode}:\n{out[-4000:]}{err[-4000:]}")
    return out


def exists(image):
    return subprocess.run(["podman", "image", "exists", image], check=False).returncode == 0


def nameless():
    return set(run("podman", "images", "-a", "-q", "--no-trunc", "--filter=dangling=true").split())


def unfinished():
    """Containers in which buildah builds."""
    return set(run("buildah", "containers", "-q", "--notruncate").split())


def inspect(image):
    return json.loads(run("podman", "image", "inspect", image))[0]


class Images:
    """Root's images on this machine. What this class brought goes with remove(), unless the variable
    BACKUP_MONITOR_KEEP_IMAGES is set."""

    def __init__(self, folder):
        self.folder = folder
        self.brought = []
        self.archives = {}
        self.built = None
        self.to_publish = []  # the names that build-images.sh gives to the workflow
        self.nameless_before, self.unfinished_before = nameless(), unfinished()

    def ensure_base(self):
        """The base image, from the registry if that answers at once, else made from Debian's packages."""
        if exists(BASE):
            return
        try:
            subprocess.run(["podman", "pull", "-q", BASE], check=True, capture_output=True, timeout=10)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            make_base()
        self.brought.append(BASE)

    def module_image(self):
        """The module image as build-images.sh builds it; tried once in a run of tests."""
        if self.built is None:
            try:
                self.built = os.environ.get(GIVEN) or self.build()
            except (RuntimeError, subprocess.CalledProcessError) as fault:
                self.built = fault
        if isinstance(self.built, Exception):
            raise self.built
        return self.built

    def build(self):
        """As NS8's workflow does it (publish-branch.yml of ns8-github-actions 8287d767)."""
        self.ensure_base()
        output = self.folder / "github-output"
        self.brought += [f"{REPOSITORY}/backup-monitor", f"{REPOSITORY}/backup-monitor-daemon"]
        run(ROOT / "build-images.sh", cwd=ROOT, env={
            **os.environ, "BUILDAH_ISOLATION": "chroot", "REPOBASE": REPOSITORY, "IMAGETAG": BRANCH,
            "CI": "true", "GITHUB_OUTPUT": str(output)})
        outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        self.to_publish = outputs["images"].split()
        for image in self.to_publish:  # as if they had been pulled from where they were published
            self.brought.append(f"{image}:{TAG}")
            run("buildah", "tag", image, f"{image}:{TAG}")
        return f"{REPOSITORY}/backup-monitor:{TAG}"

    def build_module(self, name, folder, tag="1.0.0", labels=None, start="scratch"):
        """A module image from a folder that holds imageroot/ and ui/, or from the image `start` with what
        the folder holds laid over it."""
        url = f"{REPOSITORY}/{name}:{tag}"
        container = run("buildah", "from", start).strip()
        try:
            for part in sorted(pathlib.Path(folder).iterdir()):
                run("buildah", "copy", container, part, f"/{part.name}")
            settings = [f"--label={key}={value}" for key, value in (labels or {}).items()]
            run("buildah", "config", "--entrypoint=/", *settings, container)
            run("buildah", "commit", "-q", container, url)
        finally:
            run("buildah", "rm", container)
        self.brought.append(url)
        return url

    def load(self, image, user):
        """Root's image for a rootless user: the way around a registry."""
        if image not in self.archives:
            archive = self.folder / f"{re.sub('[^a-z0-9.-]', '_', image)}.tar"
            run("podman", "save", "-q", "-o", archive, image)
            archive.chmod(0o644)
            self.archives[image] = archive
        user.check("podman", "load", "-q", "-i", self.archives[image])

    def remove(self):
        left = unfinished() - self.unfinished_before  # of a build that was interrupted
        if left:
            subprocess.run(["buildah", "rm", *left], check=False, capture_output=True)
        if not os.environ.get(KEEP):
            for image in reversed(self.brought):
                subprocess.run(["podman", "rmi", "-f", image], check=False, capture_output=True)
            layers = nameless() - self.nameless_before  # what buildah keeps of the steps of a build
            if layers:
                subprocess.run(["podman", "rmi", "-f", *layers], check=False, capture_output=True)


def sources_of(release="bookworm"):
    """(URI, signing key or None, file) of this machine's apt sources of Debian's release."""
    for file in sorted(pathlib.Path("/etc/apt").glob("sources.list*/*.sources")):
        for part in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
            fields = dict(re.findall(r"^([A-Za-z-]+):[ \t]*(.*)$", part, re.M))
            if release in fields.get("Suites", "").split() and "deb" in fields.get("Types", "").split():
                yield fields["URIs"].split()[0], fields.get("Signed-By"), file
    lists = [pathlib.Path("/etc/apt/sources.list"), *sorted(pathlib.Path("/etc/apt").glob("sources.list.d/*.list"))]
    for file in filter(pathlib.Path.exists, lists):
        pattern = rf"^deb\s+(?:\[(.*?)\]\s+)?(\S+)\s+{release}\s"
        for options, uri in re.findall(pattern, file.read_text(encoding="utf-8"), re.M):
            key = re.search(r"signed-by=(\S+)", options)
            yield uri, key[1] if key else None, file


def make_base(release="bookworm"):
    """Debian's packages, unpacked by debootstrap, with this machine's own sources, keys and settings of apt."""
    found = next(sources_of(release), None)
    if found is None:
        raise RuntimeError(f"no apt source of Debian {release} on this machine, and {BASE} cannot be pulled")
    uri, key, source = found
    with tempfile.TemporaryDirectory(prefix="backup-monitor-base-", dir="/var/tmp") as folder:
        root = pathlib.Path(folder, "rootfs")
        run("debootstrap", "--variant=minbase", *([f"--keyring={key}"] if key else []), release, root, uri)
        apt = root / "etc/apt"
        (apt / "sources.list").unlink(missing_ok=True)
        shutil.copy(source, apt / source.relative_to("/etc/apt"))
        if key:
            (root / key.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(key, root / key.lstrip("/"))
        for file in pathlib.Path("/etc/apt/apt.conf.d").iterdir():
            if "Invoke" not in file.read_text(encoding="utf-8"):  # hooks call what only this machine has
                shutil.copy(file, apt / "apt.conf.d")
        for deb in (root / "var/cache/apt/archives").glob("*.deb"):
            deb.unlink()
        with subprocess.Popen(["tar", "-C", root, "--exclude=./dev/*", "-cf", "-", "."],
                              stdout=subprocess.PIPE) as tree:
            run("podman", "import", "-", BASE, stdin=tree.stdout)
        if tree.returncode != 0:
            raise RuntimeError("tar could not read the new base image")
