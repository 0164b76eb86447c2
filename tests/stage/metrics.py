"""Reading the text that /metrics gives."""

import re

SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$", re.M)
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def metric(text, name, /, **labels):
    """The sum of all samples of `name` that have these labels; None if there is none."""
    found = [float(value) for sample, given, value in SAMPLE.findall(text)
             if sample == name and labels.items() <= dict(LABEL.findall(given)).items()]
    return sum(found) if found else None
