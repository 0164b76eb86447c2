
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("a run is one report, when its last module has a record", "[run]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});

  night.Saves("daily", "a", "1 01:00", "1 01:10");
  CHECK(night.TakeMails() == Lines{});
  night.Saves("daily", "b", "1 01:10", "1 01:20");
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{"1 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("with every event lost the reconcile reports the run", "[run]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.LosesEvents();

  night.Saves("daily", "a", "2 01:00", "2 01:12");
  night.Fails("daily", "b", "2 01:12", "2 01:22");
  night.Until("2 23:00");

  CHECK(night.TakeMails() == Lines{"2 01:25 final daily PARTIAL: a succeeded, b failed"});
}

TEST_CASE("three nodes that finish six hours apart are one run", "[run]") {
  Night night;
  night.HasPlan("daily", {"a@1", "b@2", "c@3"});

  night.Saves("daily", "a", "1 01:00", "1 01:30");
  night.Saves("daily", "b", "1 01:00", "1 07:30");
  night.Saves("daily", "c", "1 01:00", "1 13:30");
  night.Saves("daily", "a", "2 01:00", "2 01:30");
  night.Fails("daily", "b", "2 01:00", "2 07:30");
  night.Saves("daily", "c", "2 01:00", "2 13:30");
  night.Until("3 00:00");

  CHECK(night.TakeMails() ==
        Lines{"1 13:30 final daily SUCCESS: a succeeded, b succeeded, c succeeded",
              "2 07:45 early daily: a succeeded, b failed",
              "2 13:30 final daily PARTIAL: a succeeded, b failed, c succeeded"});
}

TEST_CASE("three nodes that start six hours apart are one run", "[run]") {
  Night night;
  night.HasPlan("daily", {"a@1", "b@2", "c@3"});

  for (const char* day : {"1 ", "2 ", "3 "}) {
    const std::string on = day;
    night.Saves("daily", "a", on + "01:00", on + "01:30");
    night.Saves("daily", "b", on + "07:00", on + "07:30");
    night.Saves("daily", "c", on + "13:00", on + "13:30");
  }

  CHECK(night.TakeMails() ==
        Lines{"1 13:30 final daily SUCCESS: a succeeded, b succeeded, c succeeded",
              "2 13:30 final daily SUCCESS: a succeeded, b succeeded, c succeeded",
              "3 13:30 final daily SUCCESS: a succeeded, b succeeded, c succeeded"});
}

TEST_CASE("a last module that takes three hours every night is waited for", "[run]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});

  for (const char* day : {"1 ", "2 ", "3 "}) {
    const std::string on = day;
    night.Saves("daily", "a", on + "01:00", on + "01:10");
    night.Saves("daily", "b", on + "01:10", on + "04:10");
  }

  CHECK(night.TakeMails() == Lines{"1 04:10 final daily SUCCESS: a succeeded, b succeeded",
                                   "2 04:10 final daily SUCCESS: a succeeded, b succeeded",
                                   "3 04:10 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a node that is off one night is not finished, and back the next", "[run]") {
  Night night = AfterOneCleanRun({"a@1", "b@2"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("3 00:00");
  // b ended 20 minutes after the run's begin and took 10: 01:20 + 2 × 10 minutes + q.
  CHECK(night.TakeMails() == Lines{"2 02:50 final daily INCOMPLETE: a succeeded, b not_finished"});

  night.Saves("daily", "b", "3 01:00", "3 01:08");
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  CHECK(night.TakeMails() == Lines{"3 01:10 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a first backup of twenty hours is told at the cap and corrected when it ends", "[run]") {
  Night night = AfterOneCleanRun({"a"});
  night.HasPlan("daily", {"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 21:10");
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Saves("daily", "b", "3 01:10", "3 02:00");

  CHECK(night.TakeMails() == Lines{"2 21:00 final daily INCOMPLETE: a succeeded, b never_ran",
                                   "2 21:10 update daily SUCCESS: a succeeded, b succeeded",
                                   "3 02:00 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("plans do not mix", "[run]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});
  night.HasPlan("other", {"a", "c"});

  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Fails("other", "a", "1 01:10", "1 01:20");
  night.Saves("daily", "b", "1 01:10", "1 01:25");
  night.Saves("other", "c", "1 01:25", "1 01:30");

  CHECK(night.TakeMails() == Lines{"1 01:25 final daily SUCCESS: a succeeded, b succeeded",
                                   "1 01:30 final other PARTIAL: a failed, c succeeded"});
}

}  // namespace
}  // namespace backup_monitor::testing
