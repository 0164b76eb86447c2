"""What a step tells its agent while it runs: lines of words on the descriptor AGENT_COMFD."""

import csv
import os


def _tell(*words):
    """One line, words apart by a blank; on stderr where there is no agent."""
    descriptor = int(os.getenv("AGENT_COMFD", "2"))
    with os.fdopen(descriptor, mode="w", encoding="utf-8", closefd=False) as channel:
        csv.writer(channel, delimiter=" ", quotechar='"', quoting=csv.QUOTE_MINIMAL).writerow(words)


def set_status(value):
    """The agent takes `validation-failed` and nothing else."""
    _tell("set-status", value)


def set_progress(value):
    """Percent of this step."""
    _tell("set-progress", value)


def set_weight(step_name, weight):
    _tell("set-weight", step_name, str(weight))


def get_progress_callback(range_low, range_high):
    """A function that reports 0 to 100 as a part of this step, from `range_low` to `range_high`."""
    def report(progress):
        if 0 <= progress <= 100:
            set_progress(range_low + int((range_high - range_low) * progress / 100))
    return report


def read_progress(descriptor, callback):
    """Hands a child's growing progress to `callback`, until the child closes its end."""
    reached = -1
    with os.fdopen(descriptor, encoding="utf-8", newline="") as channel:
        for words in csv.reader(channel, delimiter=" ", quotechar='"'):
            if callback and words and words[0] == "set-progress" and int(words[1]) > reached:
                reached = int(words[1])
                callback(reached)
    if callback and reached < 100:
        callback(100)
