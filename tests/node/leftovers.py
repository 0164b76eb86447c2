"""What of a removed module is still on the machine."""

import pathlib
import pwd

from stage.processes import is_listening
from unix_user import owned_files


def leftovers(module):
    """One line for each thing; empty when the module is gone without a trace. What bore its user's number before
    the user was made belongs to somebody else, for instance to another root tree on this machine."""
    user, redis = module.user, module.node.redis
    found = [f"process {number}: {line}" for number, line in user.processes()]
    found += [f"folder {place}" for place in (user.home, user.runtime, *user.cgroups) if place.exists()]
    found += [f"file {path}" for path in sorted(owned_files(user.uid) - user.files_before)]
    for file in ("/etc/subuid", "/etc/subgid", "/etc/passwd", "/etc/group", "/etc/shadow"):
        lines = pathlib.Path(file).read_text(encoding="utf-8").splitlines()
        found += [f"{file}: {line.split(':')[0]}" for line in lines if line.startswith(f"{user.name}:")]
    found += [f"user id {user.uid}" for entry in pwd.getpwall() if entry.pw_uid == user.uid]
    if module.port and is_listening(module.port):
        found.append(f"port {module.port} is in use")
    found += [f"port {port} is given away" for port, owner in module.node.ports.items() if owner == module.id]
    found += [f"Redis key {key}" for key in redis.scan_iter("*") if module.id in key.split("/")]
    for key in redis.scan_iter("*", _type="hash"):
        found += [f"Redis field {key} {field}" for field in redis.hkeys(key) if field == module.id]
    found += [f"Redis user {name}" for name in module.node.cluster.users() if name == module.agent_id]
    return found
