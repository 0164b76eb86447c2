
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("a record that comes late reopens the run silently and corrects the report",
          "[run][update]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 04:10");
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{"2 02:50 final daily INCOMPLETE: a succeeded, b not_finished",
                                   "2 04:10 update daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a reopened run waits again for what is still silent", "[run][update]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 04:10");
  // c: 04:10 + 2 × 10 minutes + q.
  night.Until("2 05:39:59");
  CHECK(night.TakeMails() ==
        Lines{"2 03:00 final daily INCOMPLETE: a succeeded, b not_finished, c not_finished"});
  night.Until("2 05:40");
  CHECK(night.TakeMails() ==
        Lines{"2 05:40 update daily INCOMPLETE: a succeeded, b succeeded, c not_finished"});

  night.Fails("daily", "c", "2 04:10", "2 06:00");
  CHECK(night.TakeMails() ==
        Lines{"2 06:00 update daily PARTIAL: a succeeded, b succeeded, c failed"});
}

TEST_CASE("a reopened run closes at the latest six hours after the record", "[run][update]") {
  Night night;
  night.HasPlan("daily", {"a", "b", "c"});
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Saves("daily", "c", "1 01:10", "1 03:40");
  night.Saves("daily", "b", "1 03:40", "1 03:50");
  CHECK(night.TakeMails().size() == 1);

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  // c: 01:00 + 2 h 40 + 2 × 2 h 30 + q.
  night.Saves("daily", "b", "2 01:10", "2 10:00");
  CHECK(night.TakeMails() ==
        Lines{"2 09:50 final daily INCOMPLETE: a succeeded, b not_finished, c not_finished"});

  // The wait for c is until 16:10, the cap at 21:00; 10:00 + 6 h comes first.
  night.Until("2 15:59:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 16:00");
  CHECK(night.TakeMails() ==
        Lines{"2 16:00 update daily INCOMPLETE: a succeeded, b succeeded, c not_finished"});
}

TEST_CASE("a late record that changes no verdict sends nothing", "[run][update]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:05");
  night.Saves("daily", "a", "2 01:10", "2 01:20");
  night.Saves("daily", "b", "2 01:20", "2 01:30");
  night.Until("2 03:00");
  CHECK(night.TakeMails() ==
        Lines{"2 01:30 final daily SUCCESS: a succeeded, b succeeded",
              "2 02:50 final daily SUCCESS: a succeeded, b succeeded (other run)"});

  night.Saves("daily", "b", "2 01:05", "2 03:10");
  night.Until("3 00:00");
  CHECK(night.TakeMails() == Lines{});
}

TEST_CASE("q after the last end on its node is the latest start that belongs to a run",
          "[run][update]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");

  SECTION("at the edge") {
    night.Saves("daily", "b", "2 02:20", "2 03:00");
    CHECK(night.TakeMails() == Lines{"2 02:50 final daily INCOMPLETE: a succeeded, b not_finished",
                                     "2 03:00 update daily SUCCESS: a succeeded, b succeeded"});
  }
  SECTION("one second past it") {
    night.Saves("daily", "b", "2 02:20:01", "2 03:00");
    night.Until("3 00:00");
    // a comes before b, so it was busy: 03:00 + q + 10 minutes.
    CHECK(night.TakeMails() ==
          Lines{"2 02:50 final daily INCOMPLETE: a succeeded, b not_finished",
                "2 04:20 final daily INCOMPLETE: a not_finished, b succeeded"});
  }
}

TEST_CASE("a node that begins later than usual corrects the run up to q and 15 minutes",
          "[run][update]") {
  // Last night b began 10 minutes after a.
  const auto [start, corrects] = GENERATE(
      table<const char*, bool>({{"2 02:35", true}, {"2 02:35:01", false}, {"2 02:49:59", false}}));
  Night night = AfterOneCleanRun({"a@1", "b@2"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", start, "2 03:30");

  const Lines mails = night.TakeMails();
  REQUIRE_FALSE(mails.empty());
  CHECK(mails[0] == "2 02:50 final daily INCOMPLETE: a succeeded, b not_finished");
  REQUIRE(mails.size() == (corrects ? 2 : 1));
  if (corrects) CHECK(mails[1] == "2 03:30 update daily SUCCESS: a succeeded, b succeeded");
}

}  // namespace
}  // namespace backup_monitor::testing
