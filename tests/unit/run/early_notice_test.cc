
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("an open run with errors is announced early at its edge, not before", "[run][early]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Fails("daily", "a", "2 01:00", "2 01:10");

  night.Until("2 01:24:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 01:25");
  CHECK(night.TakeMails() == Lines{"2 01:25 early daily: a failed"});

  night.Saves("daily", "b", "2 01:10", "2 01:30");
  CHECK(night.TakeMails() == Lines{"2 01:30 final daily PARTIAL: a failed, b succeeded"});
}

TEST_CASE("the early notice counts from when the error was seen", "[run][early]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.LosesEvents();
  night.Fails("daily", "a", "2 01:00", "2 01:12");  // seen at 01:15

  night.Until("2 01:29:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 01:30");
  CHECK(night.TakeMails() == Lines{"2 01:30 early daily: a failed"});
}

TEST_CASE("a run is announced early once, whatever fails after", "[run][early]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  night.Fails("daily", "b", "2 01:10", "2 01:30");
  SECTION("the same daemon") {}
  SECTION("after a restart") { night.Restart(); }
  night.Fails("daily", "c", "2 01:30", "2 02:30");

  CHECK(night.TakeMails() ==
        Lines{"2 01:25 early daily: a failed",
              "2 02:30 final daily REPO_FAILURE: a failed, b failed, c failed"});
}

TEST_CASE("a run that closes before the notice is due has none", "[run][early]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 01:24:59");
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{"2 01:24:59 final daily PARTIAL: a failed, b succeeded"});
}

TEST_CASE("a run without errors has no early notice", "[run][early]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 02:40");

  CHECK(night.TakeMails() == Lines{"2 02:40 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a run that is being corrected has no early notice", "[run][early]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 04:00");
  CHECK(night.TakeMails().size() == 1);
  night.Fails("daily", "b", "2 01:10", "2 04:10");
  // c: 04:10 + 2 × 10 minutes + q.
  night.Until("2 05:39:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 05:40");
  CHECK(night.TakeMails() ==
        Lines{"2 05:40 update daily PARTIAL: a succeeded, b failed, c not_finished"});
}

TEST_CASE("an error that history brings is no news for an early notice", "[run][early]") {
  Night night;
  night.HasPlan("daily", {"a", "b", "c"});
  night.Write(Record("daily", "a", At("0 11:50"), At("0 12:00"), 1));
  night.LoseStore();
  night.Until("0 12:01");
  night.Saves("daily", "b", "0 12:00", "0 12:10");  // a joins at once, c never ran
  night.Until("0 14:00");
  CHECK(night.TakeMails() == Lines{});
  night.Saves("daily", "c", "0 12:10", "0 14:10");
  CHECK(night.TakeMails() ==
        Lines{"0 14:10 final daily PARTIAL: a failed, b succeeded, c succeeded"});
}

}  // namespace
}  // namespace backup_monitor::testing
