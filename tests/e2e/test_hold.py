"""`mail.hold`: everything is watched and written, nothing is sent."""

from scene import ONE_PLAN, Scene

HELD = {"mail": {"hold": True}}


class Hold(Scene):
    def test_held_mail_waits_and_goes_out_when_it_is_no_longer_held(self):
        daemon = self.watch(ONE_PLAN, sections=HELD)
        self.record("1", "mail1", errors=1)
        self.wait_for_log("mail is held: mail.hold is true: 1 deliveries wait")
        mail = daemon.status()["mail"]
        self.assertEqual((True, 1), (mail["held"], mail["waiting"]))
        self.assertEqual([], self.relay.events("connect"))
        (delivery,) = daemon.get_json("/api/messages/1")["deliveries"]
        self.assertEqual([("disabled", "mail is held: mail.hold is true")],
                         [(a["result"], a["detail"]) for a in delivery["attempts"]])

        daemon.write_config(mail={"hold": False})
        daemon.reload()

        self.mails(1, patience=5)
        self.assertFalse(daemon.status()["mail"]["held"])
        self.assert_only(1)

    def test_hold_is_obeyed_from_the_reload_on(self):
        daemon = self.watch(ONE_PLAN)
        self.assertFalse(daemon.status()["mail"]["held"])
        daemon.write_config(**HELD)
        daemon.reload()
        self.record("1", "mail1")
        self.wait_for_metric("messages_waiting", 1)
        self.assertTrue(daemon.status()["mail"]["held"])
        self.assertEqual([], self.relay.mails())

    def test_send_test_says_that_mail_is_held_and_sends_nothing(self):
        self.cluster.furnish(ONE_PLAN)
        said = self.make_daemon(sections=HELD).run("send-test")
        self.assertEqual(69, said.returncode)
        self.assertIn("mail is held", said.stderr)
        self.assertEqual([], self.relay.events("connect"))
