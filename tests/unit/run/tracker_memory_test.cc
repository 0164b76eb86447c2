// What the state machine forgets, when, and what others tell it to keep.

#include "base/bounds.h"
#include "catch.h"
#include "run/run_tracker.h"
#include "run_states.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::size_t kMostGone = static_cast<std::size_t>(RunMemory::kMostGonePlans);

void AddGonePlans(std::size_t count, RunMemory& memory) {
  for (std::size_t i = 0; i < count; ++i) {
    memory.known_plans[PlanId{"gone" + std::to_string(i)}] = "Old";
  }
}

std::uint64_t TimesReached() {
  for (const ReachedBound& bound : ReachedBounds()) {
    if (bound.name == "known_plans") return bound.times;
  }
  return 0;
}

TEST_CASE("of plans that have gone the bound is said to be reached when one is forgotten",
          "[run][memory]") {
  const std::size_t over = GENERATE(std::size_t{0}, std::size_t{1});
  Desk desk{{"a"}};
  desk.Is("2 01:00");
  AddGonePlans(kMostGone + over, desk.memory);
  desk.memory.known_plans[PlanId{"another"}];  // in the cluster, and first in the order
  desk.HasPlan("another", {"a"});
  const std::uint64_t before = TimesReached();
  run::RunTracker tracker{desk.rules, desk.memory};
  (void)tracker.Step(desk.view, {});
  CHECK(TimesReached() - before == over);
  CHECK(tracker.memory().known_plans.contains(PlanId{"another"}));
  CHECK(tracker.memory().known_plans.contains(PlanId{"daily"}));
  CHECK(tracker.memory().known_plans.size() == kMostGone + 2);
}

TEST_CASE("memory is tidied once an hour, and when the clock has stepped back", "[run][memory]") {
  // The first look finds so many plans that one is to be forgotten when they have gone.
  Desk desk{{"a"}};
  desk.Is("2 01:00");
  const ClusterView alone = desk.view;
  run::RunTracker tracker{desk.rules, desk.memory};
  for (std::size_t i = 0; i <= kMostGone; ++i) {
    desk.view.plans[PlanId{"gone" + std::to_string(i)}].name = "Old";
  }
  (void)tracker.Step(desk.view, {});
  const auto known_at = [&](Time time) {
    ClusterView view = alone;
    view.looked_at = time;
    (void)tracker.Step(view, {});
    return tracker.memory().known_plans.size();
  };
  CHECK(known_at(At("2 01:00")) == kMostGone + 2);
  SECTION("3600 s later") {
    CHECK(known_at(At("2 01:59:59")) == kMostGone + 2);
    CHECK(known_at(At("2 02:00")) == kMostGone + 1);
  }
  SECTION("back in time") { CHECK(known_at(At("2 00:59:59")) == kMostGone + 1); }
}

/// What a look at day 20 leaves of these runs, all of which began in this order.
std::vector<RunId> LeftOf(Desk& desk) {
  desk.Is("20 01:00");
  run::RunTracker tracker{desk.rules, desk.memory};
  (void)tracker.Step(desk.view, {});
  std::vector<RunId> ids;
  for (const auto& [id, run] : tracker.memory().runs) ids.push_back(id);
  return ids;
}

Run& AddClosed(Desk& desk, const char* begin, std::string_view closed) {
  Run& run = desk.AddRun(begin);
  Give(run, Seen("a", begin, closed));
  SetClosed(run, At(closed));
  SetAnnounced(run, true);
  return run;
}

TEST_CASE("a run is forgotten 8 days after it closed, but for its plan's newest", "[run][memory]") {
  Desk desk{{"a"}};
  SECTION("the newest stays, however old") {
    AddClosed(desk, "1 01:00", "1 02:00");
    AddClosed(desk, "2 01:00", "2 02:00");
    CHECK(LeftOf(desk) == std::vector{RunId{2}});
  }
  SECTION("also if it was found before an older one") {
    AddClosed(desk, "2 01:00", "2 02:00");
    AddClosed(desk, "1 01:00", "1 02:00").opened_at = At("3 01:00");
    CHECK(LeftOf(desk) == std::vector{RunId{1}});
  }
  SECTION("the newest closed one: an open one is not forgotten anyway") {
    AddClosed(desk, "2 01:00", "2 02:00");
    Run& open = desk.AddRun("20 00:30");
    desk.HasPlan("daily", {"a", "b"});
    open.modules[ModuleId{"b"}].expected = true;
    CHECK(LeftOf(desk) == std::vector{RunId{1}, RunId{2}});
  }
  SECTION("8 days to the second") {
    AddClosed(desk, "12 00:00", "12 00:59:59");
    AddClosed(desk, "12 00:30", "12 01:00");
    AddClosed(desk, "19 00:00", "19 01:00");
    CHECK(LeftOf(desk) == std::vector{RunId{2}, RunId{3}});
  }
  SECTION("not before it was announced") {
    // It rests on an alert, and the hour of reports has just begun.
    Run& waiting = AddClosed(desk, "12 00:00", "12 00:59:59");
    SetAnnounced(waiting, false);
    waiting.alert = CausingAlert{.since = At("12 00:59:59"), .node = {}};
    desk.memory.alert_rates.runs = {
        .since = At("20 00:59"), .singly = 3, .summarized = 0, .names = {}};
    AddClosed(desk, "19 00:00", "19 01:00");
    CHECK(LeftOf(desk) == std::vector{RunId{1}, RunId{2}});
  }
}

TEST_CASE("a key is forgotten when its record has started 15 days ago and is not in Redis",
          "[run][memory]") {
  Desk desk{{"a"}};
  desk.Is("20 01:00");
  const auto key = [](const char* start) {
    return RecordKey{PlanId{"daily"}, ModuleId{"a"}, At(start)};
  };
  for (const char* start : {"1 01:00", "5 00:59:59", "5 01:00"})
    desk.memory.seen.insert(key(start));
  desk.view.records = {Record("daily", "a", At("1 01:00"), At("1 01:10"))};
  run::RunTracker tracker{desk.rules, desk.memory};
  (void)tracker.Step(desk.view, {});
  CHECK(tracker.memory().seen == std::set{key("1 01:00"), key("5 01:00")});
}

TEST_CASE("what the check of a repository has found is kept wherever its record is shown",
          "[run][memory]") {
  Desk desk{{"a", "b"}};
  const SeenRecord record = Seen("a", "2 01:00", "2 01:10");
  Give(desk.AddRun("2 01:00"), record);
  desk.AddRun("2 00:50").modules.at(ModuleId{"a"}).borrowed = record;
  Give(desk.AddRun("1 01:00"), Seen("a", "1 01:00", "1 01:10"));  // another record
  Run& of_other_plan = desk.AddRun("2 01:00");
  Give(of_other_plan, record);
  of_other_plan.plan = PlanId{"weekly"};
  desk.AddRun("2 01:00").modules.erase(ModuleId{"a"});
  run::RunTracker tracker{desk.rules, desk.memory};

  Finding first;
  first.words = "first";
  Finding second;
  second.words = "second";
  (void)tracker.Found(record.record.key(), first);
  (void)tracker.Found(record.record.key(), second);
  const auto module = [&](int run) -> const RunModule& {
    return tracker.memory().runs.at(RunId{run}).modules.at(ModuleId{"a"});
  };
  CHECK(module(1).record->finding == first);
  CHECK(module(2).borrowed->finding == first);
  CHECK_FALSE(module(3).record->finding.has_value());
  CHECK_FALSE(module(4).record->finding.has_value());
}

TEST_CASE("what a run was judged to be is kept, of a run that is known", "[run][memory]") {
  Desk desk{{"a", "b"}};
  desk.AddRun("2 01:00").modules.at(ModuleId{"b"}).verdict = Verdict::kSucceeded;
  run::RunTracker tracker{desk.rules, desk.memory};
  tracker.Judged(RunId{7}, Outcome::kPartial, {});
  tracker.Judged(RunId{1}, Outcome::kPartial, {{ModuleId{"a"}, Verdict::kFailed}});
  const Run& run = *tracker.Find(RunId{1});
  CHECK(run.outcome == Outcome::kPartial);
  CHECK(run.modules.at(ModuleId{"a"}).verdict == Verdict::kFailed);
  CHECK(run.modules.at(ModuleId{"b"}).verdict == std::nullopt);
  CHECK(tracker.Find(RunId{7}) == nullptr);
}

}  // namespace
}  // namespace backup_monitor::testing
