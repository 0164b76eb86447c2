// Histories that were once reported wrongly: what a run-backup did on each node is one run, no more and no less.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;

TEST_CASE("H: an alert that repeats about a plan without modules is reported once",
          "[run][passes]") {
  Night night = AfterOneCleanRun({"a"});
  night.HasPlan("daily", {});
  SECTION("the module is in the cluster") {}
  SECTION("the cluster is empty") { night.cluster().modules.clear(); }
  night.Until("1 18:00");
  for (const char* time : {"1 18:00", "1 21:00", "2 00:00", "2 03:00", "2 06:00"}) {
    night.Until(time);
    night.AlertFor("daily", "1 17:59");
  }
  night.Until("2 12:00");
  CHECK(night.TakeMails().size() <= 1);
}

TEST_CASE("K: what an early notice has said is in the final report", "[run][passes]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Fails("daily", "b", "2 01:00", "2 01:01");
  night.Until("2 01:17");
  night.HasPlan("daily", {"a", "c"});
  night.cluster().modules.erase(ModuleId{"b"});
  night.Until("2 01:30");
  night.Saves("daily", "a", "2 01:30", "2 01:40");
  night.Saves("daily", "c", "2 01:40", "2 01:50");
  CHECK(night.TakeMails() ==
        Lines{"2 01:16 early daily: b failed",
              "2 01:50 final daily PARTIAL: a succeeded, b failed, c succeeded"});
}

TEST_CASE("K: the only module is taken out of its plan while it is saved", "[run][passes]") {
  Night night = AfterOneCleanRun({"a"});
  night.Until("2 01:05");
  night.HasPlan("daily", {});
  night.Until("2 01:20");
  night.Saves("daily", "a", "2 01:00", "2 01:30");
  CHECK(night.TakeMails() == Lines{"2 01:30 final daily SUCCESS: a succeeded"});
}

TEST_CASE("D: a failure does not shorten what is expected", "[run][passes]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Saves("daily", "b", "1 01:10", "1 04:10");
  night.Fails("daily", "a", "2 01:00", "2 01:01");
  night.Fails("daily", "b", "2 01:01", "2 01:02");
  REQUIRE(night.TakeMails().size() == 2);
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Saves("daily", "b", "3 01:10", "3 04:10");
  CHECK(night.TakeMails() == Lines{"3 04:10 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("E: what joins the plan while a run goes on is not expected of it", "[run][passes]") {
  Night night = AfterOneCleanRun({"a"});
  night.Until("2 13:51");
  night.HasPlan("daily", {"a", "n"});
  night.Saves("daily", "a", "2 13:45", "2 15:18");
  CHECK(night.TakeMails() == Lines{"2 15:18 final daily SUCCESS: a succeeded"});
}

TEST_CASE("F: a clean-up of hours lies between an end and its record", "[run][passes]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Until("2 03:00");
  night.Write(Record("daily", "a", At("2 01:00"), At("2 01:10"), 0));
  night.Look();
  night.Saves("daily", "b", "2 03:00:03", "2 03:10");
  CHECK(night.TakeMails() == Lines{"2 03:10 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("C: who is installed between the modules of a night keeps nights apart",
          "[run][passes]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});
  night.Write(Record("daily", "a", At("0 02:00"), At("0 09:00"), 0));
  night.Write(Record("daily", "b", At("-1 09:00"), At("-1 12:00"), 0));
  night.LoseStore();  // installed now
  night.Until("0 12:01");
  night.Saves("daily", "b", "0 09:00", "0 12:10");
  night.Saves("daily", "a", "1 02:00", "1 09:00");
  night.Saves("daily", "b", "1 09:00", "1 12:00");
  CHECK(night.TakeMails() == Lines{"0 12:10 final daily SUCCESS: a succeeded, b succeeded",
                                   "1 12:00 final daily SUCCESS: a succeeded, b succeeded"});
}

/// Installed at noon of day 0, with a record of `a` as history.
Night WithHistory(std::initializer_list<const char*> modules, const char* start, const char* end) {
  Night night;
  night.HasPlan("daily", modules);
  night.Write(Record("daily", "a", At(start), At(end), 0));
  night.LoseStore();
  night.Until("0 12:01");
  return night;
}

TEST_CASE("history joins at once only what its node went on with at once, in the plan's order",
          "[run][passes]") {
  SECTION("300 s later") {
    Night night = WithHistory({"a", "b"}, "0 11:00", "0 12:00");
    night.Saves("daily", "b", "0 12:05", "0 12:30");
    CHECK(night.TakeMails() == Lines{"0 12:30 final daily SUCCESS: a succeeded, b succeeded"});
  }
  SECTION("301 s later") {
    Night night = WithHistory({"a", "b"}, "0 11:00", "0 12:00");
    night.Saves("daily", "b", "0 12:05:01", "0 12:30");
    CHECK(night.TakeMails() == Lines{});
  }
  SECTION("another one comes first in the plan") {
    Night night = WithHistory({"b", "a"}, "0 11:00", "0 12:00");
    night.Saves("daily", "b", "0 12:00", "0 12:30");
    CHECK(night.TakeMails() == Lines{});
  }
  SECTION("another node") {
    Night night = WithHistory({"a", "b@2"}, "0 11:00", "0 12:00");
    night.Saves("daily", "b@2", "0 12:00", "0 12:30");
    CHECK(night.TakeMails() == Lines{});
  }
}

TEST_CASE("history of another node is of the run that began at the same time", "[run][passes]") {
  const auto [start, row] = GENERATE(table<const char*, std::string>(
      {{"0 11:45", "a succeeded"}, {"0 11:44:59", "a not_finished"}}));
  Night night = WithHistory({"a", "b@2"}, start, "0 11:59");
  night.Saves("daily", "b@2", "0 12:00", "0 12:30");
  night.Until("1 12:00");
  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().find(row) != std::string::npos);
}

TEST_CASE("an unwatched clean-up links history to what its node did next", "[run][passes]") {
  // a takes from 02:00 to the end, what comes after it on its node begins at noon.
  const auto [modules, end, errors, row] =
      GENERATE(table<std::vector<const char*>, const char*, std::uint32_t, std::string>(
          {{{"a", "b"}, "0 06:01", 0, "a succeeded"},
           {{"a", "b"}, "0 06:00:59", 0, "a not_finished"},
           {{"a", "b"}, "0 06:01", 1, "a not_finished"},
           {{"a", "c", "b"}, "0 06:01", 0, "a not_finished"},
           {{"b", "a"}, "0 06:01", 0, "a not_finished"}}));
  Night night;
  night.HasPlan("daily", modules);
  night.Write(Record("daily", "a", At("0 02:00"), At(end), errors));
  night.LoseStore();
  night.Until("0 12:00:30");
  night.Saves("daily", "b", "0 12:01", "0 12:30");
  night.Until("1 12:00");
  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().find(row) != std::string::npos);
}

TEST_CASE("history before a module that has left the plan is not linked to it", "[run][passes]") {
  Night night;
  night.HasPlan("daily", {"a", "x"});
  night.Write(Record("daily", "a", At("0 02:00"), At("0 06:30")));
  night.LoseStore();
  night.Until("0 12:00:20");
  night.HasPlan("daily", {"a"});
  night.Saves("daily", "x", "0 12:01", "0 12:30");
  night.Until("1 12:00");
  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().find("a not_finished") != std::string::npos);
}

TEST_CASE("an error that is found when the early notice is due is in it", "[run][passes]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Fails("daily", "a", "2 01:00", "2 01:01");
  night.Until("2 01:15:59");
  night.Write(Record("daily", "b", At("2 01:01"), At("2 01:15:59"), 1));
  night.Until("2 01:16");
  night.HasPlan("daily", {"a", "c"});
  night.Until("2 01:40");
  night.Saves("daily", "c", "2 01:40", "2 01:50");
  CHECK(night.TakeMails() == Lines{"2 01:16 early daily: a failed, b failed",
                                   "2 01:50 final daily PARTIAL: a failed, b failed, c succeeded"});
}

TEST_CASE("what has left a plan stays away, look after look", "[run][passes]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.HasPlan("daily", {"a", "c"});
  night.Until("2 01:20");
  for (const char* time : {"2 01:25", "2 01:30", "2 01:35"}) {
    night.Until(time);
    CHECK(night.tracker().Find(RunId{2})->modules.at(ModuleId{"b"}).left);
  }
}

TEST_CASE("an error after the early notice is not in it", "[run][passes]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Fails("daily", "a", "2 01:00", "2 01:01");
  night.Until("2 01:16");
  night.Fails("daily", "b", "2 01:01", "2 01:16:01");
  night.HasPlan("daily", {"a", "c"});
  night.Until("2 01:40");
  night.Saves("daily", "c", "2 01:40", "2 01:50");
  CHECK(night.TakeMails() == Lines{"2 01:16 early daily: a failed",
                                   "2 01:50 final daily PARTIAL: a failed, c succeeded"});
}

TEST_CASE("a record says by when it was stored if somebody looked within the hour",
          "[run][passes]") {
  const auto [pause, known] =
      GENERATE(table<seconds, bool>({{hours{1}, true}, {hours{1} + seconds{1}, false}}));
  Night night = AfterOneCleanRun({"a", "b"});
  night.Look();
  night.Stop();
  night.Until(night.now() + pause);
  night.Write(Record("daily", "a", night.now() - seconds{900}, night.now() - seconds{600}));
  night.Start();
  night.Look();
  const Run* run = night.tracker().Find(night.tracker().memory().newest_run);
  REQUIRE(run != nullptr);
  REQUIRE(run->open());
  CHECK(run->modules.at(ModuleId{"a"}).record->stored_by.has_value() == known);
}

TEST_CASE("a clock that was ahead when a record was found does not lengthen the wait for others",
          "[run][passes]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Until("2 01:10");
  night.SetClock(night.now() + hours{1});
  night.Write(Record("daily", "a", At("2 01:00"), At("2 01:10")));
  night.Look();
  night.SetClock(At("2 01:11"));
  night.Look();
  night.Until("2 03:00");
  CHECK(night.TakeMails() == Lines{"2 02:50 final daily INCOMPLETE: a succeeded, b not_finished"});
}

TEST_CASE("what begins after the cap is of another run", "[run][passes]") {
  const auto [start, joins] =
      GENERATE(table<const char*, bool>({{"2 21:00", true}, {"2 21:00:01", false}}));
  Night night = AfterOneCleanRun({"a"});
  night.HasPlan("daily", {"a", "b@2"});
  night.Saves("daily", "a", "2 01:00", "2 22:00");
  REQUIRE(night.TakeMails() == Lines{"2 22:00 final daily INCOMPLETE: a succeeded, b never_ran"});
  night.Saves("daily", "b@2", start, "2 23:00");
  const Lines update{"2 23:00 update daily SUCCESS: a succeeded, b succeeded"};
  CHECK((night.TakeMails() == update) == joins);
}

TEST_CASE("J: hourly runs of two nodes keep their hours", "[run][passes]") {
  Night night;
  night.HasPlan("hourly", {"a@1", "b@2"});
  night.Write(Record("hourly", "a@1", At("0 11:00"), At("0 11:01"), 0));
  night.Write(Record("hourly", "b@2", At("0 11:00"), At("0 11:35"), 0));
  night.LoseStore();
  for (int hour = 12; hour < 16; ++hour) {
    const std::string h = "0 " + std::to_string(hour);
    night.Saves("hourly", "a@1", h + ":00", h + ":01");
    night.Saves("hourly", "b@2", h + ":00", h + ":35");
  }
  CHECK(night.TakeMails() == Lines{"0 12:35 final hourly SUCCESS: a succeeded, b succeeded",
                                   "0 13:35 final hourly SUCCESS: a succeeded, b succeeded",
                                   "0 14:35 final hourly SUCCESS: a succeeded, b succeeded",
                                   "0 15:35 final hourly SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("G: of a first run in which one module is busy everything is known after an hour",
          "[run][passes]") {
  Night night;
  night.HasPlan("daily", {"a", "b", "c"});
  night.Until("1 00:00");
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Saves("daily", "c", "1 01:10", "1 01:46");
  night.Until("1 12:00");
  CHECK(night.TakeMails() ==
        Lines{"1 02:56 final daily INCOMPLETE: a succeeded, b never_ran, c succeeded"});
}

TEST_CASE("B: one report and one update, however many records are late", "[run][passes]") {
  Night night = AfterOneCleanRun({"a", "b", "c", "d"});
  night.Saves("daily", "a", "2 01:00", "2 22:00");
  night.Saves("daily", "b", "2 22:00", "2 22:10");
  night.Saves("daily", "c", "2 22:10", "2 22:20");
  night.Saves("daily", "d", "2 22:20", "2 22:30");
  night.Until("3 12:00");
  CHECK(night.TakeMails().size() <= 2);
}

}  // namespace
}  // namespace backup_monitor::testing
