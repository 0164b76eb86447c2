"""The way out: a relay that is away, moody, choosy, or not to be trusted."""

from email.utils import getaddresses

from scene import ONE_PLAN, Scene
from stage.daemon import failed_alert
from stage.processes import wait_for

THREE = ("alice@example.org", "bob@example.org", "carol@example.org")


class MailRelay(Scene):
    def raise_alert(self, **settings):
        """One report is on its way."""
        self.watch(ONE_PLAN, wait_seconds=0, **settings)
        self.assertEqual(202, self.daemon.alert(failed_alert("lost"))[0])

    def states(self):
        runs = self.daemon.get_json("/api/messages/1")
        return {d["recipient"]: (d["state"], [a["result"] for a in d["attempts"]]) for d in runs["deliveries"]}

    def wait_for_attempt(self, result, least=1):
        self.wait_for_metric("delivery_attempts_total", least, result=result)

    def test_a_relay_that_was_away_gets_the_mail_when_it_is_back(self):
        self.relay.stop()
        self.raise_alert()
        self.wait_for_attempt("temporary")
        self.assertEqual(0, self.daemon.metric("relay_reachable"))
        self.wait_for_metric("messages_waiting", 1)
        self.relay.start()
        self.daemon.reload()
        self.mails(1)
        self.wait_for_metric("relay_reachable", 1)

    def test_a_mail_whose_answer_was_lost_is_sent_again_and_is_the_same_mail(self):
        self.relay.script(body=["lose", "250 ok"])
        self.raise_alert()
        self.wait_for_attempt("temporary")
        self.daemon.reload()
        first, second = self.mails(2)
        self.assertEqual(first["Message-ID"], second["Message-ID"])
        self.assertEqual(first.as_bytes(), second.as_bytes())
        self.assert_only(2)

    def test_one_refused_recipient_of_three_does_not_touch_the_others(self):
        self.relay.script(rcpt={"bob@example.org": "550 5.1.1 no such user"})
        self.raise_alert(recipients=THREE)
        self.mails(2)
        self.wait_for_attempt("permanent")
        self.assertEqual({THREE[0]: ("delivered", ["delivered"]), THREE[1]: ("failed", ["permanent"]),
                          THREE[2]: ("delivered", ["delivered"])}, self.states())
        self.assertEqual({THREE[0], THREE[2]}, {who for who, _ in self.relay.deliveries()})
        self.assertEqual(1, self.daemon.status()["mail"]["failed"])
        self.assert_each_names_only_itself()

    def assert_each_names_only_itself(self):
        for who, mail in self.relay.deliveries():
            self.assertEqual([who], [address for _, address in getaddresses(mail.get_all("To"))])

    def test_a_relay_that_refuses_us_gets_every_mail_when_that_is_mended(self):
        """relay.json, auth-required-at-mail."""
        self.relay.script(mail="550 5.7.1 Authentication is required for relay")
        self.raise_alert(recipients=THREE[:2])
        self.wait_for_attempt("refused", 2)
        self.wait_for_metric("messages_refused", 2)
        mail = self.daemon.status()["mail"]
        self.assertEqual((2, 0, 2), (mail["waiting"], mail["failed"], mail["refused"]))
        self.assertEqual("550 5.7.1 Authentication is required for relay "
                         "(the relay wants a log-in, and no user is set)", mail["refusal"])
        self.assertEqual({who: ("waiting", ["refused"]) for who in THREE[:2]}, self.states())
        self.relay.script()
        self.daemon.post("/event/smarthost-changed", {})
        self.mails(2)
        self.assert_each_names_only_itself()
        wait_for(lambda: self.daemon.status()["mail"]["waiting"] == 0, what="the deliveries on record")
        self.assertEqual((0, ""), tuple(self.daemon.status()["mail"][name] for name in ("refused", "refusal")))

    def test_a_relay_that_knows_none_of_the_recipients_is_the_fault_itself(self):
        self.relay.script(rcpt="550 5.1.1 no such user")
        self.raise_alert(recipients=THREE)
        self.wait_for_attempt("refused", 3)
        self.relay.script(rcpt={THREE[0]: "550 5.1.1 no such user"})
        self.daemon.post("/event/smarthost-changed", {})
        self.mails(2)
        wait_for(lambda: self.daemon.status()["mail"]["waiting"] == 1, what="the deliveries on record")
        # Asked about once more before it is believed: what the relay said of all of them was its own fault.
        self.assertEqual(["waiting", "delivered", "delivered"], [self.states()[who][0] for who in THREE])

    def test_two_hundred_hints_use_up_nothing(self):
        self.relay.script(rcpt="451 4.7.1 later")
        self.raise_alert()
        self.wait_for_attempt("temporary")
        for _ in range(200):
            self.assertEqual(202, self.daemon.post("/event/smarthost-changed", {})[0])
        self.wait_for_attempt("temporary", 2)
        self.daemon.wait_for_looks()
        self.assertLessEqual(self.daemon.metric("delivery_attempts_total", result="temporary"), 3)
        self.assertEqual("waiting", self.states()["admin@example.org"][0])

    def test_a_relay_hears_a_full_name_or_an_address_literal(self):
        self.raise_alert()
        self.mails(1)
        (hello,) = [event["line"] for event in self.relay.events("command") if event["line"].startswith("EHLO")]
        self.assertRegex(hello, r"^EHLO ([a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+|\[127\.0\.0\.1\])$")

    def test_the_configured_name_is_told_to_the_smarthost(self):
        self.raise_alert(sections={"mail": {"smtp": {"helo_name": "node1.example.org"}}})
        self.mails(1)
        self.assertIn("EHLO node1.example.org", [event["line"] for event in self.relay.events("command")])

    def test_debug_shows_the_dialogue_without_credentials(self):
        self.relay.script(users={"relay": "s3cret-word"}, auth="235 2.7.0 welcome, s3cret-word")
        self.cluster.set_smarthost(self.relay.port, username="relay", password="s3cret-word")
        self.raise_alert(sections={"logging": {"level": "DEBUG"}})
        self.mails(1)
        for words in ("> MAIL FROM:<", "> AUTH ***", "< 235 2.7.0 welcome, ***", "> RCPT TO:<admin@example.org>",
                      "> (the mail)", "< 250 2.0.0 taken"):
            self.wait_for_log(words)
        self.assertNotIn("s3cret", self.daemon.log())
        self.assertNotIn("Message-ID:", self.daemon.log())

    def test_with_the_smarthost_disabled_mail_waits_and_comes_when_it_is_enabled(self):
        self.cluster.set_smarthost(self.relay.port, enabled=False)
        self.raise_alert()
        self.wait_for_log("the mail relay is disabled")
        self.assertEqual(1, self.daemon.status()["mail"]["waiting"])
        self.assertEqual([], self.relay.events("connect"))
        self.cluster.set_smarthost(self.relay.port)
        self.daemon.reload()
        self.mails(1)

    def test_without_any_smarthost_mail_waits_too(self):
        self.cluster.redis.delete("cluster/smarthost")
        self.raise_alert()
        self.wait_for_log("the mail relay is disabled")
        self.assertEqual("waiting", self.states()["admin@example.org"][0])

    def test_a_new_password_in_redis_is_used_without_a_restart(self):
        self.relay.script(users={"relay": "right-one"})
        self.cluster.set_smarthost(self.relay.port, username="relay", password="wrong-one")
        self.raise_alert()
        self.wait_for_attempt("refused")
        self.cluster.set_smarthost(self.relay.port, username="relay", password="right-one")
        self.daemon.alert(failed_alert("lost too"))
        self.relay.wait_for_mails(1)
        self.assertEqual([False, True], [event["right"] for event in self.relay.events("auth")][:2])

    def test_a_relay_without_starttls_never_gets_the_mail_in_the_clear(self):
        self.cluster.set_smarthost(self.relay.port, encrypt_smtp="starttls", username="u", password="pw")
        self.raise_alert()
        self.wait_for_attempt("refused")
        said = [event["line"].split(" ")[0] for event in self.relay.events("command")]
        self.assertEqual([], [verb for verb in said if verb in ("AUTH", "MAIL", "RCPT", "DATA")])
        self.assertEqual([], self.relay.mails())

    def test_a_relay_with_a_certificate_that_nobody_signed_never_gets_the_mail(self):
        self.relay.stop()
        self.relay.tls = "tls"
        self.relay.start()
        self.cluster.set_smarthost(self.relay.port, encrypt_smtp="tls", tls_verify="1", username="u",
                                   password="pw")
        self.raise_alert()
        self.wait_for_attempt("temporary")
        self.wait_for_log("certificate is not trusted")
        self.assertEqual([], self.relay.events("command"))


class OtherWays(Scene):
    def test_a_relay_of_the_configuration_with_starttls_and_a_password_file(self):
        self.relay.stop()
        self.relay.tls = "starttls"
        self.relay.start()
        self.relay.script(users={"monitor": "from-a-file"})
        password = self.folder / "password"
        password.write_text("from-a-file\n")
        self.watch(wait_seconds=0, sections={"mail": {"transport": "smtp", "smtp": {
            "host": "127.0.0.1", "port": self.relay.port, "encryption": "starttls", "tls_verify": False,
            "username": "monitor", "password_file": str(password)}}})
        self.daemon.alert(failed_alert("lost"))
        self.mails(1)
        (taken,) = self.relay.events("mail")
        self.assertEqual((True, "monitor"), (taken["tls"], taken["user"]))

    def test_a_sendmail_command_is_called_once_for_each_recipient(self):
        command = self.folder / "sendmail"
        command.write_text(f'#!/bin/sh\necho "$@" >> {self.folder}/arguments\ncat >> {self.folder}/input\n')
        command.chmod(0o755)
        self.watch(wait_seconds=0, recipients=THREE[:2], sections={
            "mail": {"transport": "sendmail", "sendmail_command": [str(command)]}})
        self.daemon.alert(failed_alert("lost"))
        self.wait_for_metric("messages_delivered_total", 2)
        calls = (self.folder / "arguments").read_text().splitlines()
        self.assertEqual(2, len(calls))
        for who, call in zip(THREE, sorted(calls)):
            self.assertIn(who, call)
        mails = (self.folder / "input").read_text()
        self.assertEqual(2, mails.count("\nMessage-ID: "))
        self.assertNotIn("\r", mails)
