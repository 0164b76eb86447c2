"""One NS8 node for tests: Redis, API server, relay, journal, images, ports, and the modules that live on it.

It plays the cluster's and the node's own agent. Sources: ns8-core 4f41b359 (about 3.21.1), actions
add-module, remove-module, clone-module, restore-module and update-module of cluster and node. Everything
lies in one scratch folder and in places that stop() takes away again.
"""

import contextlib
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from cluster_api import ClusterApi, grant_roles
from forgotten import new_node_folder, note, remove_forgotten, remove_made
from images import Images, inspect
from journal import Journal
from module_user import ModuleUser
from node_redis import NodeRedis
from stage.mail import Relay
from stage.processes import ROOT, is_listening

RUNAGENT = pathlib.Path("/usr/local/bin/runagent")  # where units of modules call it
CLUSTER_STATE = pathlib.Path("/var/lib/nethserver/cluster/state")
BOOTED = pathlib.Path("/run/systemd/system")  # sd_booted(3) looks for it
VPN_ADDRESS = "10.5.4.1"  # stands for the address in the cluster's VPN, and lives on the device lo
LOCK = "/run/lock/backup-monitor-node-test"


class Node:
    """start() it once for a whole run of tests; stop() leaves the machine as it was."""

    def __init__(self):
        self.undo = contextlib.ExitStack()
        self.folder = None
        self.modules = {}
        self.ports = {}  # port -> module

    def start(self):
        try:
            self.build_up()
        except BaseException:
            self.stop()
            self.folder = None
            raise
        return self

    def build_up(self):
        lock = self.undo.enter_context(open(LOCK, "w", encoding="ascii"))
        fcntl.flock(lock, fcntl.LOCK_EX)  # the user names are NS8's: one run after another
        remove_forgotten()
        self.folder = new_node_folder()
        self.undo.callback(remove_made, self.folder)
        self.stand_ins = self.folder / "ns8"
        shutil.copytree(ROOT / "tests" / "ns8", self.stand_ins, ignore=shutil.ignore_patterns("__pycache__"))
        self.make_folder(BOOTED)
        self.make_folder(pathlib.Path("/run/user"))
        self.make_folder(CLUSTER_STATE)
        self.give_runagent()
        self.give_vpn_address()
        self.journal = self.keep(Journal(self.folder, lambda place: note(self.folder, place)).start())
        self.relay = self.keep(Relay(self.folder).start())
        self.images = Images(self.folder)
        self.undo.callback(self.images.remove)
        self.cluster = self.keep(NodeRedis(self.folder).start())
        self.redis = self.cluster.redis
        self.furnish()
        self.api = self.keep(ClusterApi(self.cluster, VPN_ADDRESS))
        self.environment_file = self.folder / "agent.env"
        self.environment_file.write_text("".join(
            f"{name}={value}\n" for name, value in self.environment().items()), encoding="utf-8")
        (self.folder / "ui").mkdir()
        self.undo.callback(self.remove_modules)

    def keep(self, part):
        self.undo.callback(part.stop)
        return part

    def stop(self):
        self.undo.close()

    def make_folder(self, folder):
        """With its parents; those that were missing go again."""
        missing = [place for place in (folder, *folder.parents) if not place.exists()]
        if missing:
            note(self.folder, missing[-1])
        folder.mkdir(parents=True, exist_ok=True)

    def give_runagent(self):
        """The stand-in where units look for it; never on a machine that has the real one."""
        if os.path.lexists(RUNAGENT):
            raise RuntimeError(f"{RUNAGENT} exists: this looks like a node of NS8, no place for this test")
        note(self.folder, RUNAGENT)
        RUNAGENT.symlink_to(self.stand_ins / "bin" / "runagent")

    def give_vpn_address(self):
        def change(what):
            subprocess.run(["ip", "address", what, f"{VPN_ADDRESS}/32", "dev", "lo"], check=True)
        change("replace")  # it is there after a run that was killed
        self.undo.callback(change, "del")

    def environment(self):
        """What NS8's /etc/nethserver/agent.env holds."""
        address = f"127.0.0.1:{self.cluster.port}"
        return {"PATH": f"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:{self.stand_ins}/bin",
                "AGENT_BASEACTIONS_DIR": f"{self.stand_ins}/actions", "REDIS_ADDRESS": address,
                "REDIS_REPLICA_ADDRESS": address}

    def furnish(self):
        """A cluster of one node, and the relay in it."""
        self.cluster.furnish({})
        grant_roles(self.redis)
        self.redis.set("cluster/uuid", "2d0c7a2f-1f5c-4a4e-9b0e-6a3b8f1f9d10")
        self.redis.set("cluster/network", "10.5.4.0/24")
        self.redis.set("node/1/ui_name", "first node")
        self.redis.hset("node/1/vpn", mapping={"ip_address": VPN_ADDRESS, "endpoint": "", "listen_port": 55820})
        self.cluster.set_smarthost(self.relay.port)

    def forget_backups(self):
        """No plan, no status, no module but those that are installed."""
        for pattern in ("cluster/backup/*", "node/*/backup_status/*", "module/*/backup_status/*"):
            for key in self.redis.scan_iter(pattern):
                self.redis.delete(key)
        for module in self.redis.hkeys("cluster/module_node"):
            if module not in self.modules:
                self.redis.hdel("cluster/module_node", module)
                self.redis.hdel("cluster/module_uuid", module)
                self.redis.delete(f"module/{module}/environment")

    def record(self, plan, module, **more):
        """run-backup has stored the status of one module, and says so. Returns what the handlers did."""
        self.cluster.write_record(plan, module, **more)
        return self.tell("backup-status-changed", {"node_id": 1, "backup_id": int(plan), "module_id": module},
                         "node/1")

    def allocate_port(self, module):
        """The next of NS8's range 20000 to 45000 that is neither given away nor in use."""
        port = next(port for port in range(20000, 32768) if port not in self.ports and not is_listening(port))
        self.ports[port] = module
        return port

    def release_ports(self, module):
        self.ports = {port: owner for port, owner in self.ports.items() if owner != module}

    def tell(self, name, payload, source="cluster"):
        """Publishes an event; the agent of every module runs its handlers. Returns what each did."""
        self.redis.publish(f"{source}/event/{name}", json.dumps(payload))
        return {module.id: module.event(name, payload, source) for module in list(self.modules.values())}

    def add(self, image, uuid=None):
        """add-module: a new instance of the image, up to the end of its create-module."""
        module = ModuleUser(self, image, uuid)
        self.modules[module.id] = module
        try:
            module.install()
            created = module.run("create-module", {"images": module.images, "volumes": {}})
            if created.status != "completed":
                raise RuntimeError(f"create-module of {module.id}: {created}")
        except BaseException:
            self.drop(module)
            raise
        self.tell("module-added", {"module": module.id, "node": 1})
        return module

    def drop(self, module):
        """What the node does at the end of a module, and after a failure."""
        self.modules.pop(module.id, None)
        module.uninstall()
        self.release_ports(module.id)

    def remove(self, module):
        """remove-module: destroy-module, then the node's part, then the cluster's."""
        result = module.run("destroy-module", {"module_id": module.id, "preserve_data": False})
        if result.status != "completed":
            raise RuntimeError(f"destroy-module of {module.id}: {result}")
        self.drop(module)
        self.tell("module-removed", {"module": module.id, "node": 1})
        return result

    def remove_modules(self):
        """At the end of the run, whatever state they are in."""
        for module in list(self.modules.values()):
            self.drop(module)

    def new_folder(self):
        return pathlib.Path(tempfile.mkdtemp(prefix="part-", dir=self.folder))

    def tree(self, owner):
        """A folder for files on their way from one module to another."""
        folder = self.new_folder()
        owner.user.own(folder)
        return folder

    def clone(self, source):
        """clone-module, without `replace`: (the copy, its result)."""
        copy = self.add(source.image)
        tree = self.tree(source)
        request = {"replace": False, "credentials": [source.id, "secret"], "port": self.allocate_port(copy.id)}
        sent = source.run("transfer-state", {**request, "address": VPN_ADDRESS}, STAND_IN_TREE=tree)
        if sent.status != "completed":
            raise RuntimeError(f"transfer-state of {source.id}: {sent}")
        copy.user.own(tree)
        result = copy.run("clone-module", {**request, "volumes": source.volumes()}, STAND_IN_TREE=tree)
        shutil.rmtree(tree)
        return copy, result

    def restore(self, tree, image=None):
        """restore-module from what ModuleUser.backup() returned: (the new module, its result). The UUID comes
        back unless a module of the cluster has it."""
        lines = (tree / "state/environment").read_text(encoding="utf-8").splitlines()
        environment = dict(line.split("=", 1) for line in lines)
        uuid = environment["MODULE_UUID"]
        taken = uuid in self.redis.hgetall("cluster/module_uuid").values()
        module = self.add(image or environment["IMAGE_URL"], None if taken else uuid)
        tree.chmod(0o755)
        module.user.own(tree)
        result = module.run("restore-module", {
            "repository": "48ce000a-79b7-5fe6-8558-177fd70c27b4", "path": f"backup-monitor/{uuid}",
            "snapshot": "latest", "environment": environment, "replace": False}, STAND_IN_TREE=tree)
        subprocess.run(["chown", "-R", "root:root", tree], check=True)
        return module, result

    def extract_ui(self, module, image):
        """The page of the module, as the leader unpacks it; an image without /ui fails the installation."""
        folder = self.folder / "ui" / module
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        container = subprocess.run(["podman", "create", image], check=True, text=True,
                                   capture_output=True).stdout.strip()
        try:
            with subprocess.Popen(["podman", "export", container], stdout=subprocess.PIPE) as files:
                subprocess.run(["tar", "-xf", "-", "-C", folder, "--strip-components=1", "ui"], check=True,
                               stdin=files.stdout, stderr=subprocess.DEVNULL)
        finally:
            subprocess.run(["podman", "rm", container], check=True, capture_output=True)

    def labels(self, image):
        return inspect(image)["Labels"] or {}
