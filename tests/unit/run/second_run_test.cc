
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("a manual run ten minutes after the scheduled one, both open, are two reports",
          "[run][second]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});

  night.Saves("daily", "a", "2 01:00", "2 01:05");
  night.Fails("daily", "a", "2 01:10", "2 01:15");  // by hand
  night.Saves("daily", "b", "2 01:05", "2 01:25");
  night.Saves("daily", "c", "2 01:25", "2 01:45");
  night.Saves("daily", "b", "2 01:25:30", "2 01:45:30");  // by hand: it was busy
  night.Saves("daily", "c", "2 01:46", "2 02:06");        // by hand
  night.Until("3 00:00");

  CHECK(night.TakeMails() ==
        Lines{"2 01:30 early daily: a failed",
              "2 01:45 final daily SUCCESS: a succeeded, b succeeded, c succeeded",
              "2 02:06 final daily PARTIAL: a failed, b succeeded, c succeeded"});
}

TEST_CASE("a third run that opens closes the oldest", "[run][second]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:05");
  night.Saves("daily", "a", "2 01:10", "2 01:15");
  CHECK(night.TakeMails() == Lines{});
  night.Saves("daily", "a", "2 01:20", "2 01:25");
  CHECK(night.TakeMails() == Lines{"2 01:25 final daily INCOMPLETE: a succeeded, b not_finished"});

  night.Until("3 00:00");
  CHECK(night.TakeMails() == Lines{"2 03:00 final daily INCOMPLETE: a succeeded, b not_finished",
                                   "2 03:10 final daily INCOMPLETE: a succeeded, b not_finished"});
}

TEST_CASE("the record that opens the third run is known when the oldest closes", "[run][second]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:05");
  night.Saves("daily", "a", "2 01:10", "2 01:15");
  night.Saves("daily", "b", "2 00:40", "2 01:25");  // while a was saved: another process

  CHECK(night.TakeMails() ==
        Lines{"2 01:25 final daily SUCCESS: a succeeded, b succeeded (other run)"});
}

TEST_CASE("a silent module takes the verdict of a run that overlaps, with its time",
          "[run][second]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:05");
  night.Saves("daily", "a", "2 01:10", "2 01:20");
  night.Fails("daily", "b", "2 01:20", "2 01:30");
  night.Until("3 00:00");

  CHECK(night.TakeMails() ==
        Lines{"2 01:30 final daily PARTIAL: a succeeded, b failed",
              "2 02:50 final daily PARTIAL: a succeeded, b failed (other run)"});
  const Row& borrowed = night.told().back().sections.front().rows.at(ModuleId{"b"});
  CHECK(borrowed.record->start == At("2 01:20"));
}

TEST_CASE("a run by hand right after the scheduled one is a run of its own", "[run][second]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.CleanRun("daily", "2 01:00");
  night.CleanRun("daily", "2 01:20:05");

  CHECK(night.TakeMails() == Lines{"2 01:20 final daily SUCCESS: a succeeded, b succeeded",
                                   "2 01:40:05 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("an hourly plan is one report each hour", "[run][second]") {
  Night night;
  night.HasPlan("hourly", {"a@1", "b@2"});

  for (const char* hour : {"1 01:", "1 02:", "1 03:"}) {
    const std::string at = hour;
    night.Saves("hourly", "a", at + "00", at + "10");
    night.Saves("hourly", "b", at + "00", at + "20");
  }

  CHECK(night.TakeMails() == Lines{"1 01:20 final hourly SUCCESS: a succeeded, b succeeded",
                                   "1 02:20 final hourly SUCCESS: a succeeded, b succeeded",
                                   "1 03:20 final hourly SUCCESS: a succeeded, b succeeded"});
}

}  // namespace
}  // namespace backup_monitor::testing
