// What single conditions of the rules for alerts decide.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using Answer = run::AlertAnswer::Kind;

TEST_CASE("an alert names a removed plan by its id, whatever it was called", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.cluster().plans.at(PlanId{"daily"}).name = "Nightly";
  night.Until("1 12:10");
  night.RemovePlan("daily");
  night.Until("1 12:30");
  night.Alert({{"id", "daily"}}, night.now());
  night.Until("1 13:00");
  CHECK(night.TakeMails() == Lines{});
  CHECK(night.answers().front() == Answer::kPlanIsGone);
}

TEST_CASE("an alert without a plan means a run that is open, however old its results",
          "[run][alert]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 02:30");
  night.Alert({}, At("2 02:30"));
  night.Until("2 02:45");
  CHECK(night.TakeMails() == Lines{});
  night.Saves("daily", "b", "2 01:10", "2 02:46");
  // a had ended before the alert began: what has failed is not known.
  CHECK(night.TakeMails() == Lines{"2 02:46 final daily INCOMPLETE: a succeeded, b succeeded"});
}

TEST_CASE("two requests without a start are two, though they say the same", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.Alert({{"id", "stranger"}}, std::nullopt);
  night.Alert({{"id", "stranger"}}, std::nullopt);
  night.Until("1 12:10");
  CHECK(night.TakeMails().size() == 2);
  CHECK(night.answers() ==
        std::vector<std::optional<Answer>>{Answer::kReported, Answer::kReported});
}

TEST_CASE("a truncated alert opens no run of a plan that is not in the compact layout",
          "[run][alert]") {
  Night night;
  night.HasPlan("one", {"a"});
  night.HasPlan("two", {"b@2"});
  night.Saves("one", "a", "1 01:00", "1 01:10");
  night.Saves("two", "b", "1 01:00", "1 01:20");
  night.Fails("one", "a", "2 01:00", "2 01:10");
  night.Saves("two", "b", "2 01:00", "2 01:20");
  REQUIRE(night.TakeMails().size() == 4);
  night.Until("2 01:21");
  night.Alert({{"id", "one"}}, At("2 01:10"), true);
  night.Until("3 00:00");
  CHECK(night.TakeMails() == Lines{});
  CHECK(night.tracker().memory().newest_run == RunId{4});
}

TEST_CASE("an alert about a plan of the compact layout without any status finds none",
          "[run][alert][compact]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.cluster().plans.at(PlanId{"daily"}).compact = true;
  night.Until("1 01:00");
  night.AlertFor("daily", "1 01:00");
  night.Until("1 02:00");
  CHECK(night.TakeMails() == Lines{"1 01:00:30 no status daily REPO_FAILURE: a never_ran"});
}

TEST_CASE("one plan's error explains an alert without a plan for the others, too", "[run][alert]") {
  Night night;
  night.HasPlan("one", {"a"});
  night.HasPlan("two", {"b@2"});
  night.Saves("one", "a", "1 01:00", "1 01:10");
  night.Saves("two", "b", "1 01:00", "1 01:20");
  (void)night.TakeMails();
  night.LosesEvents();
  night.Until("2 01:09");
  night.Write(Record("one", "a", At("2 01:00"), At("2 01:08"), 1));
  night.Write(Record("two", "b@2", At("2 01:00"), At("2 01:08:30")));
  night.Alert({}, At("2 01:09"));
  night.Until("2 03:00");
  CHECK(night.TakeMails() ==
        Lines{"2 01:09:30 final one REPO_FAILURE: a failed + two SUCCESS: b succeeded"});
}

TEST_CASE("a single run that had to wait for the hour is reported as it is", "[run][alert][rate]") {
  Night night = AfterOneCleanRun({"a"});
  for (const char* plan : {"p1", "p2", "p3", "p4"}) {
    night.HasPlan(plan, {"x"});
    night.AlertFor(plan, "1 12:00");
  }
  night.Until("1 12:30");
  CHECK(night.TakeMails().size() == 3);
  night.Until("1 14:00");
  CHECK(night.TakeMails() == Lines{"1 13:00:30 no status p4 REPO_FAILURE: x never_ran"});
}

}  // namespace
}  // namespace backup_monitor::testing
