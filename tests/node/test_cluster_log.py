"""Real lines of a real journal: what units, users and systemd write of a backup reaches the mail."""

import threading
import time

from monitor import MonitorScene, look_again
from node_redis import ADMIN
from scene import node, write_files
from shipper import Shipper
from stage.cluster_log import ClusterLog
from stage.processes import wait_for
from system import System
from unix_user import UnixUser

PLANS = {"1": ("Nightly", ["mail1", "samba1", "wiki1"]), "2": ("Weekly", ["web1", "chat1"]),
         "3": ("Monthly", ["web1", "chat1"])}
MODULES = sorted({module for _, modules in PLANS.values() for module in modules})
SNAPSHOT = "#!/bin/sh\necho 'snapshot 1b2c3d4e saved'\n"
RESTIC = {"wiki1": "#!/bin/sh\necho 'Fatal: unable to open repository at <rest:x>: status 500' >&2\nexit 1\n"}
# The application claims what only run-backup and systemd may say, on every way that its user has to the journal.
FORGERY = """\
#!/bin/sh
echo 'samba1: gave up retrying after 3600s' >&2
echo 'Backup 1 completed successfully' >&2
printf '%s\\n' 'MESSAGE=backup1.service: Main process exited, code=killed, status=9/KILL' \\
    UNIT=backup1.service _PID=1 _UID=0 SYSLOG_IDENTIFIER=systemd | logger --journald
"""
# What it says is no UTF-8: journalctl gives such a MESSAGE as numbers, and Loki has it with U+FFFD.
DUMPS = {"mail1": FORGERY, "samba1": "#!/bin/sh\nprintf 'smbd is away: \\351\\n' >&2\nexit 4\n",
         "chat1": "#!/bin/sh\nexec sleep 600\n"}


def environment_text(values):
    return "".join(f"{name}={value}\n" for name, value in values.items())


def make_user(module):
    """The module as its backup sees it."""
    user = UnixUser(module)
    dump = {"bin/module-dump-state": DUMPS[module]} if module in DUMPS else {}
    files = {"state/environment": environment_text({"MODULE_ID": module}),
             "state/agent.env": environment_text({
                 "REDIS_USER": f"module/{module}", "STAND_IN_NODE_ENV": "/etc/nethserver/agent.env",
                 "PATH": f"{user.config}/bin:{node().environment()['PATH']}"}),
             "bin/restic": RESTIC.get(module, SNAPSHOT), **dump}
    write_files(user.config, files)
    user.own(user.home)
    return user


def files_of_system(users):
    """NS8's files of the node, and users whose services run without a login."""
    return {"/etc/nethserver/agent.env": environment_text(node().environment()),
            "/var/lib/nethserver/node/state/environment": "NODE_ID=1\n",
            "/var/lib/nethserver/node/state/agent.env": environment_text({
                "REDIS_USER": "cluster", "REDIS_PASSWORD": ADMIN, "STAND_IN_NODE_ENV": "/etc/nethserver/agent.env"}),
            **{f"/var/lib/systemd/linger/{user.name}": "" for user in users}}


class Handlers:
    """The module's agent: each event of run-backup reaches the module's handlers."""

    def __init__(self, module):
        self.module = module
        self.channel = node().redis.pubsub()
        self.channel.subscribe(**{"node/1/event/backup-status-changed": self.pass_on})
        self.thread = self.channel.run_in_thread(0.05, daemon=True)

    def pass_on(self, message):
        self.module.event("backup-status-changed", message["data"], "node/1")

    def stop(self):
        self.thread.stop()
        self.thread.join()
        self.channel.close()


class RealLog(MonitorScene):
    """Plan 1 runs to its end, the others do not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        node().forget_backups()
        node().cluster.furnish(PLANS)
        cls.addClassCleanup(node().forget_backups)
        cls.log = cls.hold(ClusterLog().start())
        cls.log.announce(node().redis)
        cls.addClassCleanup(node().redis.delete, "cluster/default_instance/loki", "module/loki1/environment")
        users = []
        for module in MODULES:
            users.append(make_user(module))
            cls.addClassCleanup(users[-1].remove)
        cls.module = cls.add_watching()
        cls.system = cls.hold(System(node().new_folder(), files_of_system(users)))
        cls.system.start()
        cls.shipper = cls.hold(Shipper(cls.system.folder / "journal", cls.log.log))

    @classmethod
    def hold(cls, part):
        node().keep(part)  # after Ctrl-C no class is cleaned up
        cls.addClassCleanup(part.stop)
        return part

    def begin(self, plan):
        """As NS8's schedule-backup makes the timer, but without its accuracy of a minute."""
        at = time.strftime("%F %T UTC", time.gmtime(time.time() + 2))
        self.system.check("systemd-run", "--unit", f"backup{plan}", "--on-calendar", at,
                          "--timer-property=AccuracySec=1us", "--description", f"Backup {plan} schedule", "--",
                          "/usr/local/bin/runagent", "-m", "node", "run-backup", f"--backup={plan}")

    def wait_for_line(self, words):
        def found():
            return any(entry.get("MESSAGE", "").startswith(words) for entry in list(self.shipper.shipped))
        wait_for(found, 30, f"the line {words}")

    def mail_of(self, plan):
        """The text of the one mail about it, as one line."""
        def found():
            return [mail for mail in self.relay.mails() if PLANS[plan][0] in mail["Subject"]]
        (mail,) = wait_for(found, 30, f"the mail about plan {plan}")
        return " ".join(mail.get_body(("plain",)).get_content().split())

    def mail_after(self, end, plan):
        """`end` ends the run while it is at its second module. After a look of the daemon only the log says so."""
        self.begin(plan)
        self.wait_for_line(f"chat1: starting backup {plan}")
        end(f"backup{plan}.service")
        self.wait_for_line(f"backup{plan}.timer: Deactivated")
        look_again(self.module)
        return self.mail_of(plan)

    def kill(self, unit):
        number = self.system.check("systemctl", "show", "--value", "--property=MainPID", unit).strip()
        self.system.check("kill", "-KILL", number)

    def test_1_a_run_that_was_killed_is_reported_at_once_with_the_signal_and_the_time(self):
        text = self.mail_after(self.kill, "2")
        self.assertRegex(text, r"The backup on the node was killed by 9/KILL \(\d\d:\d\d, log of node 1\)")
        self.assertIn("This application was being backed up then.", text)

    def test_2_a_run_that_somebody_ended_through_systemd_is_called_stopped(self):
        text = self.mail_after(lambda unit: self.system.check("systemctl", "kill", unit), "3")
        self.assertRegex(text, r"The backup on the node was stopped: by a person, .* \(\d\d:\d\d, log of node 1\)")

    def test_3_each_step_that_failed_is_named_with_its_own_words(self):
        self.hold(Handlers(self.module))
        self.begin("1")
        text = self.mail_of("1")
        self.assertIn("The application's own dump failed before restic began", text)
        self.assertIn("restic failed: Fatal: unable to open repository at <rest:x>: status 500", text)
        self.assertNotIn("which step failed is unknown", text)

    def test_4_what_the_user_of_a_module_claims_of_others_is_ignored(self):
        self.wait_for_line("samba1: gave up")
        self.wait_for_line("backup1.service: Main process exited, code=killed")
        text = self.mail_of("1")
        self.assertIn("Saved without errors: 1 of 3 modules", text)
        for claim in ("gave up", "killed"):
            self.assertNotIn(claim, text)
