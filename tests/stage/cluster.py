"""A private Redis holding a small NS8 cluster, written as ns8-core 3.21 writes it."""

import json
import time
import uuid

import redis

from .processes import Process, wait_for


DESTINATION = "48ce000a-79b7-5fe6-8558-177fd70c27b4"


def module_uuid(module):
    return str(uuid.uuid5(uuid.UUID(DESTINATION), module))


def repository_path(module):
    """Where NS8 keeps a module's repository at its destination."""
    return f"{module.rstrip('0123456789')}/{module_uuid(module)}"


class Cluster:
    """`plans` maps a plan id to (name, [modules]); every module is on node 1 unless told."""

    def __init__(self, folder, port=None):
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.port = port or 0
        self.process = None
        self.redis = redis.Redis(unix_socket_path=str(self.socket), decode_responses=True)

    def start(self):
        self.process = Process(
            ["redis-server", "--port", self.port, "--bind", "127.0.0.1", "--unixsocket", self.socket,
             "--dir", self.folder, "--save", "", "--appendonly", "no"],
            self.folder / "redis.log")
        wait_for(self._answers, what="Redis")
        return self

    def _answers(self):
        try:
            return self.redis.ping()
        except redis.exceptions.RedisError:
            return False

    def stop(self):
        if self.process:
            self.process.stop()

    def furnish(self, plans, nodes=None, names=None, cluster_name="example"):
        """Write the whole cluster at once: plans, modules, nodes and their names."""
        pipe = self.redis.pipeline()
        pipe.set("cluster/ui_name", cluster_name)
        pipe.hset("cluster/environment", mapping={"NODE_ID": "1"})
        for plan, (name, modules) in plans.items():
            self.write_plan(plan, name, modules, pipe)
            for module in modules:
                self.write_module(module, (nodes or {}).get(module, 1), (names or {}).get(module), pipe)
        pipe.execute()

    def write_plan(self, plan, name, modules, pipe=None, destination=DESTINATION):
        (pipe or self.redis).hset(f"cluster/backup/{plan}", mapping={
            "name": name, "enabled": "1", "repository": destination,
            "retention": "7", "schedule": "*-*-* 02:00:00", "instances": " ".join(modules)})

    def write_module(self, module, node, ui_name=None, pipe=None):
        target = pipe or self.redis
        target.hset("cluster/module_node", module, node)
        target.hset(f"module/{module}/environment", mapping={
            "IMAGE_URL": f"ghcr.io/nethserver/{module.rstrip('0123456789')}:1.0.0"})
        target.hset("cluster/module_uuid", module, module_uuid(module))
        if ui_name:
            target.set(f"module/{module}/ui_name", ui_name)

    def write_record(self, plan, module, node=1, errors=0, start=None, duration=60, size=4_200_000_000):
        """What run-backup stores after one module, now unless told."""
        end = int(time.time()) if start is None else start + duration
        record = {"start": end - duration, "end": end, "total_size": size, "total_file_count": 1200,
                  "snapshots_count": 7, "errors": errors}
        pipe = self.redis.pipeline()
        pipe.hset(f"node/{node}/backup_status/{plan}", module, json.dumps(record))
        pipe.publish(f"node/{node}/event/backup-status-changed",
                     json.dumps({"node_id": node, "backup_id": plan, "module_id": module}))
        pipe.execute()

    def write_earlier_record(self, plan, module, errors=0, start=None, duration=60, **more):
        """The same as before ns8-core 3.20 stored it: plain fields of a hash per module."""
        end = int(time.time()) if start is None else start + duration
        self.redis.hset(f"module/{module}/backup_status/{plan}", mapping={
            "start": end - duration, "end": end, "errors": errors, "total_size": 4_200_000_000,
            "total_file_count": 1200, "snapshots_count": 7, **more})

    def set_smarthost(self, port, enabled=True, **more):
        self.redis.hset("cluster/smarthost", mapping={
            "host": "127.0.0.1", "port": port, "username": "", "password": "",
            "enabled": "1" if enabled else "0", "encrypt_smtp": "none", "tls_verify": "0", **more})
