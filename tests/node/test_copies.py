"""What a backup of the module, and a clone, bring back: the history, and no mail twice."""

from monitor import UNIT, MonitorScene, configuration, configure, look_again, runs, status, token
from monitor import wait_until_watching
from scene import node


class Copies(MonitorScene):
    """An instance with one reported run. Nothing else of the class may mail about that run again."""

    def setUp(self):
        node().cluster.set_smarthost(self.relay.port)
        self.sent = len(self.relay.mails())

    def with_history(self):
        """An instance that has told of one run."""
        module = self.add_watching()
        self.back_up()
        self.more_mails(1)
        self.sent += 1
        return module

    def more_mails(self, count):
        return self.mails(self.sent + count)[self.sent:]

    def assert_no_mail(self, module):
        """Looks of this instance at the same backups again give no mail."""
        self.module = module
        self.wait_for_silence()
        self.more_mails(0)


class Restored(Copies):
    def test_1_the_backup_has_the_settings_and_a_whole_store_and_nothing_else(self):
        module = type(self).original = self.with_history()
        type(self).history = runs(module)
        type(self).tree = module.backup()
        found = sorted(str(path.relative_to(self.tree)) for path in self.tree.rglob("*") if path.is_file())
        self.assertEqual(["state/environment", "state/settings.json", "state/store-copy/backup-monitor.db"], found)
        self.assertFalse((module.state / "store-copy").exists())
        self.assertNotIn(token(module).encode(), b"".join((self.tree / name).read_bytes() for name in found))

    def test_2_a_backup_succeeds_while_the_service_is_down(self):
        self.original.systemctl("stop", UNIT)
        tree = self.original.backup()
        self.assertTrue((tree / "state/store-copy/backup-monitor.db").exists())
        self.original.systemctl("start", UNIT)

    def test_3_beside_its_original_the_restored_one_holds_its_mail(self):
        copy, result = node().restore(self.tree)
        self.keep(copy)
        self.assert_done(result)
        wait_until_watching(copy)
        found = configuration(copy)
        self.assertEqual(("held", ["admin@example.org"]), (found["mail"], found["recipients"]))
        self.assertEqual(self.history, runs(copy))
        self.assert_no_mail(copy)
        self.back_up()
        self.more_mails(1)  # the original's
        node().remove(copy)
        self.assertEqual([], copy.leftovers())

    def test_4_in_its_originals_place_it_goes_on_where_that_stopped(self):
        node().remove(self.original)
        self.assertEqual([], self.original.leftovers())
        copy, result = node().restore(self.tree)
        self.keep(copy)
        self.assert_done(result)
        wait_until_watching(copy)
        self.assertNotEqual(self.original.id, copy.id)
        self.assertEqual("on", configuration(copy)["mail"])
        self.assertEqual(["active", "enabled"], [copy.systemctl(ask, UNIT) for ask in ("is-active", "is-enabled")])
        self.assertEqual(self.history, runs(copy)[-len(self.history):])
        self.assert_no_mail(copy)
        self.back_up()
        self.assertIn("✅", self.more_mails(1)[0]["Subject"])
        self.assertFalse((copy.state / "store-copy").exists())

    def test_5_one_that_was_never_configured_stays_off(self):
        module = self.add()
        copy, result = node().restore(module.backup())
        self.keep(copy)
        self.assert_done(result)
        self.assertEqual("off", configuration(copy)["mail"])
        self.assertEqual("inactive", copy.systemctl("is-active", UNIT))


class Cloned(Copies):
    def test_1_a_clone_has_its_own_token_port_and_address_and_holds_its_mail(self):
        original = type(self).original = self.with_history()
        history = runs(original)
        copy, result = node().clone(original)
        type(self).copy = self.keep(copy)
        self.assert_done(result)
        for module in (original, copy):
            wait_until_watching(module)
            self.assertEqual(["active", "enabled"], [module.systemctl(ask, UNIT)
                                                     for ask in ("is-active", "is-enabled")])
        self.assertNotEqual(token(original), token(copy))
        self.assertEqual(("held", f"http://127.0.0.1:{copy.port}/alert"),
                         (configuration(copy)["mail"], configuration(copy)["webhook_url"]))
        self.assertEqual("on", configuration(original)["mail"])
        self.assertEqual(history, runs(copy))
        self.assert_no_mail(copy)

    def test_2_only_the_original_tells_of_the_next_run(self):
        self.back_up()
        self.more_mails(1)
        look_again(self.copy)
        self.assertEqual(len(runs(self.original)), len(runs(self.copy)))
        self.assertTrue(status(self.copy)["mail"]["held"])
        self.more_mails(1)

    def test_3_while_the_original_mails_the_copy_may_not_unless_told_so(self):
        result = configure(self.copy)
        self.assertEqual(("validation-failed", "another_instance_is_enabled"),
                         (result.status, result.value[0]["error"]))
        self.assertEqual([self.original.id], configuration(self.copy)["other_instances"])
        self.assert_done(configure(self.copy, force=True))
        self.assertEqual("on", configuration(self.copy)["mail"])
        self.more_mails(1)  # what it held: the report that the original had sent too

    def test_4_without_the_original_it_is_configured_as_any_other(self):
        node().remove(self.original)
        self.assert_done(configure(self.copy))
        wait_until_watching(self.copy)
        sent = len(self.relay.mails())
        self.back_up()
        self.mails(sent + 1)


del Copies  # the loader would look for tests in it
