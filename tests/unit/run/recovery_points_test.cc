// How old the newest data of an application is, against how old it may be.

#include "run/recovery_points.h"

#include "catch.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const ModuleId kApplication{"a"};

void IsTimed(Desk& desk, const std::string& plan, seconds interval) {
  PlanTiming& timing = desk.view.timings[PlanId{plan}];
  timing.kind = PlanTiming::Kind::kTimed;
  timing.interval = interval;
}

RecoveryPoint PointNow(Desk& desk, std::string_view now) {
  desk.Is(now);
  return run::RecoveryPointsOf(desk.view, desk.memory, desk.rules).at(kApplication);
}

RecoveryState StateNow(Desk& desk, std::string_view now) { return PointNow(desk, now).state; }

ModuleMemory& PastOf(Desk& desk, const std::string& plan = "daily") {
  return desk.memory.modules[{PlanId{plan}, kApplication}];
}

/// Daily, and saved at "1 02:00" in 20 minutes; another application of the plan ends 50 minutes after its begin.
Desk Saved() {
  Desk desk{{"a", "b"}};
  IsTimed(desk, "daily", hours{24});
  desk.HasPast("a", seconds{0}, minutes{20});
  desk.HasPast("b", minutes{20}, minutes{30});
  PastOf(desk).newest_data = At("1 02:00");
  return desk;
}

TEST_CASE("data is over its target after two intervals and the longest duration",
          "[run][recovery]") {
  Desk desk = Saved();
  CHECK(PointNow(desk, "1 03:00") == RecoveryPoint{RecoveryState::kInTarget, At("1 02:00"),
                                                   PlanId{"daily"}, hours{48} + minutes{50}});
  CHECK(StateNow(desk, "3 02:50") == RecoveryState::kInTarget);
  CHECK(StateNow(desk, "3 02:50:01") == RecoveryState::kOver);
}

TEST_CASE("the longest that an application has taken lately counts too", "[run][recovery]") {
  Desk desk = Saved();
  PastOf(desk).longest_duration = minutes{51};
  CHECK(PointNow(desk, "1 03:00").target == hours{48} + minutes{51});
}

TEST_CASE("a target that is set takes the place of the schedule's", "[run][recovery]") {
  Desk desk = Saved();
  desk.rules.recovery_targets[PlanId{"daily"}] = hours{5};
  CHECK(StateNow(desk, "1 07:00") == RecoveryState::kInTarget);
  CHECK(StateNow(desk, "1 07:00:01") == RecoveryState::kOver);
  desk.view.timings.clear();
  CHECK(StateNow(desk, "1 07:00:01") == RecoveryState::kOver);
}

TEST_CASE("of several plans the shortest target counts, and the newest data", "[run][recovery]") {
  Desk desk = Saved();
  desk.HasPlan("hourly", {"a"});
  IsTimed(desk, "hourly", hours{1});
  PastOf(desk, "hourly").newest_data = At("1 01:59");
  RecoveryPoint point = PointNow(desk, "1 03:00");
  CHECK(point.plan == PlanId{"daily"});
  CHECK(point.newest == At("1 02:00"));
  CHECK(point.target == hours{2});

  PastOf(desk, "hourly").newest_data = At("1 02:01");
  point = PointNow(desk, "1 03:00");
  CHECK(point.plan == PlanId{"hourly"});

  SECTION("a plan that is disabled has no target, and its data is data") {
    desk.view.plans.at(PlanId{"hourly"}).enabled = false;
    point = PointNow(desk, "1 03:00");
    CHECK(point.target == hours{48} + minutes{50});
    CHECK(point.newest == At("1 02:01"));
  }
  SECTION("data of a plan that has gone is not known any more") {
    desk.view.plans.erase(PlanId{"hourly"});
    CHECK(PointNow(desk, "1 03:00").newest == At("1 02:00"));
  }
}

TEST_CASE("what is not known is unknown, and what has never run is not over", "[run][recovery]") {
  Desk desk{{"a"}};
  CHECK(StateNow(desk, "1 03:00") == RecoveryState::kNever);
  PastOf(desk).has_record = true;  // but no good one is known
  CHECK(StateNow(desk, "1 03:00") == RecoveryState::kUnknown);
  PastOf(desk).newest_data = At("0 00:00");  // no schedule
  CHECK(StateNow(desk, "1 03:00") == RecoveryState::kUnknown);
  IsTimed(desk, "daily", hours{24});
  CHECK(StateNow(desk, "1 03:00") == RecoveryState::kInTarget);
  desk.view.timings.at(PlanId{"daily"}).kind = PlanTiming::Kind::kNever;
  CHECK(StateNow(desk, "9 03:00") == RecoveryState::kUnknown);
}

TEST_CASE("an application in no enabled plan is known if it needs a backup", "[run][recovery]") {
  Desk desk{{"a"}};
  desk.view.plans.at(PlanId{"daily"}).enabled = false;
  CHECK(StateNow(desk, "1 03:00") == RecoveryState::kUnknown);
  desk.view.modules.at(kApplication).needs_backup = false;
  CHECK(run::RecoveryPointsOf(desk.view, desk.memory, desk.rules).empty());
}

}  // namespace
}  // namespace backup_monitor::testing
