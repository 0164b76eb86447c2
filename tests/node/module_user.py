"""One module on the node: its user, its files under ~/.config, its agent, its end.

Sources: ns8-core 4f41b359, node/actions/add-module, node/actions/remove-module, etc/systemd/user/agent.service,
usr/local/agent/bin/module-backup.
"""

import json
import pathlib
import subprocess
import time
import uuid as uuids

from agent_runner import AgentResult, read_state
from cluster_api import authorize
from images import inspect
from leftovers import leftovers
from unix_user import UnixUser, write_as_root


class ModuleUser:
    """Made by Node.add(). `id` is the instance, `state` its state directory, `user` the Unix user."""

    def __init__(self, node, image, uuid=None):
        self.node, self.image = node, image
        self.uuid = uuid or str(uuids.uuid4())
        self.inspected = inspect(image)
        labels = self.inspected["Labels"] or {}
        self.images = labels.get("org.nethserver.images", "").split()
        self.authorizations = labels.get("org.nethserver.authorizations", "").split()
        self.flags = labels.get("org.nethserver.flags", "").split()
        self.demand = int(labels.get("org.nethserver.tcp-ports-demand", "0"))
        if labels.get("org.nethserver.rootfull", "0") != "0":
            raise RuntimeError(f"{image} wants root; this node has rootless modules only")
        self.name = image.rsplit("/", 1)[1].split(":")[0]
        self.id = self.name + str(node.redis.incr(f"cluster/module_sequence/{self.name}"))
        self.user = None
        self.port = None
        self.since = int(time.time())

    @property
    def agent_id(self):
        return f"module/{self.id}"

    @property
    def config(self):
        return self.user.config

    @property
    def state(self):
        return self.user.config / "state"

    def install(self):
        """The page, the user, the files, the database user, the user manager."""
        self.node.extract_ui(self.id, self.image)
        self.user = UnixUser(self.id)
        password = str(uuids.uuid4())
        variables = {"IMAGE_ID": self.inspected["Id"], "IMAGE_URL": self.image,
                     "IMAGE_DIGEST": self.inspected["Digest"], "MODULE_ID": self.id, "NODE_ID": "1",
                     "MODULE_UUID": self.uuid}
        if self.demand:
            self.port = self.node.allocate_port(self.id)
            variables["TCP_PORT"] = variables["TCP_PORTS"] = str(self.port)
            self.node.redis.hset("cluster/tcp_ports_demand", self.id, self.demand)
        self.write_state("environment", variables)
        self.write_state("agent.env", {
            "PATH": f"{self.config}/bin:{self.node.environment()['PATH']}", "REDIS_USER": self.agent_id,
            "REDIS_PASSWORD": password, "STAND_IN_NODE_ENV": self.node.environment_file,
            "PYTHONPATH": f"{self.config}/pypkg:{self.node.stand_ins}/pypkg"}, 0o600)
        self.write_units()
        self.user.own(self.user.home)
        self.state.chmod(0o700)
        self.user.start()
        for image in (self.image, *self.images):
            self.node.images.load(image, self.user)
        self.command("extract-image", self.image, cwd=self.config)
        self.user.check("systemctl", "--user", "daemon-reload")
        self.register(password)

    def write_state(self, name, variables, mode=0o644):
        text = "".join(f"{key}={value}\n" for key, value in variables.items())
        write_as_root(self.state / name, text, mode)

    def write_units(self):
        """Of NS8's own user units the one that clones need; it is enabled by nothing."""
        write_as_root(self.config / "systemd/user/transfer-state.target",
                      "[Unit]\nDescription=Stand-in for NS8's target without services\nAllowIsolate=true\n")

    def register(self, password):
        self.node.cluster.add_module_user(self.id, password)
        redis = self.node.redis
        redis.hset("cluster/module_uuid", self.id, self.uuid)
        redis.hset("cluster/module_node", self.id, 1)
        redis.sadd(f"cluster/authorizations/{self.agent_id}", "self:selfadm", *self.authorizations)
        authorize(redis, self.agent_id, self.authorizations)
        redis.sadd(f"{self.agent_id}/flags", "rootless", *self.flags)
        for scope in ("cluster", "node/1"):
            redis.setnx(f"{scope}/default_instance/{self.name}", self.id)

    def agent_environment(self, **more):
        """The agent's own: agent.service with the node's and the module's agent.env."""
        return {**self.node.environment(), **read_state(self.state / "agent.env"), "AGENT_ID": self.agent_id,
                "AGENT_INSTALL_DIR": str(self.config), "AGENT_STATE_DIR": str(self.state),
                **{name: str(value) for name, value in more.items()}}

    def run(self, action, data=None, timeout=180, **variables):
        """One task, as this module's agent runs it. `variables` reach the stand-ins of base steps."""
        given = json.dumps({} if data is None else data)
        return AgentResult(**self.agent("action", action, given=given, timeout=timeout, **variables))

    def event(self, name, payload, source="cluster"):
        """The handlers of one event: status, exit_code, error, seconds, steps."""
        given = payload if isinstance(payload, str) else json.dumps(payload)
        return self.agent("event", source, name, given=given)

    def agent(self, *arguments, given, timeout=60, **variables):
        return json.loads(self.user.check(
            "/usr/bin/python3", self.node.stand_ins / "agent_runner.py", *arguments, given=given,
            env=self.agent_environment(**variables), cwd=self.state, timeout=timeout))

    def command(self, *command, cwd=None, **more):
        """A command of the module or of NS8, in the agent's environment with ./environment."""
        return self.user.check(*command, cwd=cwd or self.state, env={
            **self.agent_environment(), **self.environment()}, **more)

    def environment(self):
        return read_state(self.state / "environment")

    def systemctl(self, *arguments):
        return self.user.run("systemctl", "--user", *arguments).stdout.strip()

    def log(self, container="backup-monitor"):
        """What the container said since the module came, as its user sees it in the journal."""
        self.node.journal.sync()
        return self.user.run("journalctl", "-q", "-o", "cat", f"--since=@{self.since}",
                             f"CONTAINER_NAME={container}").stdout

    def volumes(self):
        return self.user.check("podman", "volume", "ls", "--format={{.Name}}").split()

    def restart_user_manager(self):
        """What a reboot, or a restart of user@UID.service, does to the module."""
        self.user.stop()
        self.user.start()

    def update(self, image):
        """update-module: the new image replaces the old one. Returns the task's result."""
        labels = self.node.labels(image)
        for part in (image, *(labels.get("org.nethserver.images") or "").split()):
            self.node.images.load(part, self.user)
        authorize(self.node.redis, self.agent_id, labels.get("org.nethserver.authorizations", "").split())
        result = self.run("update-module", {"module_url": image})
        if result.status == "completed":
            self.node.extract_ui(self.id, image)
            self.image = image
        return result

    def backup(self, plan="1"):
        """module-backup: the tree that restic would have in its snapshot, readable by root."""
        tree = self.node.tree(self)
        program = pathlib.Path(self.node.stand_ins, "module_backup.py")
        try:
            self.command("/usr/bin/python3", program, plan, tree)
        finally:
            subprocess.run(["chown", "-R", "root:root", tree], check=True)
        return tree

    def uninstall(self):
        """The node's remove-module, and what the cluster keeps of the module."""
        if self.user:
            self.user.remove()
        redis = self.node.redis
        for key in redis.scan_iter("*/default_instance/*"):
            if redis.get(key) == self.id:
                redis.delete(key)
        for key in redis.scan_iter(f"{self.agent_id}/*"):
            redis.delete(key)
        redis.delete(f"cluster/authorizations/{self.agent_id}", f"roles/{self.agent_id}")
        for key in ("cluster/tcp_ports_demand", "cluster/module_node", "cluster/module_uuid"):
            redis.hdel(key, self.id)
        for key in redis.scan_iter("cluster/backup/*"):
            instances = (redis.hget(key, "instances") or "").split()
            if self.id in instances:
                redis.hset(key, "instances", " ".join(name for name in instances if name != self.id))
        for key in redis.scan_iter("node/*/backup_status/*"):
            redis.hdel(key, self.id)
        self.node.cluster.remove_module_user(self.id)
        subprocess.run(["rm", "-rf", str(self.node.folder / "ui" / self.id)], check=True)

    def leftovers(self):
        """What a removed module left on the machine: lines that should not be there."""
        return leftovers(self)
