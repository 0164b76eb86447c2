// To which run a record goes: each rule of docs/runs.md, section Dealing, at its edge.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

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

}  // namespace
}  // namespace backup_monitor::testing
