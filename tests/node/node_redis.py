"""The node's Redis: leader and replica in one, with NS8's ACL users, and a socket where a site has one."""

import contextlib
import hashlib

import redis

from stage.cluster import Cluster
from stage.processes import Process, free_port, wait_for

ADMIN = "owner-of-the-test"
# Source: ns8-core 4f41b359, core/imageroot/var/lib/nethserver/node/install-finalize.sh (default) and
# cluster/actions/add-module/50update (modules).
USERS = (
    ("cluster", "ON", f">{ADMIN}", "~*", "&*", "+@all"),
    ("default", "ON", "nopass", "resetkeys", "~cluster/*", "~node/*", "~module/*", "resetchannels", "&*",
     "nocommands", "+@read", "+@connection", "+subscribe", "+psubscribe", "-@admin"),
)


class NodeRedis(Cluster):
    """What tests/stage/cluster.py writes, written as the ACL user `cluster`. stop() and start() keep data and
    users, as a restarted Redis does. `socket`: where, or None; `socket_mode`: who may open it."""

    def __init__(self, folder, socket=None, socket_mode="777"):
        super().__init__(folder, free_port())
        self.socket, self.socket_mode = socket, socket_mode
        (folder / "users.acl").write_text("user default on nopass ~* &* +@all\n", encoding="ascii")
        self.redis = redis.Redis(port=self.port, username="cluster", password=ADMIN, decode_responses=True)

    def start(self):
        command = ["redis-server", "--port", self.port, "--bind", "127.0.0.1", "--dir", self.folder,
                   "--save", "", "--appendonly", "no", "--dbfilename", "node.rdb",
                   "--aclfile", self.folder / "users.acl"]
        if self.socket:
            command += ["--unixsocket", self.socket, "--unixsocketperm", self.socket_mode]
        self.process = Process(command, self.folder / "redis.log")
        with redis.Redis(port=self.port) as first:
            wait_for(lambda: answers(first) or self._answers(), what="Redis")
            if not self._answers():
                for user, *rules in USERS:
                    first.execute_command("ACL", "SETUSER", user, *rules)
        self.redis.execute_command("ACL", "SAVE")
        return self

    def stop(self):
        if self.process and self.process.alive():
            with contextlib.suppress(redis.exceptions.RedisError):
                self.redis.execute_command("ACL", "SAVE")
                self.redis.save()
        self.redis.connection_pool.disconnect()
        super().stop()

    def restart(self, **changes):
        """A new process, and so a new socket file; `socket` and `socket_mode` may change."""
        self.stop()
        for name, value in changes.items():
            setattr(self, name, value)
        return self.start()

    def watch(self, log):
        """Everything that clients ask from now on, a line each, until the returned process is stopped."""
        watcher = Process(["redis-cli", "-p", self.port, "--user", "cluster", "--pass", ADMIN, "--no-auth-warning",
                           "monitor"], log)
        wait_for(lambda: "OK" in log.read_text(), what="redis-cli monitor")
        return watcher

    def add_module_user(self, module, password):
        digest = hashlib.sha256(password.encode()).hexdigest()
        self.redis.execute_command(
            "ACL", "SETUSER", f"module/{module}", "ON", f"#{digest}", "resetkeys", f"~module/{module}/*",
            f"~task/module/{module}/*", "%R~cluster/*", "%R~node/*", "%R~module/*", "%R~private/agents/*",
            "resetchannels", f"&progress/module/{module}/*", f"&module/{module}/event/*", "+@read", "+@write",
            "+@transaction", "+@connection", "+publish", "-@admin")

    def knows(self, user, password):
        """Whether somebody can log in so."""
        with redis.Redis(port=self.port, username=user, password=password) as client:
            return answers(client)

    def remove_module_user(self, module):
        return self.redis.execute_command("ACL", "DELUSER", f"module/{module}")

    def users(self):
        return self.redis.execute_command("ACL", "USERS")


def answers(client):
    try:
        return client.ping()
    except redis.exceptions.RedisError:
        return False
