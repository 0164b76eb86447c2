"""The name of the variable that holds an image's URL."""

import agent


def variable(url):
    """`BACKUP_MONITOR_DAEMON_IMAGE` for …/backup-monitor-daemon:1.0 (ns8-core 4f41b359, 05pullimages)."""
    name = agent.get_image_name_from_url(url).translate(str.maketrans("-.+ ", "____")).upper() + "_IMAGE"
    return "I" + name if name[0].isdigit() else name
