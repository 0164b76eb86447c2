#!/usr/bin/env python3
"""What install.sh writes, keeps, asks and refuses, below a folder."""

import os
import shutil
import stat
import unittest

import yaml

from scratch_host import (ANSWERS, BINARY, CONFIG, DATA, DEPLOY, LOG, RECEIVER, SERVICE, TOKEN, UNIT, Folder, daemon)


class InstallTest(unittest.TestCase):
    def setUp(self):
        self.host = Folder()
        self.addCleanup(self.host.close)

    def installed(self, *arguments, **others):
        done = self.host.install(*arguments, **others)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def refused(self, *arguments, **others):
        done = self.host.install(*arguments, **others)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        for name in (CONFIG, TOKEN, RECEIVER, BINARY, UNIT):
            self.assertFalse((self.host / name).exists(), name)
        return done.stdout

    def mode(self, name):
        return stat.S_IMODE((self.host / name).stat().st_mode)

    def test_flags_alone_make_a_complete_installation(self):
        self.installed("--from", "monitor@example.org", "--to", "a@example.org,b@example.org",
                       "--to", "c@example.org", "--subject-prefix", 'A "quoted" \\ prefix')

        config = (self.host / CONFIG).read_text()
        self.assertIn('\n  from: "monitor@example.org"\n', config)
        self.assertIn('\n  to: ["a@example.org", "b@example.org", "c@example.org"]\n', config)
        self.assertIn('\n  subject_prefix: "A \\"quoted\\" \\\\ prefix"\n', config)
        self.assertIn('\n  file: "/var/log/ns8-backup-monitor.log"\n', config)
        self.assertEqual(self.mode(CONFIG), 0o640)
        self.assertEqual((self.host / BINARY).read_bytes(), daemon().read_bytes())
        self.assertEqual(self.mode(BINARY), 0o755)
        self.assertEqual((self.host / UNIT).read_bytes(), (DEPLOY / SERVICE).read_bytes())
        self.assertEqual(self.mode(UNIT), 0o644)

    def test_a_token_is_made_that_only_root_reads_and_the_configuration_names_it(self):
        self.installed(*ANSWERS)

        self.assertRegex((self.host / TOKEN).read_text(), r"^[A-Za-z0-9_-]{43}\n$")
        self.assertEqual((0o600, 0o750), (self.mode(TOKEN), self.mode(os.path.dirname(TOKEN))))
        self.assertIn(f'\nreceiver:\n  token_file: "/{TOKEN}"\n', (self.host / CONFIG).read_text())

    def test_each_installation_has_a_token_of_its_own_and_keeps_it(self):
        self.installed(*ANSWERS)
        first = (self.host / TOKEN).read_text()
        other = Folder()
        self.addCleanup(other.close)

        self.assertIn(f"kept       /{TOKEN}", self.installed())
        self.assertEqual(0, other.install(*ANSWERS).returncode)

        self.assertEqual(first, (self.host / TOKEN).read_text())
        self.assertNotEqual(first, (other / TOKEN).read_text())

    def test_the_receiver_for_alertmanager_reads_the_token_from_a_file_and_says_whose(self):
        self.installed(*ANSWERS)

        text = (self.host / RECEIVER).read_text()
        (webhook,) = yaml.safe_load(text)["receivers"][0]["webhook_configs"]
        self.assertEqual("http://127.0.0.1:9099/alert", webhook["url"])
        self.assertEqual({"authorization": {"credentials_file": "/etc/alertmanager/backup-monitor-token"}},
                         webhook["http_config"])
        self.assertIn(f"install -m 0400 -o prometheus /{TOKEN} ", text)
        self.assertNotIn((self.host / TOKEN).read_text().strip(), text)

    def test_an_installation_without_a_token_goes_on_and_is_told_how_to_get_one(self):
        mine = 'mail:\n  from: "mine@example.org"\n  to: ["mine@example.org"]\n'
        for spelled, told in ((mine, True), (mine + "# receiver:\n#   token_file: /x\n", True),
                              (mine + 'receiver:\n  token_file: ""\n', True),
                              (mine + f"receiver:\n  token_file: /{TOKEN}\n", False),
                              (mine + f'receiver: {{port: 9099, "token_file": "/{TOKEN}"}}\n', False)):
            with self.subTest(spelled):
                self.host.plant(CONFIG, spelled)
                output = self.installed()
                self.assertEqual(told, f'token_file: "/{TOKEN}"' in output, output)
                self.assertEqual(told, "every user of this machine" in output)
                self.assertEqual(spelled, (self.host / CONFIG).read_text())
                self.assertEqual(0o600, self.mode(TOKEN))

    def test_below_a_folder_the_service_is_enabled_there_and_not_started(self):
        self.installed(*ANSWERS)

        self.assertEqual(self.host.systemctl_calls(),
                         [f"--quiet --root={self.host.path} enable {SERVICE}"])

    def test_what_is_not_given_is_asked(self):
        self.installed(answers="monitor@example.org\na@example.org, b@example.org\n[Night]\n")

        config = (self.host / CONFIG).read_text()
        self.assertIn('from: "monitor@example.org"', config)
        self.assertIn('to: ["a@example.org", "b@example.org"]', config)
        self.assertIn('subject_prefix: "[Night]"', config)

    def test_no_answer_about_the_prefix_means_the_default(self):
        self.installed(*ANSWERS)

        self.assertIn('subject_prefix: "[NS8 Backup]"', (self.host / CONFIG).read_text())

    def test_an_empty_prefix_can_be_given(self):
        self.installed(*ANSWERS, "--subject-prefix", "")

        self.assertIn('subject_prefix: ""', (self.host / CONFIG).read_text())

    def test_nobody_to_ask_is_an_error_that_names_the_flag(self):
        self.assertIn("--from is missing", self.refused())
        self.assertIn("--to is missing", self.refused("--from", "monitor@example.org"))

    def test_a_configuration_is_never_overwritten(self):
        mine = 'mail:\n  from: "mine@example.org"\n  to: ["mine@example.org"]\n'
        self.host.plant(CONFIG, mine)

        output = self.installed(*ANSWERS)

        self.assertEqual((self.host / CONFIG).read_text(), mine)
        self.assertIn("change nothing", output)

    def test_an_existing_configuration_leaves_nothing_to_ask(self):
        self.installed(*ANSWERS)
        before = (self.host / CONFIG).read_text()

        output = self.installed()

        self.assertEqual((self.host / CONFIG).read_text(), before)
        self.assertIn("kept", output)

    def test_what_the_binary_refuses_changes_nothing(self):
        output = self.refused("--from", "no address", "--to", "admin@example.org")

        self.assertIn("config.yml:", output)
        self.assertIn("nothing was changed", output)

    def test_an_upgrade_that_refuses_the_configuration_changes_nothing(self):
        self.host.plant(CONFIG, "mail: broken\n")
        self.host.plant(BINARY, "the old one")

        done = self.host.install()

        self.assertNotEqual(done.returncode, 0)
        self.assertEqual((self.host / BINARY).read_text(), "the old one")

    def test_text_with_line_ends_stays_one_value(self):
        self.refused("--from", "a@example.org\nreceiver:", "--to", "admin@example.org")

    def test_a_running_program_is_replaced_not_written_into(self):
        self.installed(*ANSWERS)
        before = (self.host / BINARY).stat().st_ino

        self.installed()

        self.assertNotEqual((self.host / BINARY).stat().st_ino, before)
        self.assertEqual(sorted(p.name for p in (self.host / BINARY).parent.iterdir()),
                         ["backup-monitor"])

    def test_a_binary_that_cannot_run_here_is_refused(self):
        foreign = self.host.path / "foreign"
        # The start of an ELF file for a machine type that nobody has.
        foreign.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\xfe\xff" + bytes(44))
        foreign.chmod(0o755)

        self.assertIn("does not run on this machine", self.refused(*ANSWERS, binary=foreign))
        self.assertIn("no such file", self.refused(*ANSWERS, binary="/nowhere/backup-monitor"))
        self.assertIn("not executable", self.refused(*ANSWERS, binary=DEPLOY / SERVICE))

    def test_a_binary_beside_the_script_needs_no_flag(self):
        release = self.host.path / "release"
        shutil.copytree(DEPLOY, release)
        shutil.copy(daemon(), release / "backup-monitor")

        self.installed(*ANSWERS, script=release / "install.sh", binary="")

    def test_wrong_usage_is_refused_with_what_is_wrong(self):
        for arguments, message in ((["--form", "a@b"], "unknown option --form"),
                                   (["--uninstall", "--to"], "--to needs a value"),
                                   (["--purge"], "--purge goes with --uninstall")):
            with self.subTest(arguments=arguments):
                done = self.host.install(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn(message, done.stdout)

    def test_help_names_every_option(self):
        done = self.host.install("--help")
        self.assertEqual(done.returncode, 0)
        for option in ("--from", "--to", "--subject-prefix", "--binary", "--root", "--no-start",
                       "--uninstall", "--purge"):
            self.assertIn(option, done.stdout)


class UninstallTest(unittest.TestCase):
    def setUp(self):
        self.host = Folder()
        self.addCleanup(self.host.close)
        self.assertEqual(self.host.install(*ANSWERS).returncode, 0)
        for name in (DATA, LOG, "var/log/ns8-backup-monitor.1.log", "var/log/other.log"):
            self.host.plant(name, "kept?")

    def exists(self, *names):
        return [(self.host / name).exists() for name in names]

    def test_program_and_unit_go_configuration_and_data_stay(self):
        done = self.host.install("--uninstall")

        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(self.exists(BINARY, UNIT), [False, False])
        self.assertEqual(self.exists(CONFIG, TOKEN, DATA, LOG), [True] * 4)
        self.assertIn(f"--quiet --root={self.host.path} disable {SERVICE}",
                      self.host.systemctl_calls())

    def test_purge_removes_what_is_ours_and_nothing_else(self):
        done = self.host.install("--uninstall", "--purge")

        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(self.exists(TOKEN, BINARY, UNIT, os.path.dirname(CONFIG), os.path.dirname(DATA),
                                     LOG, "var/log/ns8-backup-monitor.1.log"), [False] * 7)
        self.assertEqual(self.exists("var/log/other.log", "etc/systemd/system"), [True, True])

    def test_twice_is_no_error(self):
        self.host.install("--uninstall", "--purge")
        self.assertEqual(self.host.install("--uninstall", "--purge").returncode, 0)

    def test_installing_again_finds_the_old_configuration(self):
        self.host.install("--uninstall")
        self.assertIn("kept", self.host.install().stdout)


if __name__ == "__main__":
    unittest.main()
