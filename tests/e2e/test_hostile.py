"""What strangers can write: names of plans, modules, nodes and the cluster, labels, many connections."""

import html.parser
import socket
import time

from scene import Scene, html_of, text_of
from stage.daemon import failed_alert

MARKUP = '</td><script>alert(1)</script><img src=x onerror="a()">&lt;'
BREAKS = "\r\nBcc: evil@example.org\r\n\r\nhello"
TURN = "\u202egnp.exe\u2066\u200f\u0000\u2028"
HOSTILE = MARKUP + BREAKS + TURN
UNSEEN = [chr(code) for code in (0, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F),
                                 *range(0x2066, 0x206A))]


class Shape(html.parser.HTMLParser):
    """The tags and attributes of a page, without its words; and the words."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.shape = set()
        self.links = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.shape.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.shape.add(("comment",))


class HostileNames(Scene):
    def failed_night(self, plan, plan_name, module, ui_name, other_names):
        """A plan of two modules, of which one fails, in a cluster with these names."""
        self.cluster.furnish({plan: (plan_name, [module, "calm1"])}, {}, {module: ui_name}, other_names)
        self.cluster.redis.set("node/1/ui_name", other_names)
        if self.daemon is None:
            self.serve()
        self.daemon.wait_for_looks()
        self.cluster.write_record(plan, "calm1")
        self.record(plan, module, errors=1)

    def assert_harmless(self, mail, calm):
        self.assertEqual([], [defect for part in mail.walk() for defect in part.defects])
        self.assertLessEqual(set(mail.keys()), set(calm.keys()) | {"In-Reply-To", "References"})
        self.assertEqual(sorted(set(mail.keys())), sorted(mail.keys()), "a header came twice")
        self.assertEqual("admin@example.org", mail["To"])
        for header, value in mail.items():
            self.assertNotIn("\n", value, header)
            for character in UNSEEN:
                self.assertNotIn(character, value, header)
        page, calm_page = Shape(html_of(mail)), Shape(html_of(calm))
        self.assertEqual(set(), page.shape - calm_page.shape)
        self.assertEqual(calm_page.links, page.links)
        for character in UNSEEN:
            self.assertNotIn(character, page.words)
            self.assertNotIn(character, text_of(mail))
        for part in (text_of(mail), page.words):
            self.assertIn("<script>", part)  # shown, as text
            self.assertEqual([], [line for line in part.splitlines() if line.startswith("Bcc:")])

        for line in self.daemon.log().splitlines():
            self.assertRegex(line, r"^\d{4}-\d\d-\d\dT\S+ \w+ ", "a name begins a line of the log")

    def test_in_plan_module_node_and_cluster_they_stay_words(self):
        self.failed_night("1", "Nightly", "mail1", "Mail", "example")
        calm = self.mails(1)[0]
        self.cluster.redis.delete("cluster/backup/1")
        self.failed_night("2", HOSTILE, "mail<script>alert(2)</script>\u202e\x07", HOSTILE, HOSTILE)
        self.assert_harmless(self.mails(2)[-1], calm)

    def test_in_the_labels_of_an_alert_they_stay_words(self):
        self.watch(wait_seconds=0)
        self.daemon.alert(failed_alert("calm", "calm", starts_at=None, note="calm"))
        calm = self.mails(1)[-1]
        self.daemon.alert(failed_alert(HOSTILE, HOSTILE, starts_at=None, note=HOSTILE))
        self.assert_harmless(self.mails(2)[-1], calm)

    def test_in_the_error_text_of_the_compact_layout_they_stay_words(self):

        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.watch({"1": ("Nightly", ["mail1"]), "2": ("Weekly", ["samba1"])}, recipients=["admin@example.org"])
        mails = []
        for count, (plan, module, name, words) in enumerate(
                [("1", "mail1", "Nightly", "locked"), ("2", "samba1", "Weekly", HOSTILE)], 1):
            for key in (f"cluster/backup/{plan}/status", f"module/{module}/backup/{plan}/status"):
                self.cluster.redis.hset(key, mapping={
                    "result": "error", "timestamp": stamp, "errors": "1", "error": words})
            self.daemon.alert(failed_alert(plan, name))
            mails.append(self.mails(count)[-1])
        self.assert_harmless(mails[1], mails[0])


class HostileRequests(Scene):
    def answer_to(self, request):
        with socket.create_connection(("127.0.0.1", self.daemon.port), 10) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return connection.makefile("rb").readline()

    def test_lengths_that_lie_are_refused_and_the_daemon_goes_on(self):
        self.watch()
        for headers in (b"Content-Length: -1", b"Content-Length: 2\r\nContent-Length: 3",
                        b"Content-Length: 9999999999999999999999", b"Transfer-Encoding: chunked\r\nContent-Length: 2",
                        b"X: " + b"y" * 40_000):
            answer = self.answer_to(b"POST /alert HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + headers + b"\r\n\r\n{}")
            self.assertRegex(answer, rb"^HTTP/1.1 4\d\d ", headers[:40])
        self.assertEqual(200, self.daemon.get("/health")[0])


class ManyConnections(Scene):
    def test_alerts_are_served_beside_500_connections_that_say_nothing(self):
        daemon = self.watch(wait_seconds=0)
        idle = []
        self.addCleanup(lambda: [connection.close() for connection in idle])
        for _ in range(500):
            idle.append(socket.create_connection(("127.0.0.1", daemon.port), 5))
        for number in range(20):
            self.assertEqual(202, daemon.alert(failed_alert(f"lost-{number}"))[0])
        self.mails(3)  # of alerts that fit no plan three an hour are reported singly
        daemon.process.stop()
        self.assertEqual(0, daemon.process.child.returncode)
