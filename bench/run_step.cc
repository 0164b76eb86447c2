// What a step of the run state machine costs in a large cluster: 20 plans × 1,000 modules on 10 nodes, a week of
// nightly runs in memory, while tonight's runs are half done. Prints table rows; medians.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "model/cluster_view.h"
#include "run/run_tracker.h"

namespace backup_monitor::bench {
namespace {

constexpr int kPlans = 20;
constexpr int kModules = 1000;
constexpr int kNodes = 10;
constexpr int kNights = 8;
constexpr int kTurns = 51;
constexpr Time kFirstNight{seconds{1'763'800'000}};
constexpr seconds kTakes{60};

using Milliseconds = std::chrono::duration<double, std::milli>;

NodeId NodeOf(int module) { return *NodeId::Parse(std::to_string(module % kNodes + 1)); }
ModuleId Name(int module) { return ModuleId{"mail" + std::to_string(module)}; }

ClusterView Cluster() {
  ClusterView view;
  for (int module = 0; module < kModules; ++module) {
    Module known;
    known.id = Name(module);
    known.node = NodeOf(module);
    view.modules.emplace(known.id, known);
  }
  for (int number = 1; number <= kPlans; ++number) {
    Plan plan;
    plan.id = PlanId{std::to_string(number)};
    plan.name = "plan " + std::to_string(number);
    for (int module = 0; module < kModules; ++module) plan.expected.push_back(Name(module));
    view.plans.emplace(plan.id, plan);
  }
  return view;
}

/// The records of `modules` of a night, each of kTakes after the one before on its node.
void Write(Time begin, int from, int to, ClusterView& view) {
  for (const auto& [id, plan] : view.plans) {
    for (int module = from; module < to; ++module) {
      StatusRecord record;
      record.plan = id;
      record.module = Name(module);
      record.node = NodeOf(module);
      record.start = begin + kTakes * (module / kNodes);
      record.end = record.start + kTakes;
      view.records.push_back(std::move(record));
    }
  }
}

Milliseconds Step(run::RunTracker& tracker, const ClusterView& view) {
  const auto begin = std::chrono::steady_clock::now();
  const run::RunStep step = tracker.Step(view, {});
  (void)tracker.NextDue();
  return std::chrono::steady_clock::now() - begin;
}

void Night(Time begin, run::RunTracker& tracker, ClusterView& view) {
  view.records.clear();
  Write(begin, 0, kModules, view);
  view.looked_at = begin + kTakes * (kModules / kNodes);
  (void)Step(tracker, view);
}

void Print(const char* what, std::vector<Milliseconds> times) {
  std::sort(times.begin(), times.end());
  std::printf("| %s | %.2f ms | | | |\n", what, times[times.size() / 2].count());
}

int Main() {
  ClusterView view = Cluster();
  run::RunTracker tracker{run::RunRules{}, RunMemory{}};
  view.looked_at = kFirstNight - std::chrono::minutes{5};
  (void)Step(tracker, view);
  Time begin = kFirstNight;
  for (int night = 0; night < kNights; ++night, begin += std::chrono::days{1}) {
    Night(begin, tracker, view);
  }
  // Tonight: half of each node's modules have a record.
  view.records.clear();
  Write(begin, 0, kModules / 2, view);
  view.looked_at = begin + kTakes * (kModules / 2 / kNodes);
  std::printf("| 10,000 new records, 20 runs open | %.2f ms | | | |\n",
              Step(tracker, view).count());
  std::vector<Milliseconds> idle;
  for (int turn = 0; turn < kTurns; ++turn) {
    view.looked_at += seconds{1};
    idle.push_back(Step(tracker, view));
  }
  Print("nothing new, 20 runs open", std::move(idle));
  std::vector<Milliseconds> few;
  for (int turn = 0; turn < kTurns; ++turn) {
    const int module = kModules / 2 + turn;
    Write(begin, module, module + 1, view);
    view.looked_at = std::max(view.looked_at, view.records.back().end);
    few.push_back(Step(tracker, view));
  }
  Print("20 new records, one for each run", std::move(few));
  return 0;
}

}  // namespace
}  // namespace backup_monitor::bench

int main() { return backup_monitor::bench::Main(); }
