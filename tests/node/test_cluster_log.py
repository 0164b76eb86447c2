"""Real lines of a real journal: what units, users and systemd write of a backup reaches the mail."""

import threading
import time

from monitor import MonitorScene
from node_redis import ADMIN
from scene import node, write_files
from shipper import Shipper
from stage.cluster_log import ClusterLog
from stage.processes import wait_for
from system import System
from unix_user import UnixUser

PLANS = {"1": ("Nightly", ["mail1", "samba1"]), "2": ("Weekly", ["web1", "chat1"])}
SNAPSHOT = "#!/bin/sh\necho 'snapshot 1b2c3d4e saved'\n"
# The application claims what only run-backup and systemd may say, on every way that its user has to the journal.
FORGERY = """\
#!/bin/sh
echo 'samba1: gave up retrying after 3600s' >&2
echo 'Backup 1 completed successfully' >&2
printf '%s\\n' 'MESSAGE=backup1.service: Main process exited, code=killed, status=9/KILL' \\
    UNIT=backup1.service _PID=1 _UID=0 SYSLOG_IDENTIFIER=systemd | logger --journald
"""
DUMPS = {"mail1": FORGERY, "samba1": "#!/bin/sh\necho 'smbd is away' >&2\nexit 4\n",
         "chat1": "#!/bin/sh\nexec sleep 600\n"}
KILLED = "2"


def environment_text(values):
    return "".join(f"{name}={value}\n" for name, value in values.items())


def make_user(module):
    """The module as its backup sees it."""
    user = UnixUser(module)
    files = {"state/environment": environment_text({"MODULE_ID": module}),
             "state/agent.env": environment_text({
                 "REDIS_USER": f"module/{module}", "STAND_IN_NODE_ENV": "/etc/nethserver/agent.env",
                 "PATH": f"{user.config}/bin:{node().environment()['PATH']}"}),
             "bin/restic": SNAPSHOT, **({"bin/module-dump-state": DUMPS[module]} if module in DUMPS else {})}
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
    """Both plans at once: while the log of the killed one is waited for, the other runs."""

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
        for module in (module for _, modules in PLANS.values() for module in modules):
            users.append(make_user(module))
            cls.addClassCleanup(users[-1].remove)
        cls.module = cls.add_watching()
        cls.hold(Handlers(cls.module))
        cls.system = cls.hold(System(node().new_folder(), files_of_system(users)).start())
        cls.shipper = cls.hold(Shipper(cls.system.folder / "journal", cls.log.log))

    @classmethod
    def hold(cls, part):
        node().keep(part)  # after Ctrl-C no class is cleaned up
        cls.addClassCleanup(part.stop)
        return part

    def begin(self, plan):
        """As NS8's schedule-backup makes the timer, but without its accuracy of a minute."""
        at = time.strftime("%F %T UTC", time.gmtime(time.time() + 2))
        self.system.check("systemd-run", "--unit", f"backup{plan}", "--on-calendar", at, "--timer-property=AccuracySec=1us",
                          "--description", f"Backup {plan} schedule", "--", "/usr/local/bin/runagent", "-m", "node",
                          "run-backup", f"--backup={plan}")

    def wait_for_line(self, words):
        return wait_for(lambda: [line for line in list(self.shipper.shipped) if line.get("MESSAGE", "").startswith(words)],
                        30, f"the line {words}")

    def mail_of(self, name, patience=30):
        """The text of the one mail about this plan, as one line."""
        def found():
            return [mail for mail in self.relay.mails() if name in mail["Subject"]]
        (mail,) = wait_for(found, patience, f"the mail about {name}")
        return " ".join(mail.get_body(("plain",)).get_content().split())

    def test_1_a_plan_is_killed_at_its_second_module(self):
        self.begin(KILLED)
        self.wait_for_line(f"chat1: starting backup {KILLED}")
        wait_for(lambda: self.log.log.asked, 30, "the first reading of the log")
        self.system.check("systemctl", "kill", "--signal=KILL", f"backup{KILLED}.service")
        type(self).killed_at = time.monotonic()
        self.wait_for_line(f"backup{KILLED}.service: Main process exited, code=killed, status=9/KILL")

    def test_2_a_dump_that_failed_is_named_with_what_was_said_of_it(self):
        self.begin("1")
        text = self.mail_of("Nightly")
        self.assertIn("The application's own dump failed before restic began", text)
        self.assertIn("samba1", text)

    def test_3_what_the_user_of_a_module_claims_of_others_is_ignored(self):
        self.wait_for_line("samba1: gave up")
        text = self.mail_of("Nightly")
        for claim in ("gave up", "killed"):
            self.assertNotIn(claim, text)

    def test_4_the_mail_says_within_two_minutes_that_it_was_killed_and_when(self):
        text = self.mail_of("Weekly", 90)
        self.assertLess(time.monotonic() - self.killed_at, 120)
        self.assertRegex(text, r"The backup on the node was killed by 9/KILL \(\d\d:\d\d")
        self.assertIn("This application was being backed up then.", text)
