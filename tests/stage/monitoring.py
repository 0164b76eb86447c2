"""The real Prometheus, which tries the exporters of the cluster's nodes as NS8's does, only once a second."""

import http.server
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from .processes import Process, free_port, wait_for

MODULE = "metrics1"
PATH = "b3af83c"

# As ns8-metrics b3af83c writes it (imageroot/bin/provision-prometheus), with the nodes in one file.
CONFIG = """\
global: {scrape_interval: 1s, scrape_timeout: 1s}
scrape_configs:
  - job_name: providers
    static_configs:
"""
TARGET = """\
      - targets: ['127.0.0.1:{port}']
        labels: {{target_type: node, node: '{node}'}}
"""


class Exporter:
    """The node exporter of one node, as far as it says when the node was started, and what its clock shows."""

    def __init__(self, booted):
        self.port = free_port()
        self.booted = booted
        self.server = None

    def start(self):
        exporter = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # pylint: disable=invalid-name
                body = f"node_boot_time_seconds {exporter.booted}\nnode_time_seconds {time.time()}\n".encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):  # pylint: disable=arguments-differ
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


class Monitoring:
    def __init__(self, folder, exporters):
        self.folder = folder
        self.port = free_port()
        self.process = None
        self.config = folder / "monitoring.yml"
        self.config.write_text(CONFIG + "".join(
            TARGET.format(port=exporter.port, node=node) for node, exporter in exporters.items()))

    def start(self):
        self.process = Process(
            ["prometheus", f"--config.file={self.config}", f"--storage.tsdb.path={self.folder}/monitoring",
             f"--web.external-url=/{PATH}/", f"--web.listen-address=127.0.0.1:{self.port}"],
            self.folder / "monitoring.log")
        wait_for(self.is_ready, what="Prometheus")
        return self

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{PATH}/-/ready", timeout=10):
                return True
        except urllib.error.URLError:
            return False

    def stop(self):
        if self.process:
            self.process.stop()

    def announce(self, redis):
        """As the module metrics writes its environment into Redis."""
        redis.set("cluster/default_instance/metrics", MODULE)
        redis.hset(f"module/{MODULE}/environment", "PROMETHEUS_PATH", PATH)

    def attempts(self, node):
        """Whether the last attempts of this minute reached the node, oldest first."""
        series = self.ask(f'up{{node="{node}"}}[1m]')
        return [value == "1" for _, value in series[0]["values"]] if series else []

    def ask(self, query):
        """The values of an instant query."""
        query = urllib.parse.urlencode({"query": query})
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{PATH}/api/v1/query?{query}", timeout=10) as answer:
            return json.load(answer)["data"]["result"]

    def wait_for_uptime(self, node):
        """Until Prometheus knows for how long the node has been running, at two of the times that are compared."""
        uptime = f'(node_time_seconds{{node="{node}"}} - node_boot_time_seconds{{node="{node}"}})'
        wait_for(lambda: any(float(each["value"][1]) >= 2 for each in self.ask(f"count_over_time({uptime}[5m:30s])")),
                 90, f"the uptime of node {node}")

    def wait_for(self, node, *attempts):
        """Wait until the last attempts ended so."""
        wait_for(lambda: tuple(self.attempts(node)[-len(attempts):]) == attempts, 30, f"attempts at node {node}")
