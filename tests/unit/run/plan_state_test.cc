// How a plan is doing, as every surface says it.

#include "run/plan_state.h"

#include "catch.h"
#include "unit/run/day_time.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

PlanStatus StatusNow(Night& night) {
  night.Look();
  return run::StatusOf(PlanId{"daily"}, night.cluster(), night.tracker().memory(), {});
}

std::string StateNow(Night& night, const std::string& plan = "daily") {
  night.Look();
  return std::string{
      Name(run::StatusOf(PlanId{plan}, night.cluster(), night.tracker().memory(), {}).state)};
}

/// "daily" of a is due at 01:00, and has run once.
Night Due() {
  Night night;
  night.Until("1 00:30");
  night.HasPlan("daily", {"a"});
  night.IsDue("daily", "01:00");
  night.Look();
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  return night;
}

TEST_CASE("a plan is good after a good run, and failing after another", "[run][state]") {
  Night night = Due();
  CHECK(StateNow(night) == "good");
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  CHECK(StateNow(night) == "failing");
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  CHECK(StateNow(night) == "good");
}

TEST_CASE("a plan is late from its grace time on, and missed from its deadline on",
          "[run][state]") {
  Night night = Due();
  night.Until("2 01:29:59");
  CHECK(StateNow(night) == "good");
  night.Until("2 01:30");
  CHECK(StateNow(night) == "late");
  night.Until("2 01:44:59");
  CHECK(StateNow(night) == "late");
  night.Until("2 01:45");  // 30 minutes, and 1.5 × 10
  CHECK(StateNow(night) == "missed");
  night.Until("2 20:00");
  CHECK(StateNow(night) == "missed");
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  CHECK(StateNow(night) == "good");
}

TEST_CASE("a status names the due moment that nothing answers, and the next", "[run][state]") {
  Night night = Due();
  CHECK(StatusNow(night) == PlanStatus{PlanState::kGood, {}, At("2 01:00"), ""});
  night.Until("2 01:30");
  CHECK(StatusNow(night) == PlanStatus{PlanState::kLate, At("2 01:00"), At("3 01:00"), ""});
  night.Until("2 01:45");
  CHECK(StatusNow(night) == PlanStatus{PlanState::kMissed, At("2 01:00"), At("3 01:00"), ""});
  night.Until("3 01:30");
  CHECK(StatusNow(night).due == At("2 01:00"));  // the newer one is only late
  night.Until("3 01:45");
  CHECK(StatusNow(night).due == At("3 01:00"));
}

TEST_CASE("a run by hand does not make a missed one good, the next scheduled one does",
          "[run][state]") {
  Night night = Due();
  night.Until("2 01:45");
  night.Saves("daily", "a", "2 15:00", "2 15:10");
  CHECK(StateNow(night) == "missed");
  night.Restart();
  CHECK(StateNow(night) == "missed");
  SECTION("by the schedule") { night.Saves("daily", "a", "3 01:00", "3 01:10"); }
  SECTION("by another schedule") { night.IsDue("daily", "23:00"); }
  CHECK(StateNow(night) == "good");
}

TEST_CASE("a missed run of a plan that is due once a month is not forgotten after days",
          "[run][state]") {
  Night night;
  night.Until("1 00:30");
  night.HasPlan("daily", {"a"});
  night.IsDue("daily", "*-*-03 01:00");
  night.Look();
  night.Until("1 12:00");
  CHECK(StateNow(night) == "missed");
  night.Saves("daily", "a", "2 15:00", "2 15:10");
  night.Until("20 15:10");
  CHECK(StateNow(night) == "missed");
  night.Restart();
  CHECK(StateNow(night) == "missed");
}

TEST_CASE("of a plan that is due often, what is missed after the day's report counts too",
          "[run][state]") {
  Night night = Due();
  night.IsDue("daily", "*:00");
  night.Look();
  night.Until("1 13:00");
  CHECK(StateNow(night) == "missed");
  night.Saves("daily", "a", "1 13:00", "1 13:10");
  CHECK(StateNow(night) == "good");
  night.Until("1 16:00");
  CHECK(StatusNow(night).state == PlanState::kMissed);
  CHECK(StatusNow(night).due >= At("1 14:00"));
}

TEST_CASE("a success is good for two intervals and unknown after, where no due moment is judged",
          "[run][state]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.Look();
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  seconds most = run::kGoodWithoutSchedule;
  SECTION("no schedule") {}
  SECTION("a schedule, and no node that is known") {
    most = std::chrono::hours{48};
    night.IsDue("daily", "01:00");
    night.cluster().plans.at(PlanId{"daily"}).compact = true;
  }
  night.Until(At("1 01:10") + most);
  CHECK(StateNow(night) == "good");
  night.Until(At("1 01:10") + most + seconds{1});
  CHECK(StateNow(night) == "unknown");
}

TEST_CASE("a plan whose run goes on is not late", "[run][state]") {
  Night night = Due();
  night.HasPlan("daily", {"a", "b"});
  night.IsDue("daily", "01:00");
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 02:00");
  CHECK(StateNow(night) == "good");
}

TEST_CASE("a plan that has never run, or never runs by itself, is called so", "[run][state]") {
  Night night;
  night.HasPlan("daily", {"a"});
  CHECK(StateNow(night) == "never");
  Night refused = Due();
  refused.IsDue("daily", "30 2 * * *");
  CHECK(StateNow(refused) == "never");
  CHECK_FALSE(StatusNow(refused).never_due.empty());
  CHECK(StatusNow(night).never_due.empty());
}

TEST_CASE("a plan whose results are all from before the first look is unknown", "[run][state]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.Write(Record("daily", "a@1", At("0 01:00"), At("0 01:10")));
  CHECK(StateNow(night) == "unknown");
}

}  // namespace
}  // namespace backup_monitor::testing
