// What the state machine concludes from a look, and what from the time between two.

#include "catch.h"
#include "run/run_tracker.h"
#include "run_states.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

const PlanId kWatchedPlan{"daily"};

/// One that has looked at the plan's module a until then.
run::RunTracker WatchingUntil(const char* last_look, Desk& desk) {
  RunMemory memory = desk.memory;
  memory.orders.clear();
  memory.last_look = At(last_look);
  memory.known_plans[kWatchedPlan] = "daily";
  for (const auto& [id, module] : desk.view.modules) memory.known_modules.insert(id);
  return {desk.rules, std::move(memory)};
}

/// True if the look concludes something.
bool Concludes(run::RunTracker& tracker, Desk& desk, const char* time) {
  desk.Is(time);
  const run::RunStep step = tracker.Step(desk.view, {});
  CHECK(step.changes.look.has_value() == step.remarks.empty());
  return step.changes.look.has_value();
}

TEST_CASE("other modules than those known are believed when two looks 300 s apart find them",
          "[run][redis]") {
  Desk right{{"a"}};
  Desk strange{{"z"}};
  run::RunTracker tracker = WatchingUntil("2 00:55", right);
  CHECK_FALSE(Concludes(tracker, strange, "2 01:00"));
  SECTION("not a second earlier") {
    CHECK_FALSE(Concludes(tracker, strange, "2 01:04:59"));
    CHECK(Concludes(tracker, strange, "2 01:05"));
  }
  SECTION("not if one between them finds those known") {
    CHECK(Concludes(tracker, right, "2 01:04"));
    CHECK_FALSE(Concludes(tracker, strange, "2 01:06"));
  }
  SECTION("by the clock as it is") {
    CHECK_FALSE(Concludes(tracker, strange, "2 00:30"));
    CHECK(Concludes(tracker, strange, "2 00:35"));
  }
}

TEST_CASE("a look that finds plans and no module concludes something", "[run][redis]") {
  Desk desk{{}};
  run::RunTracker tracker{desk.rules, RunMemory{}};
  CHECK(Concludes(tracker, desk, "2 01:00"));
  CHECK(tracker.memory().last_look == At("2 01:00"));
}

TEST_CASE("the modules of the last look are those known", "[run][redis]") {
  Desk desk{{"a", "b"}};
  run::RunTracker tracker = WatchingUntil("2 00:55", desk);
  desk.view.modules.erase(ModuleId{"b"});
  CHECK(Concludes(tracker, desk, "2 01:00"));
  CHECK(tracker.memory().known_modules == std::set{ModuleId{"a"}});
}

/// The gap with which the plan's next run is reported.
std::optional<Gap> NextGap(run::RunTracker& tracker, Desk& desk, const char* end) {
  desk.view.records = {Record("daily", "a", At(end) - seconds{60}, At(end))};
  CHECK(Concludes(tracker, desk, end));
  REQUIRE(tracker.memory().runs.size() == 1);
  return tracker.memory().runs.begin()->second.gap;
}

TEST_CASE("several gaps before a run are one", "[run][gap]") {
  Desk desk{{"a"}};
  run::RunTracker tracker = WatchingUntil("1 12:00", desk);
  CHECK(Concludes(tracker, desk, "1 18:00"));
  CHECK(Concludes(tracker, desk, "1 18:05"));
  CHECK(Concludes(tracker, desk, "2 01:00"));
  CHECK(NextGap(tracker, desk, "2 01:05") == Gap{At("1 12:00"), At("2 01:00")});
}

TEST_CASE("a gap is over an hour, or over three times the time between two looks", "[run][gap]") {
  const auto [reconcile, longest] = GENERATE(
      table<seconds, seconds>({{seconds{300}, seconds{3600}}, {seconds{1800}, seconds{5400}}}));
  const bool over = GENERATE(false, true);
  Desk desk{{"a"}};
  desk.rules.reconcile = reconcile;
  run::RunTracker tracker = WatchingUntil("1 12:00", desk);
  const Time next = At("1 12:00") + longest + seconds{over ? 1 : 0};
  CHECK(NextGap(tracker, desk, Text(next).c_str()).has_value() == over);
}

TEST_CASE("a clock that stepped back does not hide a gap", "[run][gap]") {
  Desk desk{{"a"}};
  Desk strange{{"z"}};
  run::RunTracker tracker = WatchingUntil("2 10:00", desk);
  CHECK_FALSE(Concludes(tracker, strange, "2 08:00"));
  CHECK(Concludes(tracker, desk, "2 10:00"));
  CHECK(NextGap(tracker, desk, "2 10:05") == Gap{At("2 08:00"), At("2 10:00")});
}

TEST_CASE("a record of a plan that is not in the cluster is left alone", "[run][history]") {
  Desk desk{{"a"}};
  run::RunTracker tracker = WatchingUntil("2 00:55", desk);
  desk.view.records = {Record("weekly", "a", At("2 00:50"), At("2 00:58"))};
  CHECK(Concludes(tracker, desk, "2 01:00"));
  CHECK(tracker.memory().seen.empty());
  CHECK(tracker.memory().runs.empty());
}

TEST_CASE("what is stored is new if it began after the record that it replaced", "[run][clock]") {
  // It says that it ended over 7 days ago: our clock is ahead, or it is old.
  const auto [start, is_new] =
      GENERATE(table<const char*, bool>({{"1 01:00", false}, {"1 01:00:01", true}}));
  Desk desk{{"a"}};
  desk.HasPast("a", std::chrono::hours{25}, seconds{60});  // began at 01:00 of day 1
  run::RunTracker tracker = WatchingUntil("9 01:10", desk);
  desk.view.records = {Record("daily", "a", At(start), At("1 01:10"))};
  CHECK(Concludes(tracker, desk, "9 01:15"));
  CHECK(tracker.memory().runs.size() == (is_new ? 1 : 0));
}

TEST_CASE("what our clock wrote when it was ahead counts as now", "[run][clock]") {
  Desk desk{{"a"}};
  Run& closed = desk.AddRun("2 02:30");
  closed.opened_at = closed.first_error_seen_at.emplace(At("2 03:00"));
  Give(closed, Seen("a", "2 02:30", "2 03:00", 1));
  SetClosed(closed, At("2 03:00"));
  SetAnnounced(closed, true);
  desk.memory.alert_rates.runs.since = At("2 03:00");
  desk.Is("2 03:00");
  desk.AddHistory("a", "2 00:50", "2 01:00");
  run::RunTracker tracker = WatchingUntil("2 03:00", desk);
  CHECK(Concludes(tracker, desk, "2 02:00"));
  const Run& run = tracker.memory().runs.at(RunId{1});
  CHECK(run.begin == At("2 02:00"));
  CHECK(run.opened_at == At("2 02:00"));
  CHECK(run.closed_at() == At("2 02:00"));
  CHECK(run.first_error_seen_at == At("2 02:00"));
  CHECK(run.modules.at(ModuleId{"a"}).record->stored_by == At("2 02:00"));
  CHECK(tracker.memory().alert_rates.runs.since == At("2 02:00"));
  CHECK(tracker.memory().history.at(kWatchedPlan).front().seen_at == At("2 02:00"));
}

}  // namespace
}  // namespace backup_monitor::testing
