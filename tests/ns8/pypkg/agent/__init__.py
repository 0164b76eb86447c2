"""Stand-in for NS8's Python package `agent`: as much of it as a module's own steps may use.

Same names, same meaning, own words. Source: ns8-core 4f41b359 (about 3.21.1),
core/imageroot/usr/local/agent/pypkg/agent/__init__.py. What is missing here (restic, firewall, routes,
tasks, LDAP) is missing on purpose: a step that needs it fails in the tests, loudly.
"""

import os
import shlex
import subprocess
import sys
import traceback
import warnings

import redis

from .commands import get_progress_callback, read_progress, set_progress, set_status, set_weight
from .envfile import mset_env, munset_env, read_envfile, set_env, unset_env, write_envfile

# Priorities that journald reads at the start of a line of stderr, sd-daemon(3).
SD_EMERG, SD_ALERT, SD_CRIT, SD_ERR = "<0>", "<1>", "<2>", "<3>"
SD_WARNING, SD_NOTICE, SD_INFO, SD_DEBUG = "<4>", "<5>", "<6>", "<7>"

__all__ = [
    "SD_EMERG", "SD_ALERT", "SD_CRIT", "SD_ERR", "SD_WARNING", "SD_NOTICE", "SD_INFO", "SD_DEBUG",
    "assert_exp", "get_hostname", "get_image_name_from_url", "get_progress_callback",
    "get_smarthost_settings", "mset_env", "munset_env", "read_envfile", "redis_connect",
    "resolve_agent_id", "run_helper", "set_env", "set_progress", "set_status", "set_weight", "unset_env",
    "write_envfile",
]


def redis_connect(privileged=False, use_replica=False, **kwargs):
    """The leader's Redis, or this node's replica; as `default`, or as the module itself if `privileged`.

    Any other keyword goes to redis.Redis() and wins."""
    variable = "REDIS_REPLICA_ADDRESS" if use_replica else "REDIS_ADDRESS"
    host, port = os.getenv(variable, "127.0.0.1:6379").split(":", 1)
    user, password = "default", "nopass"
    if privileged:
        user, password = os.environ["REDIS_USER"], os.environ["REDIS_PASSWORD"]
    return redis.Redis(**{"host": host, "port": port, "db": 0, "username": user, "password": password,
                          "decode_responses": True, **kwargs})


def get_smarthost_settings(rdb):
    """The cluster's mail relay; without one the defaults of the page, and not enabled."""
    found = rdb.hgetall("cluster/smarthost")
    if not found:
        return {"port": 587, "host": "", "username": "", "password": "", "enabled": False,
                "encrypt_smtp": "starttls", "tls_verify": True}
    return {"port": int(found["port"]), "host": found["host"], "username": found["username"],
            "password": found["password"], "enabled": found["enabled"] == "1",
            "encrypt_smtp": found["encrypt_smtp"], "tls_verify": found["tls_verify"] == "1"}


def assert_exp(exp, message="Assertion failed"):
    """Ends the program with exit code 2 and a trace on stderr unless `exp` is true."""
    if exp:
        return
    print(message, file=sys.stderr)
    traceback.print_stack(sys._getframe(1), file=sys.stderr)  # pylint: disable=protected-access
    sys.exit(2)


def run_helper(*args, log_command=True, progress_callback=None, env=None, pass_fds=(), stdout=None, **kwargs):
    """Runs a command with its output on stderr, and reads the progress that it reports on AGENT_COMFD."""
    if log_command:
        print(SD_INFO + shlex.join(args), file=sys.stderr, flush=True)
    reading, writing = os.pipe()
    with subprocess.Popen(args, stdout=stdout or sys.stderr, pass_fds=(*pass_fds, writing),
                          env={**(env or os.environ), "AGENT_COMFD": str(writing)}, **kwargs) as child:
        os.close(writing)
        read_progress(reading, progress_callback)
    return subprocess.CompletedProcess(args, child.returncode)


def get_hostname():
    return subprocess.run(["hostname", "-f"], text=True, capture_output=True, check=True).stdout.strip()


def get_image_name_from_url(image_url):
    """`samba` for ghcr.io/nethserver/samba:1.0.0, and for one with a digest; neither: ValueError."""
    name, _ = image_url.rsplit("/", 1)[1].replace("@", ":", 1).split(":", 1)
    return name


def resolve_agent_id(agent_selector, node_id=None):
    """The plain cases: node, self, cluster, a node's number, a module id. `mail@node` asks Redis."""
    node = node_id or os.environ.get("NODE_ID")
    if agent_selector == "self":
        return os.environ["AGENT_ID"]
    if agent_selector == "cluster" or agent_selector.startswith(("module/", "node/")):
        return agent_selector
    if agent_selector.isnumeric():
        return f"node/{agent_selector}"
    name, at, where = agent_selector.partition("@")
    if at:
        scope = {"node": f"node/{node}", "cluster": "cluster"}[where]
        found = redis_connect(use_replica=True).get(f"{scope}/default_instance/{name}")
    else:
        found = agent_selector
    if agent_selector == "node" and node:
        return f"node/{node}"
    if not found or agent_selector == "node":
        warnings.warn(f"Could not resolve {agent_selector} to an agent_id", stacklevel=2)
        return None
    return f"module/{found}"
