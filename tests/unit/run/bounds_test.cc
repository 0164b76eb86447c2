
#include "catch.h"
#include "run/run_tracker.h"

namespace backup_monitor::run {
namespace {

Time At(std::int64_t unix_seconds) { return Time{seconds{unix_seconds}}; }

/// A cluster with plan "here", looked at once.
ClusterView OnePlan() {
  ClusterView view;
  view.looked_at = At(1'000'000);
  Plan& plan = view.plans[PlanId{"here"}];
  plan.id = PlanId{"here"};
  plan.name = "Nightly";
  plan.expected = {ModuleId{"mail1"}};
  view.modules[ModuleId{"mail1"}];
  return view;
}

RunMemory WithGonePlans(std::ptrdiff_t count) {
  RunMemory memory;
  memory.last_look = At(999'700);
  memory.known_modules = {ModuleId{"mail1"}};
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    const PlanId plan{"gone" + std::to_string(i)};
    memory.known_plans[plan] = "Old";
    memory.compact_reported[plan] = At(1);
    memory.modules[{plan, ModuleId{"mail1"}}].reported_never_ran = true;
    memory.history[plan] = {SeenRecord{}};
  }
  return memory;
}

TEST_CASE("of plans that have gone so many are remembered", "[run]") {
  const auto over = GENERATE(std::ptrdiff_t{0}, std::ptrdiff_t{1}, std::ptrdiff_t{50});
  CAPTURE(over);
  RunTracker tracker{RunRules{}, WithGonePlans(RunMemory::kMostGonePlans + over)};

  (void)tracker.Step(OnePlan(), {});

  const auto most = static_cast<std::size_t>(RunMemory::kMostGonePlans);
  CHECK(tracker.memory().known_plans.size() == most + 1);
  CHECK(tracker.memory().known_plans.contains(PlanId{"here"}));
  CHECK(tracker.memory().compact_reported.size() == most);
  CHECK(tracker.memory().modules.size() == most);
  CHECK(tracker.memory().history.size() == most);
}

TEST_CASE("of the records that belong to no run the newest of each module are kept", "[run]") {
  RunMemory memory = WithGonePlans(0);
  memory.known_plans[PlanId{"here"}] = "Nightly";
  auto& history = memory.history[PlanId{"here"}];
  for (int i = 0; i < 6; ++i) {
    for (const char* module : {"mail1", "web1"}) {
      SeenRecord& record = history.emplace_back();
      record.record.plan = PlanId{"here"};
      record.record.module = ModuleId{module};
      record.started = At(900'000 + i * 10);
      record.ended = At(900'000 + i * 10 + 5);
      record.seen_at = At(999'000);
    }
  }
  RunTracker tracker{RunRules{}, std::move(memory)};

  (void)tracker.Step(OnePlan(), {});

  const auto& kept = tracker.memory().history.at(PlanId{"here"});
  CHECK(kept.size() == 2 * RunMemory::kMostHistory);
  CHECK(std::none_of(kept.begin(), kept.end(),
                     [](const SeenRecord& record) { return record.ended < At(900'025); }));
}

}  // namespace
}  // namespace backup_monitor::run
