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

    def test_a_mail_that_was_sent_again_is_settled_by_what_came_after(self):
        once = message(("delivered", 1), ("waiting", 1))
        for settled, now in (
                (False, message(("waiting", 1), ("waiting", 1))), (False, message(("delivered", 2), ("waiting", 1))),
                (True, message(("delivered", 2), ("waiting", 2))), (True, message(("delivered", 2), ("failed", 2))),
                (True, message(("summarized", 1), ("summarized", 1)))):
            with self.subTest(now):
                self.assertEqual(settled, daemon.is_tried_since(once, now))


if __name__ == "__main__":
    unittest.main()
