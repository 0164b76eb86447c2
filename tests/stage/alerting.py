"""The real Alertmanager, and the real Prometheus with ns8-metrics' rule."""

import json
import urllib.error
import urllib.request

from .processes import Process, free_port, is_listening, wait_for

ALERTMANAGER = """\
route:
  receiver: monitor
  group_by: [alertname, node]
  group_wait: {group_wait}
  group_interval: {group_interval}
  repeat_interval: {repeat_interval}
receivers:
  - name: monitor
    webhook_configs:
      - url: http://127.0.0.1:{webhook}/alert
        send_resolved: true
"""

# The rule of ns8-metrics at b3af83c: BackupFailed, for: 0m.
RULES = """\
groups:
  - name: backup
    rules:
      - alert: BackupFailed
        expr: node_backup_status == 0
        for: 0m
        labels: {severity: critical, service: backup}
        annotations:
          summary_en: 'Backup job {{ $labels.name }} (ID: {{ $labels.id }}) has failed.'
"""

PROMETHEUS = """\
global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: [{rules}]
alerting:
  alertmanagers:
    - static_configs: [{{targets: ['127.0.0.1:{alertmanager}']}}]
scrape_configs:
  - job_name: providers
    static_configs: [{{targets: ['127.0.0.1:{exporter}'], labels: {{node: '1', target_type: node}}}}]
"""


def firing(port):
    """What the Alertmanager on that port has firing."""
    return json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/alerts", timeout=10))


def category_of(labels):
    if labels["alertname"] == "backup_failed":
        return "backup"
    if labels.get("target_type") in ("traefik", "node"):
        return "node"
    return "application" if "module_id" in labels else None


def list_alerts(port, request):
    """How NS8's cluster action list-alerts ends on a leader whose Alertmanager listens there. Written from what its
    source says (ns8-core 4f41b359, cluster/actions/list-alerts, pypkg/cluster/alerts.py)."""
    found, error = [], ""
    try:
        found = firing(port)
    except urllib.error.URLError as fault:
        error = f"cluster.fetch_alerts() cannot parse Metrics/Alertmanager response. Reason:  {fault}\n"
    alerts = [{**alert, "name": alert["labels"]["alertname"], "category": category_of(alert["labels"])} for alert in found]
    shown = [alert for alert in alerts if alert["category"]
             and alert["category"] in request.get("categories", [alert["category"]])]
    return {"exit_code": 0, "error": error, "output": {"alerts": shown, "filter": request}}


class Alertmanager:
    def __init__(self, folder, webhook_port, group_wait="200ms", group_interval="1s",
                 repeat_interval="1h"):
        self.folder = folder
        self.port = free_port()
        self.process = None
        self.config = folder / f"alertmanager-{self.port}.yml"
        self.config.write_text(ALERTMANAGER.format(
            webhook=webhook_port, group_wait=group_wait, group_interval=group_interval,
            repeat_interval=repeat_interval))

    def start(self):
        self.process = Process(
            ["prometheus-alertmanager", f"--config.file={self.config}",
             f"--storage.path={self.folder}/alertmanager-{self.port}",
             f"--web.listen-address=127.0.0.1:{self.port}", "--cluster.listen-address="],
            self.folder / f"alertmanager-{self.port}.log")
        wait_for(lambda: is_listening(self.port), what="Alertmanager")
        return self

    def stop(self):
        if self.process:
            self.process.stop()

    def post(self, *alerts):
        """Raise alerts as Prometheus does: /api/v2/alerts."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v2/alerts", data=json.dumps(alerts).encode(),
            headers={"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=10).close()


class Prometheus:
    def __init__(self, folder, alertmanager_port, exporter_port):
        self.folder = folder
        self.port = free_port()
        self.process = None
        rules = folder / "rules.yml"
        rules.write_text(RULES)
        self.config = folder / "prometheus.yml"
        self.config.write_text(PROMETHEUS.format(
            rules=rules, alertmanager=alertmanager_port, exporter=exporter_port))

    def start(self):
        self.process = Process(
            ["prometheus", f"--config.file={self.config}", f"--storage.tsdb.path={self.folder}/tsdb",
             f"--web.listen-address=127.0.0.1:{self.port}"], self.folder / "prometheus.log")
        wait_for(lambda: is_listening(self.port), what="Prometheus")
        return self

    def stop(self):
        if self.process:
            self.process.stop()
