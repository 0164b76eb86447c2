// A plan whose schedule never starts it is reported once.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("a plan that never runs by itself is reported at once, and only once",
          "[run][never_due]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.IsDue("daily", "30 2 * * *");
  night.Look();
  CHECK(night.TakeMails() == Lines{"0 12:00 never due daily"});
  night.Until("2 12:00");
  night.Restart();
  night.Until("4 12:00");
  CHECK(night.TakeMails().empty());
}

TEST_CASE("plans that never run by themselves are reported together", "[run][never_due]") {
  Night night;
  night.HasPlan("a", {"m"});
  night.HasPlan("b", {"m"});
  night.HasPlan("c", {"m"});
  night.IsDue("a", "2020-01-01");
  night.IsDue("b", "01:00");
  night.IsDue("c", "30 2 * * *");
  night.Look();
  CHECK(night.TakeMails() == Lines{"0 12:00 never due a c"});
}

TEST_CASE("another schedule, or the plan enabled anew, is another report", "[run][never_due]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.IsDue("daily", "30 2 * * *");
  night.Look();
  REQUIRE(night.TakeMails().size() == 1);
  Plan& plan = night.cluster().plans.at(PlanId{"daily"});
  SECTION("another that never elapses") { night.IsDue("daily", "2020-01-01"); }
  SECTION("enabled anew") {
    plan.enabled = false;
    night.Look();
    plan.enabled = true;
  }
  night.Until("0 13:00");
  CHECK(night.TakeMails().size() == 1);
}

TEST_CASE("a schedule with an end is reported when its last run has been settled",
          "[run][never_due]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.IsDue("daily", "2026-03-03 01:00");
  night.Look();
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Until("1 12:00");
  CHECK(night.TakeMails() ==
        Lines{"1 01:10 final daily SUCCESS: a succeeded", "1 01:15 never due daily"});
}

TEST_CASE("of a plan that is disabled, or has no application, nothing is said",
          "[run][never_due]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.IsDue("daily", "30 2 * * *");
  Plan& plan = night.cluster().plans.at(PlanId{"daily"});
  for (auto& [id, module] : night.cluster().modules) module.needs_backup = false;
  SECTION("disabled") { plan.enabled = false; }
  SECTION("empty") { plan.expected.clear(); }
  night.Until("1 12:00");
  CHECK(night.TakeMails().empty());
}

}  // namespace
}  // namespace backup_monitor::testing
