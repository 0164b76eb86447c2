"""No password and no token is ever written down: a whole run is searched for them."""

import base64

from scene import ONE_PLAN, Scene
from stage.daemon import failed_alert

RELAY, WRONG, REDIS, TOKEN = "relay-Secret-1", "wrong-Secret-2", "redis-Secret-3", "token-Secret-4"


class Secrets(Scene):
    def test_none_is_in_the_log_the_store_the_metrics_the_api_or_a_mail(self):
        for name, secret in (("redis-password", REDIS), ("token", TOKEN)):
            (self.folder / name).write_text(secret + "\n")
        self.cluster.redis.acl_setuser("monitor", enabled=True, passwords=["+" + REDIS],
                                       categories=["+@read", "+@connection"], keys=["*"])
        self.relay.script(users={"relay": RELAY}, auth=[f"535 5.7.8 {WRONG} is wrong", "235 welcome"])
        self.cluster.furnish(ONE_PLAN)
        self.cluster.set_smarthost(self.relay.port, username="relay", password=WRONG)
        daemon = self.make_daemon(wait_seconds=0, sections={
            "redis": {"username": "monitor", "password_file": str(self.folder / "redis-password")},
            "receiver": {"token_file": str(self.folder / "token")},
            "logging": {"level": "DEBUG", "file": str(self.folder / "monitor.txt")}})
        daemon.headers = {"Authorization": f"Bearer {TOKEN}"}
        daemon.start()
        self.wait_for_first_look()
        daemon.alert(failed_alert("lost"))
        self.wait_for_metric("delivery_attempts_total", 1, result="refused")
        self.cluster.set_smarthost(self.relay.port, username="relay", password=RELAY)
        daemon.reload()
        self.mails(1)
        (self.folder / "redis-password").write_text(WRONG + "\n")
        daemon.request("GET", "/api/status", None, {"Authorization": f"Bearer {WRONG}"})
        daemon.event()
        self.wait_for_log("cannot read the cluster")
        self.search()
        daemon.stop()
        self.search_files()

    def search(self):
        """Everything that can be asked for."""
        for path in ("/metrics", "/api/status", "/api/runs", "/api/messages/1", "/api/messages/1.eml"):
            status, body = self.daemon.get(path)
            self.assertEqual(200, status, path)
            self.assert_clean(path, body.encode())

    def search_files(self):
        """Everything that was written by the daemon."""
        files = [self.folder / "daemon.log", self.folder / "monitor.txt",
                 *self.folder.glob("backup-monitor.db*"), *self.folder.glob("mail/new/*")]
        self.assertGreaterEqual(len(files), 4)
        for path in files:
            self.assert_clean(path.name, path.read_bytes())

    def assert_clean(self, where, content):
        for secret in (RELAY, WRONG, REDIS, TOKEN):
            self.assertNotIn(secret.encode(), content, where)
            self.assertNotIn(base64.b64encode(secret.encode()), content, where)
            self.assertNotIn(base64.b64encode(f"\0relay\0{secret}".encode()), content, where)
