
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;

constexpr hours kUntil2030{24 * 365 * 4};

TEST_CASE("a clock one hour back between two modules does not part a run", "[run][clock]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:30");
  night.SetClock(At("2 00:30"));
  night.Saves("daily", "b", "2 00:30", "2 00:50");
  night.Until("2 20:00");

  CHECK(night.TakeMails() == Lines{"2 00:50 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a clock one hour back within a module does not part a run", "[run][clock]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Saves("daily", "a", "2 01:00", "2 01:30");
  night.Until("2 01:45");
  night.SetClock(At("2 00:45"));
  night.Saves("daily", "b", "2 01:30", "2 00:50");
  night.Until("2 20:00");

  CHECK(night.TakeMails() == Lines{"2 00:50 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a record that starts before the last one is new all the same", "[run][clock]") {
  Night night = AfterOneCleanRun({"a"});

  night.Saves("daily", "a", "2 03:00", "2 03:10");
  night.SetClock(At("2 02:15"));
  night.Fails("daily", "a", "2 02:20", "2 02:25");  // by hand
  night.Saves("daily", "a", "3 03:00", "3 03:10");

  CHECK(night.TakeMails() == Lines{"2 03:10 final daily SUCCESS: a succeeded",
                                   "2 02:25 final daily REPO_FAILURE: a failed",
                                   "3 03:10 final daily SUCCESS: a succeeded"});
}

TEST_CASE("a node's clock an hour behind does not part a run", "[run][clock]") {
  Night night = AfterOneCleanRun({"a@1", "b@2"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:20");
  StatusRecord behind = Record("daily", "b@2", At("2 00:00"), At("2 00:20"));
  night.Write(behind);
  night.Look();

  CHECK(night.TakeMails() == Lines{"2 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a node whose clock once stood in 2030 is reported then and ever after", "[run][clock]") {
  Night night = AfterOneCleanRun({"a@1", "b@2"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:20");
  night.Write(Record("daily", "b@2", At("2 01:10") + kUntil2030, At("2 01:20") + kUntil2030));
  night.Look();
  CHECK(night.TakeMails() == Lines{"2 01:20 final daily SUCCESS: a succeeded, b succeeded"});

  SECTION("its clock is right again the next night") { night.CleanRun("daily", "3 01:00"); }
  SECTION("and the daemon was restarted") {
    night.Restart();
    night.CleanRun("daily", "3 01:00");
  }
  CHECK(night.TakeMails() == Lines{"3 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a record of 2030 that stays in Redis is told once", "[run][clock]") {
  Night night = AfterOneCleanRun({"a"});
  night.Until("2 01:10");
  night.Write(Record("daily", "a", At("2 01:00") + kUntil2030, At("2 01:10") + kUntil2030));

  for (const char* day : {"5 00:00", "11 00:00", "12 00:00", "25 00:00"}) {
    night.Until(day);
    night.Restart();
  }

  CHECK(night.TakeMails() == Lines{"2 01:15 final daily SUCCESS: a succeeded"});
}

TEST_CASE("our own clock days ahead: what has just been stored is reported", "[run][clock]") {
  const auto ahead = GENERATE(std::chrono::days{8}, std::chrono::days{400});
  Night night = AfterOneCleanRun({"a", "b"});
  night.Until("2 01:05");
  night.SetClock(night.now() + ahead);
  night.Look();
  night.SetClock(night.now() + std::chrono::minutes{10});
  night.Write(Record("daily", "a", At("2 01:00"), At("2 01:10")));
  night.Look();
  night.SetClock(night.now() + std::chrono::minutes{10});
  night.Write(Record("daily", "b", At("2 01:10"), At("2 01:20"), 1));
  night.Look();
  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].find("PARTIAL (after a gap): a succeeded, b failed") != std::string::npos);
}

TEST_CASE("an old record that comes back is history, whatever the clock", "[run][clock]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Until("12 01:00");
  const auto back = GENERATE(seconds{0}, std::chrono::hours{24});
  night.Write(Record("daily", "a", At("1 01:00") - back - seconds{1}, At("1 01:10") - back));
  night.Look();
  night.Until("14 00:00");
  CHECK(night.TakeMails().empty());
}

TEST_CASE("a run that opened while our own clock stood in 2030 still closes", "[run][clock]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Until("2 01:10");
  night.SetClock(At("2 01:10") + kUntil2030);
  night.Saves("daily", "a", Text(At("2 01:00") + kUntil2030), Text(At("2 01:10") + kUntil2030));
  night.SetClock(At("2 01:12"));

  SECTION("with the record that was missing") {
    night.Saves("daily", "b", "2 01:12", "2 01:20");
    // Four years lie between two readings of the clock: whether anybody looked is not known.
    CHECK(night.TakeMails() ==
          Lines{"2 01:20 final daily SUCCESS (after a gap): a succeeded, b succeeded"});
  }
  SECTION("within the cap and a look, though nothing comes") {
    night.Until("2 21:17");
    CHECK(night.TakeMails().size() == 1);
  }
  night.CleanRun("daily", "3 01:00");
  CHECK(night.TakeMails() == Lines{"3 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE(
    "a run that a clock years ahead has reopened closes six hours after the clock is right again",
    "[run][clock]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 03:00");
  (void)night.TakeMails();
  night.SetClock(At("2 04:00") + kUntil2030);
  night.Write(Record("daily", "b@1", At("2 03:50"), At("2 03:55"), 1));
  night.Look();
  night.SetClock(At("2 05:00"));
  night.Look();
  night.Until("2 11:00");
  for (const auto& [id, run] : night.tracker().memory().runs) CHECK_FALSE(run.open());
}

}  // namespace
}  // namespace backup_monitor::testing
