"""The real chain: a gauge, Prometheus with ns8-metrics' rule, Alertmanager, the daemon, a mail."""

import http.server
import threading
import time

from scene import Scene, now_rfc3339, text_of
from stage.alerting import Alertmanager, Prometheus
from stage.processes import wait_for


class Exporter:
    """Serves `node_backup_status` as ns8-metrics' exporter does."""

    def __init__(self):
        self.values = {("1", "Nightly"): 1}
        exporter = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # pylint: disable=invalid-name
                body = exporter.text().encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):  # pylint: disable=arguments-differ
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def text(self):
        return "".join(f'node_backup_status{{id="{plan}",name="{name}"}} {value}\n'
                       for (plan, name), value in self.values.items())

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class RealAlerts(Scene):
    def setUp(self):
        super().setUp()
        self.exporter = self.keep(Exporter())
        self.watch(reconcile_seconds=3600)
        alertmanager = self.keep(Alertmanager(self.folder, self.daemon.port).start())
        self.keep(Prometheus(self.folder, alertmanager.port, self.exporter.port).start())

    def set_gauge(self, value):
        self.exporter.values["1", "Nightly"] = value

    def test_a_gauge_at_zero_leads_to_a_mail_and_its_return_to_nothing(self):
        self.cluster.write_record("1", "mail1", errors=1)
        self.set_gauge(0)
        (mail,) = self.mails(1, patience=60)
        self.assertIn("❌ Backup failed: Nightly", mail["Subject"])
        self.set_gauge(1)
        self.wait_for_metric("triggers_total", 1, kind="alert", answer="resolved")
        self.assert_only(1)

    def test_the_night_after_with_the_gauge_still_at_zero_is_told_and_then_its_recovery(self):
        self.cluster.write_record("1", "mail1", errors=1, start=self.at(-90_000))
        self.set_gauge(0)
        self.mails(1, patience=60)
        self.record("1", "mail1", errors=1, start=self.at(-3600))
        self.mails(2)
        self.record("1", "mail1")
        self.set_gauge(1)
        recovery = self.mails(3)[-1]
        self.assertIn("fixed after 2 failed runs", recovery["Subject"])
        self.wait_for_metric("triggers_total", 1, kind="alert", answer="resolved")
        self.assert_only(3)

    def test_an_alert_whose_record_was_never_stored_is_told_with_its_plan(self):
        self.set_gauge(0)
        (mail,) = self.mails(1, patience=60)
        self.assertIn("Nightly", mail["Subject"])
        self.assertIn(now_rfc3339()[:4], text_of(mail))
        wait_for(lambda: self.daemon.metric("alerts_total", fate="reported"), what="the alert's fate")

    @staticmethod
    def at(offset):
        return int(time.time()) + offset
