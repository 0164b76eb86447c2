"""The daemon's own verdict on a configuration that the module generates."""

import pathlib
import subprocess
import tempfile

import backup_monitor
import yaml
from stage.daemon import binary


def settings(**changed):
    """Complete settings that the daemon accepts, but for what is changed."""
    return {**backup_monitor.default_settings("node.example.org"), "recipients": ["admin@example.org"], **changed}


def generate(held=False, listen="127.0.0.1", port=20001, redis="127.0.0.1:6379", hostname="", **changed):
    """The text of config.yml, as backup_monitor_state.write_config() writes it."""
    config = backup_monitor.daemon_config(settings(**changed), listen, port, redis, held, hostname)
    return yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=100)


def check(text):
    """(accepted, what was said) of `backup-monitor check-config`."""
    with tempfile.TemporaryDirectory(prefix="backup-monitor-check-") as folder:
        token = pathlib.Path(folder, "webhook-token")
        token.write_text("x" * 43 + "\n", encoding="utf-8")
        token.chmod(0o600)
        file = pathlib.Path(folder, "config.yml")
        file.write_text(text.replace("/etc/backup-monitor/", f"{folder}/"), encoding="utf-8")
        done = subprocess.run([binary(), "check-config", "--config", file], capture_output=True,
                              timeout=30, check=False)
    said = (done.stdout + done.stderr).decode(errors="replace")
    if done.returncode not in (0, 78):
        raise RuntimeError(f"check-config ended with {done.returncode}: {said}")
    return done.returncode == 0, said


def accepts_prefix(prefix):
    """The daemon's verdict on exactly these characters, each given as an escape of YAML."""
    exactly = "".join(f"\\U{ord(character):08x}" for character in prefix)
    return check(generate(subject_prefix="PREFIX").replace("PREFIX", f'"{exactly}"'))[0]


def accepts(**changed):
    return check(generate(**changed))[0]
