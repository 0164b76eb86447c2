// How long an open run is waited for, and from when on it is late; q is 70 minutes.

#include "catch.h"
#include "run/waiting.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Of = run::Deadline::Of;

run::Outlook OutlookAt(const Run& run, const Desk& desk) {
  return run::OutlookOf(run, desk.memory, desk.rules);
}

/// It has never come, and a closed run has said so.
void HasNeverRun(Desk& desk, const char* module) {
  desk.memory.modules[{PlanId{"daily"}, ModuleId{module}}].reported_never_ran = true;
}

TEST_CASE("what has a record is not waited for, though the plan does not hold it any more",
          "[run][closing]") {
  Desk desk{{"a", "b"}};
  desk.HasPast("b", minutes{10}, minutes{10});
  desk.HasPast("x", minutes{10}, hours{10});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  Give(run, Seen("x", "2 01:10", "2 01:20"));
  // b: 01:20 + 2 × 10 minutes + q.
  const run::Outlook outlook = OutlookAt(run, desk);
  CHECK(outlook.deadline.of == Of::kModule);
  CHECK(outlook.deadline.at == At("2 02:50"));
}

TEST_CASE("a module that has never come does not hold up those after it", "[run][closing]") {
  Desk desk{{"a", "n", "c"}};
  desk.HasPast("c", minutes{10}, minutes{10});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  SECTION("reported as such: c until 01:20, its usual end, + 2 × 10 minutes + q") {
    HasNeverRun(desk, "n");
    CHECK(OutlookAt(run, desk).deadline.at == At("2 02:50"));
  }
  SECTION("not reported yet: until the cap") {
    SECTION("nothing is known of it") {}
    SECTION("it is known by name") {
      desk.memory.modules[{PlanId{"daily"}, ModuleId{"n"}}].reported_never_ran = false;
    }
    CHECK(OutlookAt(run, desk).deadline.at == At("2 21:00"));
    CHECK(OutlookAt(run, desk).deadline.of == Of::kLongestRun);
    CHECK(OutlookAt(run, desk).late_from == At("2 02:20"));  // 01:10 + q
  }
}

TEST_CASE("the longest wait of all nodes is named", "[run][closing]") {
  Desk desk{{"a@1", "b@1", "c@2"}};
  desk.HasPast("b", minutes{10}, minutes{60});
  desk.HasPast("c", minutes{0}, minutes{10});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  // b: 02:10, its usual end, + 2 × 60 minutes + q; c: 01:10 + 2 × 10 minutes + q.
  const run::Outlook outlook = OutlookAt(run, desk);
  CHECK(outlook.deadline.at == At("2 05:20"));
  REQUIRE(outlook.deadline.module != nullptr);
  CHECK(*outlook.deadline.module == ModuleId{"b"});
}

TEST_CASE("a node without a record begins as early as any of its modules usually does",
          "[run][late]") {
  Desk desk{{"a@1", "b@2", "c@2"}};
  desk.HasPast("b", minutes{20}, minutes{10});
  desk.HasPast("c", minutes{10}, minutes{10});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  CHECK(OutlookAt(run, desk).late_from == At("2 02:20"));  // 01:10 + q
}

TEST_CASE("only a module whose turn has come makes a run late", "[run][late]") {
  Desk desk{{"z", "a", "n", "c"}};
  desk.HasPast("z", minutes{0}, hours{3});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  SECTION("not one that was busy, nor what the plan does not hold any more") {
    desk.HasPlan("daily", {"z", "a"});
    run.modules.erase(ModuleId{"n"});
    run.modules.erase(ModuleId{"c"});
    Give(run, Seen("x", "2 01:10", "2 01:20"));
    CHECK(OutlookAt(run, desk).late_from == std::nullopt);
  }
  SECTION("not one that has never come, but the next one: 01:10 + 1.5 × 2 hours") {
    HasNeverRun(desk, "n");
    desk.HasPast("c", minutes{10}, hours{2});
    CHECK(OutlookAt(run, desk).late_from == At("2 04:10"));
  }
  SECTION("not one that has never come, without a next one") {
    HasNeverRun(desk, "n");
    HasNeverRun(desk, "c");
    CHECK(OutlookAt(run, desk).late_from == std::nullopt);
  }
  SECTION("one that has come since it was reported: 01:10 + 1.5 × 4 hours") {
    desk.HasPast("n", minutes{10}, hours{4});
    HasNeverRun(desk, "n");
    CHECK(OutlookAt(run, desk).late_from == At("2 07:10"));
  }
}

TEST_CASE("in a later round no module makes a run late", "[run][late]") {
  Desk desk{{"a", "b", "c", "d"}};
  for (const char* module : {"a", "b", "c", "d"}) desk.HasPast(module, minutes{0}, minutes{10});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("b", "2 01:00", "2 01:10"));
  Give(run, Seen("c", "2 01:10", "2 01:20"));
  Give(run, Seen("a", "2 01:20", "2 01:30"));
  CHECK(OutlookAt(run, desk).late_from == std::nullopt);
}

TEST_CASE("a run is late from when the first of its nodes is", "[run][late]") {
  Desk desk{{"a@1", "b@2", "n@3"}};
  Run& run = desk.AddRun("2 01:00");
  SECTION("of a node of which nothing is known: the run's begin + q") {
    Give(run, Seen("a", "2 01:00", "2 01:10"));
    desk.HasPast("b", minutes{0}, hours{2});
    CHECK(OutlookAt(run, desk).late_from == At("2 02:10"));
  }
  SECTION("1.5 × 2 hours and 1.5 × 4 hours") {
    Give(run, Seen("n@3", "2 01:00", "2 01:10"));
    desk.HasPast("a", minutes{0}, hours{2});
    desk.HasPast("b", minutes{0}, hours{4});
    CHECK(OutlookAt(run, desk).late_from == At("2 04:00"));
  }
}

TEST_CASE("while the first round goes on its end is expected after those still to come",
          "[run][closing]") {
  // c takes 10 minutes from 01:10 on; z was busy: 01:20 + q + 3 hours.
  Desk desk{{"z", "a", "c"}};
  desk.HasPast("z", minutes{0}, hours{3});
  desk.HasPast("c", minutes{10}, minutes{10});
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  CHECK(OutlookAt(run, desk).deadline.at == At("2 05:30"));
}

TEST_CASE("a run without a record waits for what has never come for q from its begin",
          "[run][closing]") {
  Desk desk{{"n"}};
  HasNeverRun(desk, "n");
  Run& run = desk.AddRun("2 01:00");
  run.opened_at = At("2 01:30");
  CHECK(OutlookAt(run, desk).deadline.at == At("2 02:10"));
}

}  // namespace
}  // namespace backup_monitor::testing
