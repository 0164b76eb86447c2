"""What is known of a node of which nothing came: by the cluster's real Prometheus."""

import time

from scene import Scene, days_ago, html_of, text_of
from stage.monitoring import Exporter, Monitoring


class NodePresence(Scene):
    """One plan, an application on node 1 and one on node 2."""

    def setUp(self):
        super().setUp()
        self.exporters = {node: self.keep(Exporter(booted=time.time() - 86_400).start()) for node in (1, 2)}
        self.monitoring = self.keep(Monitoring(self.folder, self.exporters).start())
        self.monitoring.announce(self.cluster.redis)
        self.monitoring.wait_for(2, True, True)

    seconds = 240

    def watch(self, quiet_seconds=1, **nodes):
        self.cluster.furnish({"1": ("Nightly", ["mail1", "web1"])}, {"web1": 2})
        for module, node in (("mail1", 1), ("web1", 2)):
            self.cluster.write_record("1", module, node=node, start=days_ago(1), duration=1)
        self.serve(quiet_seconds=quiet_seconds, reconcile_seconds=1,
                   sections={"nodes": {"prometheus": f"127.0.0.1:{self.monitoring.port}", **nodes}})

    def one_report(self):
        """mail1 is saved, web1 is not heard of."""
        self.record("1", "mail1", start=int(time.time()) - 1, duration=1)
        (mail,) = self.mails(1)
        self.assertIn("⏳ Backup not finished", mail["Subject"])
        return mail

    def witness(self):
        (witness,) = [one for one in self.daemon.status()["witnesses"] if one["name"] == "nodes"]
        return witness

    def test_a_node_that_cannot_be_reached_is_named_with_the_time(self):
        self.watch()
        since = time.time()
        self.exporters[2].stop()
        self.monitoring.wait_for(2, False, False)
        mail = self.one_report()
        text = " ".join(text_of(mail).split())
        self.assertRegex(text, r"The cluster has not been able to reach node 2 since .{1,40}\.")
        self.assertNotIn("reach node 1", text)
        self.assertIn("reach node 2 since", html_of(mail))
        (run,) = self.daemon.get_json("/api/runs")["runs"][:1]
        (node,) = self.daemon.get_json(f"/api/runs/{run['id']}")["nodes"]
        (absence,) = node["absences"]
        self.assertEqual((2, None, None, False), (node["node"], node["trouble"], node["booted"], node["ended_backup"]))
        self.assertIsNone(absence["until"])
        self.assertLess(abs(absence["from_unix"] - since), 4)
        self.assertEqual((True, None), (self.witness()["asked"], self.witness()["trouble"]))

    def test_a_restart_ends_the_wait_for_a_node(self):
        """Without Prometheus web1 would be waited for, for two hours."""
        self.watch(quiet_seconds=7200)
        self.monitoring.wait_for_uptime(2)
        self.record("1", "mail1", start=int(time.time()) - 1200, duration=1190)
        self.exporters[2].booted = time.time()
        (mail,) = self.mails(1, patience=150)
        self.assertIn("⏳ Backup not finished", mail["Subject"])
        text = " ".join(text_of(mail).split())
        self.assertRegex(text, r"The restart of node 2 ended its backup \(.{1,40}\)\.")
        self.assertNotIn("the node was off, NS8 gave up waiting", text)

    def test_of_a_node_that_was_there_nothing_is_said(self):
        self.watch()
        text = " ".join(text_of(self.one_report()).split())
        self.assertIn("the node was off, NS8 gave up waiting", text)
        self.assertNotIn("reach node", text)
        self.assertNotIn("restart", text)
        self.wait_for_metric("node_presence_reads_total", 1, result="nothing")

    def test_an_answer_that_is_none_is_named(self):
        self.watch(prometheus=f"127.0.0.1:{self.exporters[1].port}")
        text = " ".join(text_of(self.one_report()).split())
        self.assertIn("Whether the nodes could be reached during the run could not be read.", text)
        self.assertEqual("invalid", self.witness()["trouble"])

    def test_nodes_that_are_not_to_be_asked_for_are_not(self):
        self.watch(read=False)
        self.exporters[2].stop()
        self.monitoring.wait_for(2, False, False)
        self.assertNotIn("reach node", " ".join(text_of(self.one_report()).split()))
        self.assertFalse(self.witness()["asked"])
