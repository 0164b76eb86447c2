// Whether a record can be of the run-backup that did what a run knows of its node, and how long that had been idle.

#include "run/pass_fit.h"

#include "catch.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Idle = std::optional<seconds>;

/// How long node 1 had been idle; q is 70 minutes.
Idle IdleBefore(const SeenRecord& record, const Run& run, const Desk& desk,
                Idle interval = std::nullopt) {
  const run::PassFit pass{run, NodeId::Parse("1").value(), desk.memory, desk.rules};
  return pass.IdleBefore(record, interval);
}

/// As a look at `now` takes it in whose node's clock says something else.
SeenRecord ByItsOwnClock(SeenRecord record, std::string_view start, std::string_view end) {
  record.record.start = At(start);
  record.record.end = At(end);
  return record;
}

TEST_CASE("a node is idle from the record before, else until the next one", "[run][passes]") {
  Desk desk{{"a", "b", "c", "d", "e"}};
  Run& run = desk.AddRun("2 01:30");
  CHECK(IdleBefore(Seen("c", "2 01:30", "2 01:40"), run, desk) == desk.rules.quiet);
  Give(run, Seen("a", "2 03:00", "2 03:10"));
  Give(run, Seen("b", "2 02:00", "2 02:10"));
  SeenRecord found_later = Seen("c", "2 01:30", "2 01:40");
  found_later.seen_at = At("2 04:00");
  CHECK(IdleBefore(found_later, run, desk) == minutes{20});
  found_later.ended = found_later.record.end =
      At("2 02:05");  // the clock was set back by 5 minutes
  CHECK(IdleBefore(found_later, run, desk) == seconds{0});
  found_later.ended = found_later.record.end = At("2 02:05:01");
  CHECK(IdleBefore(found_later, run, desk) == std::nullopt);
  CHECK(IdleBefore(Seen("c", "2 03:15", "2 03:20"), run, desk) == minutes{5});
  CHECK(IdleBefore(Seen("c", "2 03:10", "2 03:20"), run, desk) == seconds{0});
}

TEST_CASE("what ended after a record was seen does not part them, whatever it says",
          "[run][passes]") {
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  SeenRecord record = Seen("b", "2 01:01", "2 01:09");  // they overlap
  record.seen_at = At("2 01:10");
  CHECK(IdleBefore(record, run, desk) == std::nullopt);
  record.seen_at = At("2 01:09:59");  // our clock was ahead when a was seen
  CHECK(IdleBefore(record, run, desk) == desk.rules.quiet);
}

TEST_CASE("what a node's clock says counts between its own records", "[run][passes]") {
  // It is 10 minutes ahead.
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("2 01:10");
  Give(run, ByItsOwnClock(Seen("a", "2 01:10", "2 01:25"), "2 01:20", "2 01:35"));
  CHECK(IdleBefore(Seen("b", "2 01:40", "2 01:50"), run, desk) == minutes{5});
}

TEST_CASE("a start that says nothing counts as the end", "[run][passes]") {
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("2 01:10");
  Give(run, ByItsOwnClock(Seen("a", "2 01:10", "2 01:10"), "2 09:00", "2 01:10"));
  CHECK(IdleBefore(Seen("b", "2 01:20", "2 01:30"), run, desk) == minutes{10});
}

TEST_CASE("the clean-up that was watched is no idle time", "[run][passes]") {
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("2 01:00");
  SeenRecord before = Seen("a", "2 01:00", "2 01:10");
  before.stored_by = At("2 02:00");
  Give(run, before);
  // From 02:00 on, for q.
  CHECK(IdleBefore(Seen("b", "2 01:30", "2 04:00"), run, desk) == seconds{0});
  CHECK(IdleBefore(Seen("b", "2 03:10", "2 04:00"), run, desk) == minutes{70});
  CHECK(IdleBefore(Seen("b", "2 03:10:01", "2 04:00"), run, desk) == std::nullopt);
}

TEST_CASE("only silent modules between two records of their node explain the time between",
          "[run][passes]") {
  // z comes before a, x is of another node, r has a record, and e comes after d.
  Desk desk{{"z", "a", "x@2", "r", "d", "e"}};
  for (const char* module : {"z", "x", "r", "e"}) desk.HasPast(module, seconds{0}, minutes{10});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("r", "2 01:00", "2 01:10"));
  Give(run, Seen("a", "2 01:10", "2 01:20"));
  // 01:20 + q.
  CHECK(IdleBefore(Seen("d", "2 02:30", "2 04:00"), run, desk) == minutes{70});
  CHECK(IdleBefore(Seen("d", "2 02:30:01", "2 04:00"), run, desk) == std::nullopt);
}

TEST_CASE("in a later round every silent module after the last record explains time",
          "[run][passes]") {
  // After c come d and, in the next round, a: 01:10 + 2 × (5 minutes of d) + q; b comes before c.
  Desk desk{{"a", "b", "c", "d"}};
  for (const char* module : {"b", "d"}) desk.HasPast(module, seconds{0}, minutes{5});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("c", "2 01:00", "2 01:10"));
  CHECK(IdleBefore(Seen("a", "2 02:30", "2 04:00"), run, desk) == minutes{80});
  CHECK(IdleBefore(Seen("a", "2 02:30:01", "2 04:00"), run, desk) == std::nullopt);
}

TEST_CASE("a first backup that is silent explains any time up to the cap", "[run][passes]") {
  Desk desk{{"a", "n", "d"}};
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  CHECK(IdleBefore(Seen("d", "2 21:00", "2 22:00"), run, desk) == hours{19} + minutes{50});
  CHECK(IdleBefore(Seen("d", "2 21:00:01", "2 22:00"), run, desk) == std::nullopt);
}

TEST_CASE("a silent module explains time while the plan holds it, also if it was gone meanwhile",
          "[run][passes]") {
  // run-backup works through what the plan held when it began. b takes an hour: 01:10 + 2 hours + q.
  Desk desk{{"a", "b", "c"}};
  desk.HasPast("b", seconds{600}, hours{1});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  run.modules.at(ModuleId{"b"}).left = true;
  SECTION("it is back") {
    CHECK(IdleBefore(Seen("c", "2 04:20", "2 05:00"), run, desk) == minutes{190});
    CHECK(IdleBefore(Seen("c", "2 04:20:01", "2 05:00"), run, desk) == std::nullopt);
  }
  SECTION("it is gone: 01:10 + q") {
    desk.HasPlan("daily", {"a", "c"});
    CHECK(IdleBefore(Seen("c", "2 02:20", "2 05:00"), run, desk) == minutes{70});
    CHECK(IdleBefore(Seen("c", "2 02:20:01", "2 05:00"), run, desk) == std::nullopt);
  }
}

TEST_CASE("when a pass began is reckoned from what is silent before its first record",
          "[run][passes]") {
  // b was the first, at 05:10; n has no past, a, which is before it in the plan, has a record of a later round, and x is of another
  // node. s is silent and took 4 minutes, so the pass began at 05:06, and the next one is due an hour later.
  Desk desk{{"x@2", "n", "a", "s", "b", "c"}};
  for (const char* module : {"x", "a"}) desk.HasPast(module, seconds{0}, minutes{10});
  desk.HasPast("s", seconds{0}, minutes{4});
  Run& run = desk.AddRun("2 05:00");
  Give(run, Seen("b", "2 05:10", "2 05:20"));
  Give(run, Seen("a", "2 05:20", "2 05:30"));
  CHECK(IdleBefore(Seen("c", "2 05:50:59", "2 06:00"), run, desk, hours{1}) ==
        minutes{20} + seconds{59});
  CHECK(IdleBefore(Seen("c", "2 05:51", "2 06:00"), run, desk, hours{1}) == std::nullopt);
}

}  // namespace
}  // namespace backup_monitor::testing
