"""When an action stops waiting for the mail that it asked for."""

import sys
import unittest

from module_scene import HERE

sys.path.insert(0, str(HERE.parent / "ns8/pypkg"))  # for `agent`, which the library imports
import backup_monitor_daemon as daemon  # pylint: disable=wrong-import-position


def message(*deliveries):
    return {"deliveries": [{"state": state, "attempts": ["tried"] * tries} for state, tries in deliveries]}


class Settled(unittest.TestCase):
    def test_every_recipient_has_it_or_it_is_known_why_not(self):
        for settled, *messages in (
                (False,), (False, message()), (False, message(("waiting", 0))), (True, message(("waiting", 1))),
                (True, message(("delivered", 1))), (True, message(("failed", 1))),
                (False, message(("delivered", 1), ("waiting", 0))),
                (False, message(("delivered", 1)), message(("waiting", 0))),
                (True, message(("delivered", 1), ("waiting", 1)), message(("failed", 2)))):
            with self.subTest(messages):
                self.assertEqual(settled, daemon.is_settled(messages))


if __name__ == "__main__":
    unittest.main()
