// Applications in no plan: said once, when it has been so for a day.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;

Module& Of(Night& night, const char* id) { return night.cluster().modules.at(ModuleId{id}); }

/// "web" of node 1 is in no plan since "0 12:00".
Night WithoutPlan() {
  Night night;
  night.HasPlan("daily", {"a", "web"});
  night.cluster().plans.at(PlanId{"daily"}).expected.pop_back();
  Of(night, "web").uuid = "one";
  night.Look();
  return night;
}

TEST_CASE("an application in no plan is reported after a day, and once", "[run][coverage]") {
  Night night = WithoutPlan();
  night.Until("1 11:59:59");
  CHECK(night.TakeMails().empty());
  night.Until("1 12:00");
  CHECK(night.TakeMails() == Lines{"1 12:00 unprotected web"});
  night.Restart();
  night.Until("5 12:00");
  CHECK(night.TakeMails().empty());

  SECTION("and again, if it has been in one meanwhile") {
    Plan& plan = night.cluster().plans.at(PlanId{"daily"});
    plan.expected.emplace_back("web");
    night.Look();
    plan.enabled = false;  // now neither is in an enabled one
    night.Until("5 13:00");
    night.Until("6 12:00");
    CHECK(night.TakeMails().empty());
    night.Until("6 12:05");
    CHECK(night.TakeMails() == Lines{"6 12:05 unprotected a web"});
  }
  SECTION("and again, if it is another with the same id") {
    Of(night, "web").uuid = "two";
    night.Until("6 12:04:59");
    CHECK(night.TakeMails().empty());
    night.Until("6 12:05");
    CHECK(night.TakeMails() == Lines{"6 12:05 unprotected web"});
  }
  SECTION("not if its UUID is not known for a while") {
    Of(night, "web").uuid.clear();
    night.Until("6 12:00");
    Of(night, "web").uuid = "one";
    night.Until("9 12:00");
    CHECK(night.TakeMails().empty());
  }
  SECTION("and again, if it was away") {
    const Module web = Of(night, "web");
    night.cluster().modules.erase(web.id);
    night.Look();
    night.cluster().modules.emplace(web.id, web);
    night.Until("6 12:05");
    CHECK(night.TakeMails() == Lines{"6 12:05 unprotected web"});
  }
}

TEST_CASE("one that needs no backup is not missed", "[run][coverage]") {
  Night night = WithoutPlan();
  Of(night, "web").needs_backup = false;
  night.Until("3 12:00");
  CHECK(night.TakeMails().empty());
  CHECK(night.tracker().memory().module_watches.empty());
}

TEST_CASE("an exemption keeps it quiet, and its end is news", "[run][coverage]") {
  Night night = WithoutPlan();
  SECTION("from the begin") {}
  SECTION("after it was reported") {
    night.Until("1 12:00");
    CHECK(night.TakeMails().size() == 1);
  }
  Of(night, "web").exempt = Exemption{At("3 00:00"), "a test"};
  night.Until("3 12:00");
  CHECK(night.TakeMails().empty());
  Of(night, "web").exempt.reset();
  night.Until("3 12:05");
  CHECK(night.TakeMails() == Lines{"3 12:05 unprotected web"});
}

TEST_CASE("a clock that steps back before the first look counts from there", "[run][coverage]") {
  Night night = WithoutPlan();
  night.SetClock(At("0 11:00"));
  night.Look();
  night.Until("1 10:59:59");
  CHECK(night.TakeMails().empty());
  night.Until("1 11:00");
  CHECK(night.TakeMails() == Lines{"1 11:00 unprotected web"});
}

}  // namespace
}  // namespace backup_monitor::testing
