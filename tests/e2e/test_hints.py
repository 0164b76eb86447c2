"""NS8's events other than a finished module: the relay or the cluster may have changed."""

import time

from scene import ONE_PLAN, Scene
from stage.daemon import failed_alert
from stage.processes import wait_for


class Hints(Scene):
    def hint(self, name):
        self.assertEqual((202, '{"accepted":1}'), self.daemon.post(f"/event/{name}", {"any": "thing"}))

    def test_an_enabled_smarthost_gets_what_waits_within_two_seconds(self):
        self.cluster.set_smarthost(self.relay.port, enabled=False)
        self.watch(ONE_PLAN, wait_seconds=0)
        self.daemon.alert(failed_alert("lost"))
        self.wait_for_log("the mail relay is disabled")
        self.assertEqual(1, self.daemon.status()["mail"]["waiting"])
        self.cluster.set_smarthost(self.relay.port)
        begin = time.monotonic()
        self.hint("smarthost-changed")
        self.mails(1)
        self.assertLess(time.monotonic() - begin, 2)

    def test_a_changed_cluster_is_looked_at_now(self):
        self.watch(ONE_PLAN, reconcile_seconds=3600)
        self.cluster.write_plan("2", "Weekly", ["mail1"])
        self.hint("backup-schedule-changed")
        wait_for(lambda: self.daemon.status()["cluster"]["plans"] == 2, 10, "the new plan")

    def test_an_event_that_does_not_concern_us_is_not_found(self):
        self.watch(ONE_PLAN)
        self.assertEqual(404, self.daemon.post("/event/user-added", {})[0])
