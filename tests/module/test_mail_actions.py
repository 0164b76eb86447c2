"""get-message and send-again: a mail of the past, with the real daemon and a relay."""

import email
import email.policy
import time
import unittest

from asked_scene import AskedScene
from stage.processes import free_port

ADMIN = "admin@example.org"


class OldMail(AskedScene):
    """A mail that the relay has taken once."""

    def setUp(self):
        super().setUp()
        (self.message,) = self.run_action("send-test-mail").value["messages"]
        self.number = self.message["id"]

    def again(self):
        """What became of the mail: (recipient, state, results of its attempts)."""
        (message,) = self.run_action("send-again", {"message": self.number}).value["messages"]
        return [(delivery["recipient"], delivery["state"], [attempt["result"] for attempt in delivery["attempts"]])
                for delivery in message["deliveries"]]

    def test_it_is_given_as_the_relay_got_it(self):
        told = self.run_action("get-message", {"message": self.number}).value
        self.assertEqual(self.message, told["message"])
        given = email.message_from_string(told["mail"], policy=email.policy.default)
        (taken,) = self.relay.mails()
        self.assertEqual([(name, str(value)) for name, value in taken.items() if name != "To"],
                         [(name, str(value)) for name, value in given.items() if name != "To"])
        for kind in ("plain", "html"):
            self.assertEqual(taken.get_body((kind,)).get_content(), given.get_body((kind,)).get_content())
        self.assertEqual(told["mail"].count("\n"), told["mail"].count("\r\n"))

    def test_it_is_sent_again_and_told_what_became_of_it(self):
        self.assertEqual([(ADMIN, "delivered", ["delivered", "delivered"])], self.again())
        first, second = self.relay.mails()
        self.assertEqual(first.as_bytes(), second.as_bytes())

    def test_a_relay_that_is_away_is_told_at_once(self):
        self.cluster.set_smarthost(free_port())
        begin = time.monotonic()
        self.assertEqual([(ADMIN, "waiting", ["delivered", "temporary"])], self.again())
        self.assertLess(time.monotonic() - begin, 20)

    def test_one_that_the_relay_refused_gets_another_try(self):
        self.relay.script(rcpt={ADMIN: "550 5.1.1 no such user"})
        self.assertEqual([(ADMIN, "failed", ["delivered", "permanent"])], self.again())
        self.relay.script()
        self.assertEqual([(ADMIN, "delivered", ["delivered", "permanent", "delivered"])], self.again())

    def test_where_no_mail_can_leave_nobody_waits_for_it(self):
        self.cluster.set_smarthost(self.relay.port, enabled=False)
        self.again()  # from here on the daemon knows, and tries none for a while
        begin = time.monotonic()
        ((recipient, state, results),) = self.again()
        self.assertLess(time.monotonic() - begin, 10)
        self.assertEqual((ADMIN, "waiting"), (recipient, state))
        self.assertNotIn("delivered", results[1:])

    def test_one_that_does_not_exist_is_said_and_nothing_is_sent(self):
        for action in ("get-message", "send-again"):
            for number in (99, 10 ** 30):
                result = self.module.run(action, {"message": number})
                self.assertEqual(("aborted", 3, ""), (result.status, result.exit_code, result.output))
                self.assertRegex(result.error, r"\AGET /api/messages/\d+: not found \(HTTP 404\)\n\Z")
        self.assertEqual(1, len(self.relay.mails()))


if __name__ == "__main__":
    unittest.main()
