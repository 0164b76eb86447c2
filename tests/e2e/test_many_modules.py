"""A cluster of a size that few have."""

import json
import time

from scene import DAY, Scene, html_of, text_of

COUNT = 2000
MODULES = [f"app{number}" for number in range(COUNT)]


class ManyModules(Scene):
    def write_night(self, begin, failed=()):
        """Ten nodes, each backing up its modules one after another, one second each."""
        pipe = self.cluster.redis.pipeline()
        for number, module in enumerate(MODULES):
            start = begin + number // 10
            pipe.hset(f"node/{number % 10 + 1}/backup_status/1", module, json.dumps(
                {"start": start, "end": start + 1, "total_size": 10_000_000, "errors": int(module in failed)}))
        pipe.execute()

    def test_2000_modules_make_one_readable_mail_with_the_failed_ones_named(self):
        now = int(time.time())
        self.write_night(now - DAY)
        daemon = self.watch({"1": ("Nightly", MODULES)},
                            {module: number % 10 + 1 for number, module in enumerate(MODULES)})
        self.write_night(now - COUNT, ("app1000", "app1001"))
        begin = time.monotonic()
        daemon.event()
        (mail,) = self.mails(1, patience=40)
        took = time.monotonic() - begin
        self.assertIn("⚠️ Backup partially failed", mail["Subject"])
        self.assertIn("1,998 of 2,000 modules", mail["Subject"])
        text = text_of(mail)
        self.assertLess(text.index("app1000"), text.index("app1001"))
        self.assertLess(text.index("app1001"), text.index("Saved without errors =="))
        self.assertIn("node 10: 200 modules", text)
        self.assertLess(len(html_of(mail)), 1_000_000)
        self.assertLess(took, 10, "one look with 2000 new records took too long")
