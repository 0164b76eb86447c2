
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("a module added in the middle is not waited for", "[run][plan]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.HasPlan("daily", {"a", "b", "c"});
  night.Saves("daily", "b", "2 01:10", "2 01:20");
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{"2 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a module added in the middle counts with a record of this run", "[run][plan]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.HasPlan("daily", {"a", "b", "c"});
  night.Fails("daily", "c", "2 01:10", "2 01:15");
  night.Saves("daily", "b", "2 01:15", "2 01:20");

  CHECK(night.TakeMails() ==
        Lines{"2 01:20 final daily PARTIAL: a succeeded, b succeeded, c failed"});
}

TEST_CASE("a module taken out in the middle neither fails nor delays the run", "[run][plan]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.HasPlan("daily", {"a", "c"});

  SECTION("NS8 wrote an error for it") { night.Fails("daily", "b", "2 01:10", "2 01:11"); }
  SECTION("it has no record") {}
  night.Saves("daily", "c", "2 01:20", "2 01:30");
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{"2 01:30 final daily SUCCESS: a succeeded, c succeeded"});
}

TEST_CASE("a module taken out after it was saved counts as saved", "[run][plan]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 01:20");
  night.HasPlan("daily", {"a", "c"});
  night.Saves("daily", "c", "2 01:20", "2 01:30");

  CHECK(night.TakeMails() ==
        Lines{"2 01:30 final daily SUCCESS: a succeeded, b succeeded, c succeeded"});
}

TEST_CASE("a module moved in the middle is one row of one run", "[run][plan]") {
  Night night = AfterOneCleanRun({"a@1", "b@1"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.HasPlan("daily", {"a@1", "b@2"});
  night.Saves("daily", "b", "2 01:10", "2 01:20");
  night.CleanRun("daily", "3 01:00");

  CHECK(night.TakeMails() == Lines{"2 01:20 final daily SUCCESS: a succeeded, b succeeded",
                                   "3 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a disabled or renamed plan changes no run", "[run][plan]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");

  Plan& plan = night.cluster().plans.at(PlanId{"daily"});
  SECTION("disabled") { plan.enabled = false; }
  SECTION("renamed") { plan.name = "every night"; }
  night.Saves("daily", "b", "2 01:10", "2 01:20");

  CHECK(night.TakeMails() == Lines{"2 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a plan that expects nothing has no runs", "[run][plan]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.HasPlan("empty", {});

  night.Fails("empty", "a", "1 01:00", "1 01:10");
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{});
  CHECK(night.tracker().memory().runs.empty());
}

TEST_CASE("the open run of a plan that is gone closes, reported only if something failed",
          "[run][plan]") {
  Night night = AfterOneCleanRun({"a", "b"});

  SECTION("nothing failed") {
    night.Saves("daily", "a", "2 01:00", "2 01:10");
    night.RemovePlan("daily");
    night.Until("3 01:00");
    CHECK(night.TakeMails() == Lines{});
  }
  SECTION("something failed") {
    night.Fails("daily", "a", "2 01:00", "2 01:10");
    night.RemovePlan("daily");
    // Missed at 01:15 for the first time, gone at 01:20.
    night.Until("2 01:19:59");
    CHECK(night.TakeMails() == Lines{});
    night.Until("3 01:00");
    CHECK(night.TakeMails() == Lines{"2 01:20 final daily REPO_FAILURE: a failed, b not_finished"});
  }
}

TEST_CASE("a run that is due while its plan is missed waits until that is certain", "[run][plan]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");  // due at 02:50
  night.Until("2 02:48");
  const ClusterView whole = night.cluster();
  night.RemovePlan("daily");

  SECTION("it is gone") {
    night.Until("3 00:00");
    CHECK(night.TakeMails() == Lines{});
  }
  SECTION("it comes back") {
    night.Until("2 02:52");
    night.cluster() = whole;
    night.Until("3 00:00");
    CHECK(night.TakeMails() ==
          Lines{"2 02:55 final daily INCOMPLETE: a succeeded, b not_finished"});
  }
}

TEST_CASE("what one look misses is not gone", "[run][plan]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  const ClusterView whole = night.cluster();

  SECTION("a plan") { night.RemovePlan("daily"); }
  SECTION("a module") { night.HasPlan("daily", {"b"}); }
  night.Until("2 01:16");
  night.cluster() = whole;
  night.Saves("daily", "b", "2 01:10", "2 01:24");

  CHECK(night.TakeMails() == Lines{"2 01:24 final daily PARTIAL: a failed, b succeeded"});
}

}  // namespace
}  // namespace backup_monitor::testing
