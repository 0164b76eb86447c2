"""The module's ./environment: lines NAME=value as they are, nothing quoted, replaced as a whole."""

import contextlib
import fcntl
import os
import pathlib
import tempfile
import warnings


def read_envfile(file_path):
    """A dictionary of the lines; empty lines and comments are skipped, others without `=` warned about."""
    found = {}
    with open(file_path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            name, sign, value = line.partition("=")
            if not sign:
                warnings.warn(f"read_envfile: Cannot parse line {number} in {file_path}", stacklevel=2)
                continue
            found[name] = value
    return found


def write_envfile(file_path, envmap):
    """Sorted by name; a reader sees the old file or the new one. The file keeps its mode."""
    path = pathlib.Path(file_path)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as lines:
        lines.write("".join(f"{name}={value}\n" for name, value in sorted(envmap.items())))
        lines.flush()
        os.fchmod(descriptor, mode)
        os.fsync(descriptor)
    os.replace(draft, path)


@contextlib.contextmanager
def _changing():
    """The environment to change; written at the end if it did change, one writer at a time."""
    path = os.path.join(os.environ["AGENT_STATE_DIR"], "environment")
    lock = os.path.join(os.environ["AGENT_STATE_DIR"], ".environment.lock")
    with open(lock, "w", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        before = read_envfile(path)
        after = dict(before)
        yield after
        if after != before:
            write_envfile(path, after)


def set_env(var_name, var_value):
    mset_env({var_name: var_value})


def mset_env(env_dict):
    with _changing() as environment:
        environment.update({name: str(value) for name, value in env_dict.items()})


def unset_env(var_name):
    munset_env([var_name])


def munset_env(var_list):
    with _changing() as environment:
        for name in var_list:
            environment.pop(name, None)
