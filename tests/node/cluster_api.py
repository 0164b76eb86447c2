"""The leader's API server with the cluster's agent behind it: who may ask is in Redis, as on a real node, and the
one action that it knows is read-backup-snapshots.

Sources: ns8-core 4f41b359, core/api-server (users, roles, networks), node/install-finalize.sh (the role reader),
agent/pypkg/cluster/grants.py (authorizations), cluster/actions/read-backup-snapshots.
"""

import fnmatch
import ipaddress
import secrets
import threading

from api_server import ApiServer

PORT = 9311
ROLES = {"owner": ("*",), "reader": ("list-*", "get-*", "show-*", "read-*")}


def grant_roles(rdb):
    """What the roles of the cluster's agent may do."""
    for role, actions in ROLES.items():
        rdb.sadd(f"cluster/roles/{role}", *actions)


def authorize(rdb, agent_id, authorizations):
    """The label org.nethserver.authorizations, as far as it speaks of the cluster's agent."""
    for selector, roles in (authorization.split(":") for authorization in authorizations):
        if selector == "cluster" and any(rdb.exists(f"cluster/roles/{role}") for role in roles.split(",")):
            rdb.hset(f"roles/{agent_id}", "cluster", roles)


class ClusterApi(ApiServer):
    """`snapshots` maps "<destination>/<path>" to what restic would list, or to the words of its failure."""

    daemon_threads = True

    def __init__(self, node_redis, address):
        self.cluster = node_redis
        self.snapshots = {}
        self.asked = []  # (action, data) in order
        super().__init__(address, PORT)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()

    def new_token(self, user):
        token = f"eyJ{secrets.token_urlsafe(32)}"
        self.tokens[token] = user
        return token

    def accepts(self, user, password, address):
        here = ipaddress.ip_address(address)
        network = ipaddress.ip_network(self.cluster.redis.get("cluster/network"))
        return (here.is_loopback or here in network) and self.cluster.knows(user, password)

    def allows(self, user, action):
        rdb = self.cluster.redis
        roles = (rdb.hget(f"roles/{user}", "cluster") or "").split(",")
        return any(fnmatch.fnmatchcase(action, pattern) for role in roles
                   for pattern in rdb.smembers(f"cluster/roles/{role}"))

    def run(self, action, data):
        self.asked.append((action, data))
        if action != "read-backup-snapshots":
            return {"exit_code": 8, "error": f"Action {action} is not defined\n", "output": ""}
        found = self.snapshots.get(f"{data['repository']}/{data['path']}", "Fatal: Is there a repository at the "
                                   "following location?\n")
        if isinstance(found, str):
            return {"exit_code": 1, "error": found, "output": ""}
        return {"exit_code": 0, "error": "", "output": found}
