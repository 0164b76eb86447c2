"""Mail addresses: the validators and the daemon have one opinion of each (src/config/address_rules.cc)."""

import random
import unittest

import module_scene  # noqa: F401  pylint: disable=unused-import
import backup_monitor
from check_config import accepts

LABEL = "b" * 63
DOMAIN = f"{LABEL}.{LABEL}.{'c' * 61}"
GOOD = [
    "a@b", "root@localhost", "first.last+tag@mail.example.org", "o'neill@example.org", "x@my_host.lan",
    "a@1.example", "a-b-@example.org", "!#$%&'*+-/=?^_`{|}~@example.org", "a.b.c@d.e.f", "a@b-c.d--e",
    "a" * 64 + "@b", f"a@{LABEL}", "a" * 64 + "@" + DOMAIN, "A@EXAMPLE.ORG", "_@_", "1@2",
]
BAD = [
    "", "@", "a@", "@b", "a", "a@b@c", "a b@c", "a@b,c@d", "a@b;c@d", "<a@b>", "A <a@b>", "a@b\r\nBcc: c@d",
    "a@b\n", "\na@b", " a@b", "a@b ", "a@ b", ".a@b", "a.@b", "a..b@c", "a@.b", "a@b.", "a@b..c", "a@-b",
    "a@b-", "a@b-.c", '"a"@b', "a@[127.0.0.1]", "è@b", "a@è", "-oQ/tmp@b", "a\\@b", "a(c)@b", "a:b@c",
    "a" * 65 + "@b", f"a@{LABEL}b", "a" * 64 + "@" + DOMAIN + "c", "a@" + ".".join(["b"] * 127),
    "a\x00@b", "a\u2028@b", "a@b\u2028", "а@b", "a@ｂ", "a\xa0@b", "a@b/c", "a@b+c", "1٣@b", "a@b\x0b",
]
ALPHABET = "aZ09.-_+@é \"\n!"


class Addresses(unittest.TestCase):
    def test_an_address_that_mail_can_go_to_is_accepted_by_validator_and_daemon(self):
        for address in GOOD:
            with self.subTest(address):
                self.assertTrue(backup_monitor.is_address(address))
                self.assertTrue(accepts(recipients=[address], sender=address))

    def test_anything_else_is_refused_by_validator_and_daemon(self):
        for address in BAD:
            with self.subTest(address):
                self.assertFalse(backup_monitor.is_address(address))
                self.assertFalse(accepts(recipients=[address]))

    def test_validator_and_daemon_agree_on_random_texts(self):
        chance = random.Random(8)
        verdicts = set()
        for _ in range(250):
            local = "".join(chance.choices(ALPHABET, k=chance.randint(0, 3)))
            text = f"a{local}@{''.join(chance.choices(ALPHABET, k=chance.randint(0, 3)))}b"
            with self.subTest(text):
                verdict = backup_monitor.is_address(text)
                verdicts.add(verdict)
                self.assertEqual(accepts(recipients=[text]), verdict)
        self.assertEqual({True, False}, verdicts, "the random texts show nothing")


class Recipients(unittest.TestCase):
    def refuse(self, recipients, sender="m@example.org"):
        return backup_monitor.find_address_errors({"recipients": recipients, "sender": sender})

    def test_good_addresses_give_no_error(self):
        self.assertEqual([], self.refuse(GOOD[:5]))

    def test_each_bad_one_is_named_with_its_place(self):
        self.assertEqual(
            [{"field": "recipients.1", "parameter": "recipients", "value": "x", "error": "recipient_is_no_address"},
             {"field": "recipients.3", "parameter": "recipients", "value": "y", "error": "recipient_is_no_address"}],
            self.refuse(["a@b", "x", "c@d", "y"]))

    def test_a_bad_sender_is_named(self):
        self.assertEqual([{"field": "sender", "parameter": "sender", "value": "root",
                           "error": "sender_is_no_address"}], self.refuse(["a@b"], "root"))

    def test_a_recipient_named_twice_is_refused_whatever_the_case_of_its_letters(self):
        for again in ("a@b.c", "A@B.C"):
            with self.subTest(again):
                self.assertEqual(["recipient_is_repeated"],
                                 [told["error"] for told in self.refuse(["a@b.c", "x@b.c", again])])
                self.assertFalse(accepts(recipients=["a@b.c", "x@b.c", again]))

    def test_a_bad_one_named_twice_is_bad_and_not_repeated(self):
        self.assertEqual(["recipient_is_no_address"] * 2, [told["error"] for told in self.refuse(["x", "x"])])

    def test_a_hundred_recipients_are_accepted_by_the_daemon_too(self):
        recipients = [f"r{number}@example.org" for number in range(100)]
        self.assertEqual([], self.refuse(recipients))
        self.assertTrue(accepts(recipients=recipients))


if __name__ == "__main__":
    unittest.main()
