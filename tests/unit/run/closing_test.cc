
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

// After one clean run the modules a, b, c have each taken 10 minutes and ended 10, 20 and 30 minutes
// after the run's begin; q is 70 minutes.

TEST_CASE("a run closes when the wait for its last silent module is over, not before",
          "[run][closing]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");

  // c: 01:00 + 30 minutes + 2 × 10 minutes + q.
  night.Until("2 02:59:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 03:00");
  CHECK(night.TakeMails() ==
        Lines{"2 03:00 final daily INCOMPLETE: a succeeded, b not_finished, c not_finished"});
}

TEST_CASE("the wait starts anew with each record of the module's node", "[run][closing]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 02:40");

  // c: 02:40 + 2 × 10 minutes + q.
  night.Until("2 04:09:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 04:10");
  CHECK(night.TakeMails() ==
        Lines{"2 04:10 final daily INCOMPLETE: a succeeded, b succeeded, c not_finished"});
}

TEST_CASE("a record of another node does not prolong the wait", "[run][closing]") {
  Night night = AfterOneCleanRun({"a@1", "b@1", "c@2"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 02:40");

  night.Until("2 02:59:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 03:00");
  CHECK(night.TakeMails() ==
        Lines{"2 03:00 final daily INCOMPLETE: a succeeded, b succeeded, c not_finished"});
}

TEST_CASE("whatever is missing, a run closes at the cap, not before", "[run][closing]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Saves("daily", "b", "1 01:10", "1 09:10");  // so the wait would be 8 h 10 + 16 h + q
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  CHECK(night.TakeMails() == Lines{"1 09:10 final daily SUCCESS: a succeeded, b succeeded"});

  night.Until("2 20:59:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 21:00");
  CHECK(night.TakeMails() == Lines{"2 21:00 final daily INCOMPLETE: a succeeded, b not_finished"});
}

TEST_CASE("a module that never ran is waited for until the cap once, then only for q",
          "[run][closing]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});

  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Until("1 20:59:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("1 21:00");
  CHECK(night.TakeMails() == Lines{"1 21:00 final daily INCOMPLETE: a succeeded, b never_ran"});

  SECTION("the same daemon") {}
  SECTION("after a restart") { night.Restart(); }
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 02:19:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 02:20");
  CHECK(night.TakeMails() == Lines{"2 02:20 final daily INCOMPLETE: a succeeded, b never_ran"});
}

TEST_CASE("a module given up as busy is not finished, and the others are one run",
          "[run][closing]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "c", "2 02:10", "2 02:20");  // NS8 tried b for 3600 s
  night.Until("3 00:00");

  // b: 02:20 + q + 10 minutes.
  CHECK(night.TakeMails() ==
        Lines{"2 03:40 final daily INCOMPLETE: a succeeded, b not_finished, c succeeded"});
}

TEST_CASE("a cancelled run is not finished, and the next night is a run of its own",
          "[run][closing]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.CleanRun("daily", "3 01:00");

  CHECK(night.TakeMails() ==
        Lines{"2 03:00 final daily INCOMPLETE: a succeeded, b not_finished, c not_finished",
              "3 01:30 final daily SUCCESS: a succeeded, b succeeded, c succeeded"});
}

TEST_CASE("a run cancelled in its first module is started by hand, and both are told",
          "[run][closing]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Fails("daily", "a", "2 01:00", "2 01:02");
  night.CleanRun("daily", "2 01:30");
  night.Until("3 00:00");

  // The first run waits for b until 02:50; then b's record of the second tells how b stands.
  CHECK(night.TakeMails() ==
        Lines{"2 01:17 early daily: a failed",
              "2 01:50 final daily SUCCESS: a succeeded, b succeeded",
              "2 02:50 final daily PARTIAL: a failed, b succeeded (other run)"});
}

}  // namespace
}  // namespace backup_monitor::testing
