#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: MIT
#

"""What the decisions of the module's actions refuse, in the form of NS8."""

import re

# The daemon's own rule of a line (src/config/text_rules.cc): control characters and separators, each of
# which can end a line somewhere, and what is no character at all.
NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def error(field, value, word):
    """One entry of NS8's list of validation errors (ns8-core 4f41b359, agent/validation)."""
    return {"field": field, "parameter": field.split(".")[0], "value": value, "error": word}
