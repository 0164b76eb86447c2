// Which run a single record goes to, where a whole night would come to the same run by another rule.

#include "catch.h"
#include "run/dealing.h"
#include "run_states.h"
#include "unit/run/desk.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::minutes;

/// The run to which the look at its end deals a record.
RunId RunOf(const SeenRecord& record, Desk& desk) {
  desk.view.looked_at = record.seen_at;
  run::RunBook book = desk.Book();
  run::Deal({record}, book);
  for (const auto& [id, run] : desk.memory.runs) {
    const auto module = run.modules.find(record.record.module);
    if (module == run.modules.end() || !module->second.record) continue;
    if (module->second.record->record.key() == record.record.key()) return id;
  }
  return RunId{};
}

constexpr RunId kFirstRun{1};
constexpr RunId kNewRun{2};

TEST_CASE("of two passes of a node that can have done it the one goes on that was idle for less",
          "[run][dealing]") {
  Desk desk{{"a", "b"}};
  Give(desk.AddRun("2 01:00"), Seen("a", "2 01:00", "2 01:10"));
  Give(desk.AddRun("2 01:15"), Seen("a", "2 01:15", "2 01:20"));
  CHECK(RunOf(Seen("b", "2 01:30", "2 01:40"), desk) == RunId{2});
}

TEST_CASE("records that name no node are of the run that fits, each module once",
          "[run][dealing]") {
  Desk desk{{"a@", "b@"}};
  Give(desk.AddRun("2 01:00"), Seen("a@", "2 01:00", "2 01:10"));
  CHECK(RunOf(Seen("b@", "2 01:00", "2 01:20"), desk) == kFirstRun);
  CHECK(RunOf(Seen("a@", "2 01:30", "2 01:40"), desk) == kNewRun);
}

TEST_CASE("a run that has closed takes what began up to 900 s before it, an open one all",
          "[run][dealing]") {
  const auto [start, is_open, run] =
      GENERATE(table<const char*, bool, RunId>({{"2 00:45", false, kFirstRun},
                                                {"2 00:44:59", false, kNewRun},
                                                {"2 00:44:59", true, kFirstRun}}));
  Desk desk{{"a@1", "b@2"}};
  Run& first = desk.AddRun("2 01:00");
  Give(first, Seen("a@1", "2 01:00", "2 01:10"));
  if (!is_open) SetClosed(first, At("2 02:50"));
  CHECK(RunOf(Seen("b@2", start, "2 03:00"), desk) == run);
}

TEST_CASE("a node begins no run that had closed when it began", "[run][dealing]") {
  const auto [start, run] =
      GENERATE(table<const char*, RunId>({{"2 01:59:59", kFirstRun}, {"2 02:00", kNewRun}}));
  Desk desk{{"a@1", "b@2"}};
  Run& first = desk.AddRun("2 01:00");
  Give(first, Seen("a@1", "2 01:00", "2 01:10"));
  SetClosed(first, At("2 02:00"));
  CHECK(RunOf(Seen("b@2", start, "2 03:00"), desk) == run);
}

TEST_CASE("a record goes to the nearest of two runs that its node may begin", "[run][dealing]") {
  Desk desk{{"a@1", "b@2"}};
  desk.HasPast("b", seconds{0}, minutes{10});
  Give(desk.AddRun("2 01:00"), Seen("a@1", "2 01:00", "2 01:10"));
  Give(desk.AddRun("2 01:40"), Seen("a@1", "2 01:40", "2 01:50"));
  SECTION("the later one") { CHECK(RunOf(Seen("b@2", "2 01:35", "2 01:45"), desk) == RunId{2}); }
  SECTION("the earlier one") { CHECK(RunOf(Seen("b@2", "2 01:05", "2 01:15"), desk) == RunId{1}); }
}

/// An hourly plan of two nodes that has run four times, the last time at 4 o'clock.
Desk AfterHourlyRuns() {
  Desk desk{{"a@1", "b@2"}};
  for (const char* begin : {"1 01:00", "1 02:00", "1 03:00", "1 04:00"}) {
    Run& run = desk.AddRun(begin);
    for (const char* module : {"a@1", "b@2"}) {
      Give(run, Seen(module, begin, Text(At(begin) + seconds{60})));
    }
    SetClosed(run, At(begin) + seconds{60});
  }
  return desk;
}

TEST_CASE("a run without a record knows no interval", "[run][dealing]") {
  Desk desk = AfterHourlyRuns();
  Run& fifth = desk.AddRun("1 05:50");  // an alert has opened it
  fifth.origin = RunOrigin::kAlert;
  SECTION("it has none") { CHECK(RunOf(Seen("b@2", "1 05:00", "1 05:51"), desk) == fifth.id); }
  SECTION("it has one of another node: 45 minutes are the next or the one before") {
    const auto [start, joins] =
        GENERATE(table<const char*, bool>({{"1 05:05:01", true}, {"1 05:05", false}}));
    Give(fifth, Seen("a@1", "1 05:50", "1 05:51"));
    CHECK((RunOf(Seen("b@2", start, "1 05:52"), desk) == fifth.id) == joins);
  }
}

TEST_CASE("a run without a record takes a node that comes late", "[run][dealing]") {
  // b usually begins with its run; q and 900 s are 85 minutes.
  Desk desk{{"a@1", "b@2"}};
  desk.HasPast("b", seconds{0}, minutes{10});
  Run& first = desk.AddRun("2 01:00");
  SECTION("it has none") {
    first.origin = RunOrigin::kAlert;
    CHECK(RunOf(Seen("b@2", "2 02:25:01", "2 02:30"), desk) == kFirstRun);
  }
  SECTION("it has one of another node") {
    const auto [start, run] =
        GENERATE(table<const char*, RunId>({{"2 02:25", kFirstRun}, {"2 02:25:01", kNewRun}}));
    Give(first, Seen("a@1", "2 01:00", "2 01:10"));
    CHECK(RunOf(Seen("b@2", start, "2 02:30"), desk) == run);
  }
}

TEST_CASE("the first status after an alert goes to the run that said there is none, for q",
          "[run][dealing]") {
  Desk desk{{"a@1", "b@2"}};
  Run& first = desk.AddRun("2 01:59");
  SetClosed(first, At("2 02:00"));
  SECTION("though the plan had a run before") {
    Give(first, Seen("a@1", "2 01:59", "2 01:59:30"));
    Run& without = desk.AddRun("2 02:00");
    without.origin = RunOrigin::kNoStatus;
    SetClosed(without, At("2 02:00"));
    CHECK(RunOf(Seen("b@2", "2 02:30", "2 04:00"), desk) == without.id);
  }
  SECTION("the first one") {
    const auto [start, run] =
        GENERATE(table<const char*, RunId>({{"2 03:10", kFirstRun}, {"2 03:10:01", kNewRun}}));
    first.origin = RunOrigin::kNoStatus;
    CHECK(RunOf(Seen("a@1", start, "2 04:00"), desk) == run);
  }
  SECTION("not the second one") {
    first.origin = RunOrigin::kNoStatus;
    Give(first, Seen("a@1", "2 01:59", "2 01:59:30"));
    CHECK(RunOf(Seen("b@2", "2 02:30", "2 04:00"), desk) == kNewRun);
  }
  SECTION("not to a run that any other alert has opened") {
    first.origin = RunOrigin::kAlert;
    CHECK(RunOf(Seen("a@1", "2 02:00:01", "2 04:00"), desk) == kNewRun);
  }
}

TEST_CASE("a run that has all its records is not closed by the next record", "[run][dealing]") {
  // It closes when the look that has found them comes to that.
  Desk desk{{"a"}};
  Give(desk.AddRun("2 01:00"), Seen("a", "2 01:00", "2 01:10"));
  CHECK(RunOf(Seen("a", "3 01:00", "3 01:10"), desk) == kNewRun);
  CHECK(desk.memory.runs.at(kFirstRun).open());
}

TEST_CASE("a run whose wait was over before a record began is closed as of then",
          "[run][dealing]") {
  // b is waited for until 01:20, its usual end, + 2 × 10 minutes + q.
  const auto [start, is_over] =
      GENERATE(table<const char*, bool>({{"2 02:50", false}, {"2 02:50:01", true}}));
  Desk desk{{"a", "b"}};
  desk.HasPast("b", minutes{10}, minutes{10});
  const Run& first = desk.AddRun("2 01:00");
  Give(desk.memory.runs.at(kFirstRun), Seen("a", "2 01:00", "2 01:10"));
  CHECK(RunOf(Seen("a", start, "2 03:00"), desk) == kNewRun);
  CHECK(first.closed_at() == (is_over ? std::optional{At("2 02:50")} : std::nullopt));
}

TEST_CASE("of two runs that a record fits the one is nearer that began later", "[run][dealing]") {
  // b usually begins an hour after its run. Both were found by the same look, the later one first.
  Desk desk{{"a@1", "b@2"}};
  desk.HasPast("b", minutes{60}, minutes{10});
  Run& later = desk.AddRun("2 01:20");
  Give(later, Seen("a@1", "2 01:20", "2 01:25"));
  Run& earlier = desk.AddRun("2 01:00");
  Give(earlier, Seen("a@1", "2 01:00", "2 01:10"));
  later.opened_at = earlier.opened_at = At("2 01:30");
  CHECK(RunOf(Seen("b@2", "2 01:40", "2 01:50"), desk) == later.id);
}

TEST_CASE("new records are dealt in the order of their start", "[run][dealing]") {
  Desk desk{{"a@1", "b@2"}};
  desk.Is("2 04:00");
  run::RunBook book = desk.Book();
  run::Deal({Seen("b@2", "2 01:30", "2 01:40"), Seen("a@1", "2 01:00", "2 03:00")}, book);
  REQUIRE(desk.step.changes.records.size() == 2);
  CHECK(desk.step.changes.records.front().record.record.module == ModuleId{"a"});
}

TEST_CASE("a run that was due closes before a record that began after its deadline is dealt",
          "[run][dealing][due]") {
  Night night;
  night.Until("1 00:30");
  night.HasPlan("hourly", {"a", "b@2"});
  night.IsDue("hourly", "*:00");
  for (const std::string hour : {"01", "02"}) {
    night.Saves("hourly", "a", "1 " + hour + ":00", "1 " + hour + ":01");
    night.Saves("hourly", "b", "1 " + hour + ":00", "1 " + hour + ":02");
  }
  (void)night.TakeMails();
  night.Saves("hourly", "a", "1 03:00", "1 03:01");
  night.Stop();  // until after 03:00 + 30 minutes + 1.5 × 2 minutes, and the next hour
  night.Write(Record("hourly", "a@1", At("1 04:00"), At("1 04:01")));
  night.Write(Record("hourly", "b@2", At("1 04:00"), At("1 04:02")));
  night.Until("1 04:10");
  night.Start();
  night.Look();
  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 2);
  CHECK(mails.front().find("INCOMPLETE: a succeeded, b ") != std::string::npos);
  CHECK(mails.back().find("a succeeded, b succeeded") != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::testing
