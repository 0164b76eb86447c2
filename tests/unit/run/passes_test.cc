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

/// An hourly plan of two nodes has run four times, the last time at 4 o'clock of day 1; each backup takes a minute.
Night AfterFourHours() {
  Night night;
  night.HasPlan("hourly", {"a@1", "b@2"});
  for (const char* hour : {"1 01:", "1 02:", "1 03:", "1 04:"}) {
    const std::string at{hour};
    night.Saves("hourly", "a", at + "00", at + "01");
    night.Saves("hourly", "b", at + "00", at + "01");
  }
  REQUIRE(night.TakeMails().size() == 4);
  return night;
}

TEST_CASE("what starts 900 s before the next run begins is of that one", "[run][passes]") {
  const auto [start, end, joins] = GENERATE(table<const char*, const char*, bool>(
      {{"1 05:44:59", "1 05:50", true}, {"1 05:45", "1 05:50", false}}));
  Night night = AfterFourHours();
  night.Saves("hourly", "a", "1 05:00", "1 05:01");
  night.Saves("hourly", "b", start, end);
  const Lines together{"1 05:50 final hourly SUCCESS: a succeeded, b succeeded"};
  CHECK((night.TakeMails() == together) == joins);
}

TEST_CASE("the usual interval says nothing of a run that only an alert has opened",
          "[run][passes]") {
  Night night = AfterFourHours();
  night.Until("1 05:50");
  night.AlertFor("hourly", "1 05:50");
  night.Until("1 05:51");
  night.Saves("hourly", "a", "1 05:00", "1 05:52");
  night.Saves("hourly", "b", "1 05:00", "1 05:53");
  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].find("hourly SUCCESS: a succeeded, b succeeded") != std::string::npos);
}

TEST_CASE("it is time for the next run by when the pass began", "[run][passes]") {
  Night night;
  night.HasPlan("hourly", {"a", "b"});
  for (const char* hour : {"1 01:", "1 02:", "1 03:", "1 04:"}) {
    const std::string at{hour};
    night.Saves("hourly", "a", at + "00", at + "10");
    night.Saves("hourly", "b", at + "10", at + "20");
  }
  (void)night.TakeMails();
  const auto newest = [&] { return night.tracker().memory().newest_run; };
  SECTION("with its first record") {
    const auto [start, joins] =
        GENERATE(table<const char*, bool>({{"1 05:44:59", true}, {"1 05:45", false}}));
    night.Saves("hourly", "a", "1 05:00", "1 05:10");
    night.Saves("hourly", "b", start, "1 05:50");
    CHECK((newest() == RunId{5}) == joins);
  }
  SECTION("earlier by what was silent before that: a took 10 minutes") {
    const auto [start, joins] =
        GENERATE(table<const char*, bool>({{"1 05:44:59", true}, {"1 05:45", false}}));
    night.Saves("hourly", "b", "1 05:10", "1 05:20");
    night.Saves("hourly", "a", start, "1 05:50");
    CHECK((newest() == RunId{5}) == joins);
  }
  SECTION("but what the node goes on with within 300 s is of the same run") {
    const auto [start, joins] =
        GENERATE(table<const char*, bool>({{"1 06:05", true}, {"1 06:05:01", false}}));
    night.Saves("hourly", "a", "1 05:00", "1 06:00");
    night.Saves("hourly", "b", start, "1 06:10");
    CHECK((newest() == RunId{5}) == joins);
  }
}

TEST_CASE("a long backup that overlaps a short one is of another process", "[run][passes]") {
  const auto [start, together] =
      GENERATE(table<const char*, bool>({{"2 01:00", true}, {"2 00:59:59", false}}));
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Saves("daily", "a", "2 01:00", "2 01:04");
  night.Until("2 01:20");
  night.Write(Record("daily", "b", At(start), At("2 01:20")));
  night.Look();
  CHECK((night.tracker().memory().newest_run == RunId{2}) == together);
}

TEST_CASE("two records of a node are compared by its own clock", "[run][passes]") {
  // It is 10 minutes ahead, so the second one counts as [01:10, 01:25], though it began when the first had ended.
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.LosesEvents();
  night.Until("2 01:24");
  night.Write(Record("daily", "a", At("2 01:00"), At("2 01:20")));
  night.Write(Record("daily", "b", At("2 01:20"), At("2 01:35")));
  night.Until("2 01:25");
  night.Look();
  CHECK(night.tracker().memory().newest_run == RunId{2});
}

TEST_CASE("beyond the cap only what a node goes on with within q is of the run", "[run][passes]") {
  const auto [start, joins] =
      GENERATE(table<const char*, bool>({{"2 21:40", true}, {"2 21:40:01", false}}));
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 20:30");
  night.Saves("daily", "b", start, "2 21:50");
  const Run* run = night.tracker().Find(RunId{2});
  REQUIRE(run != nullptr);
  CHECK(run->modules.at(ModuleId{"b"}).record.has_value() == joins);
}

TEST_CASE("silent modules explain twice their duration and q, up to the cap", "[run][passes]") {
  const auto [took, start, joins] = GENERATE(table<std::chrono::minutes, const char*, bool>(
      {{std::chrono::minutes{600}, "2 21:00", true},
       {std::chrono::minutes{600}, "2 21:00:01", false},
       {std::chrono::minutes{60}, "2 04:20", true},
       {std::chrono::minutes{60}, "2 04:20:01", false}}));
  Night night;
  night.HasPlan("daily", {"a", "b", "c"});
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Saves("daily", "b", "1 01:10", Text(At("1 01:10") + took));
  night.Saves("daily", "c", Text(At("1 01:10") + took), Text(At("1 01:20") + took));
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "c", start, "2 21:30");
  const Run* run = night.tracker().Find(RunId{2});
  REQUIRE(run != nullptr);
  CHECK(run->modules.at(ModuleId{"c"}).record.has_value() == joins);
}

TEST_CASE("the clean-up after a good backup that nobody watched may have taken any time",
          "[run][passes]") {
  const auto [errors, together] = GENERATE(table<std::uint32_t, bool>({{0U, true}, {1U, false}}));
  Night night = AfterOneCleanRun({"a", "b"});
  night.Stop();
  night.Until("2 08:00");
  night.Write(Record("daily", "a", At("2 02:00"), At("2 02:10"), errors));
  night.Write(Record("daily", "b", At("2 07:00"), At("2 07:10")));
  night.Start();
  night.Until("2 08:01");
  CHECK((night.tracker().memory().newest_run == RunId{2}) == together);
}

TEST_CASE("where no good backup is known the duration of a failure counts", "[run][passes]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Fails("daily", "b", "1 01:10", "1 01:20");
  night.Until("1 12:00");
  (void)night.TakeMails();
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 12:00");
  // b: 01:20, its end in the night before, + 2 × 10 minutes + q.
  CHECK(night.TakeMails() == Lines{"2 02:50 final daily INCOMPLETE: a succeeded, b not_finished"});
}

TEST_CASE("of runs that begin at different hours the middle interval counts", "[run][passes]") {
  // 1, 2, 3 and 4 o'clock, and one by hand at half past four: 30 minutes are not the usual interval.
  Night night = AfterFourHours();
  night.Saves("hourly", "a", "1 04:30", "1 04:31");
  night.Saves("hourly", "b", "1 04:30", "1 04:31");
  night.Saves("hourly", "a", "1 05:00", "1 05:01");
  night.Saves("hourly", "b", "1 05:40", "1 05:41");
  CHECK(night.TakeMails() == Lines{"1 04:31 final hourly SUCCESS: a succeeded, b succeeded",
                                   "1 05:41 final hourly SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a module without a past is as late as its node lets expect", "[run][passes]") {
  // Last night b began 10 minutes after a and took 10 minutes; n comes after it: 01:00 + 20 + 15 minutes + q.
  const auto [start, joins] =
      GENERATE(table<const char*, bool>({{"2 02:45", true}, {"2 02:45:01", false}}));
  Night night = AfterOneCleanRun({"a@1", "b@2"});
  night.HasPlan("daily", {"a@1", "b@2", "n@2"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "n", start, "2 02:50");
  const Run* run = night.tracker().Find(RunId{2});
  REQUIRE(run != nullptr);
  CHECK(run->modules.at(ModuleId{"n"}).record.has_value() == joins);
}

TEST_CASE("a record that begins when the wait is over is of that run", "[run][passes]") {
  // Nobody looks from 01:15 on. n is waited for until the cap, 21:00.
  const auto [start, joins] =
      GENERATE(table<const char*, bool>({{"2 21:00", true}, {"2 21:00:01", false}}));
  Night night = AfterOneCleanRun({"a"});
  night.HasPlan("daily", {"a", "n@2"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:15");
  night.Stop();
  night.Until("2 22:30");
  night.Write(Record("daily", "n@2", At(start), At("2 22:00")));
  night.Start();
  night.Until("2 22:31");
  const Run* run = night.tracker().Find(RunId{2});
  REQUIRE(run != nullptr);
  CHECK(run->modules.at(ModuleId{"n"}).record.has_value() == joins);
}

TEST_CASE("two processes overlap, a clock set back by minutes only seems to", "[run][passes]") {
  // a takes from 01:00 to 01:10, and b is of the same run unless a run of its own opens for it.
  const auto [start, end, together] =
      GENERATE(table<const char*, const char*, bool>({{"2 01:05", "2 01:20", true},
                                                      {"2 01:04:59", "2 01:20", false},
                                                      {"2 01:05", "2 01:10", true},
                                                      {"2 01:05", "2 01:09:59", false},
                                                      {"2 00:59:59", "2 01:20", false}}));
  Night night = AfterOneCleanRun({"a", "b", "c"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:20");
  night.Write(Record("daily", "b", At(start), At(end)));
  night.Look();
  const RunId newest = night.tracker().memory().newest_run;
  CHECK((newest == RunId{2}) == together);
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
