// How a plan is doing, as every surface says it.

#include "run/plan_state.h"

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

std::string StateNow(Night& night, const std::string& plan = "daily") {
  night.Look();
  return std::string{
      run::Name(run::StateOf(PlanId{plan}, night.cluster(), night.tracker().memory(), {}))};
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
}

TEST_CASE("a plan whose results are all from before the first look is unknown", "[run][state]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.Write(Record("daily", "a@1", At("0 01:00"), At("0 01:10")));
  CHECK(StateNow(night) == "unknown");
}

}  // namespace
}  // namespace backup_monitor::testing
