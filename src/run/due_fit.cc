#include "run/due_fit.h"

#include <algorithm>
#include <utility>

#include "run/passes.h"

namespace backup_monitor::run {
namespace {

constexpr seconds kZonesApart = std::chrono::hours{26};  ///< From UTC-12 to UTC+14.

/// The first module that a node backs up, in the plan's order; none if it has none.
std::optional<ModuleId> FirstOn(NodeId node, const Plan& plan, const ClusterView& view) {
  for (const ModuleId& id : plan.expected) {
    const auto module = view.modules.find(id);
    if (module != view.modules.end() && module->second.node == node) return id;
  }
  return std::nullopt;
}

seconds Grace(std::optional<seconds> interval, const RunRules& rules) {
  return interval ? std::min(rules.grace, *interval / 2) : rules.grace;
}

/// What is waited for is the first record, and that comes when its backup ends.
Time AnswerBy(const PlanId& plan, NodeId node, const NodeTiming& timing, Time due,
              const RunBook& book) {
  const auto interval = IntervalAfter(timing, due);
  const auto first = FirstOn(node, book.view().plans.at(plan), book.view());
  const auto longest = first ? LongestDuration(plan, *first, book.memory()) : std::nullopt;
  seconds backup =
      interval ? std::min(RunRules::kFirstBackup, *interval / 2) : RunRules::kFirstBackup;
  if (longest) backup = *longest + *longest / 2;
  return due + timing.doubt + Grace(interval, book.rules()) + backup;
}

/// The last due moment of a node that a pass which began at `begin` can be of.
std::optional<Time> LastDue(const NodeTiming& timing, Time begin) {
  const auto next = std::upper_bound(timing.due.begin(), timing.due.end(),
                                     begin + RunRules::kEarly + timing.doubt);
  if (next == timing.due.begin()) return std::nullopt;
  return *std::prev(next);
}

/// The timing of a record's node, if there is a due moment before it; else nullptr.
const NodeTiming* TimingBefore(const SeenRecord& record, const RunBook& book) {
  const PlanTiming* timing = book.TimingOf(record.record.plan);
  const auto node = book.NodeOf(record);
  if (timing == nullptr || !node) return nullptr;
  const auto found = timing->nodes.find(*node);
  if (found == timing->nodes.end() || !LastDue(found->second, record.started)) return nullptr;
  return &found->second;
}

bool IsOnTime(Time begin, Time due, const NodeTiming& timing, const RunRules& rules) {
  return begin <= due + Grace(IntervalAfter(timing, due), rules) + timing.doubt;
}

bool IsLate(Time begin, Time due, const NodeTiming& timing, const RunRules& rules) {
  const auto interval = IntervalAfter(timing, due);
  const seconds longest = interval ? std::max(*interval / 2, rules.quiet) : rules.max_run;
  if (interval && begin >= due + *interval - RunRules::kEarly) return false;
  return begin <= due + std::min(longest, rules.max_run) + timing.doubt;
}

bool IsSilentOn(const Run& run, NodeId node) {
  return std::ranges::any_of(run.modules, [node](const auto& entry) {
    const RunModule& module = entry.second;
    return module.node == node && module.expected && !module.left && !module.record;
  });
}

/// Nothing is expected of it any more in that run.
bool IsGivenUp(const Run& run, NodeId node, Time now) {
  if (!run.due) return false;
  const auto its = run.due->nodes.find(node);
  return its == run.due->nodes.end() || its->second.answer_by <= now;
}

/// When a node was seen to have gone on after a record: not only when we found it, for that may be later.
Time GoneOnAt(const SeenRecord& record, const RunRules& rules) {
  if (!record.stored_by) return record.ended;
  return std::max(record.ended, *record.stored_by - rules.reconcile);
}

}  // namespace

std::optional<seconds> IntervalAfter(const NodeTiming& timing, Time due) {
  const auto next = std::upper_bound(timing.due.begin(), timing.due.end(), due);
  if (next != timing.due.end()) return *next - due;
  return timing.next ? std::optional{*timing.next - due} : std::nullopt;
}

std::vector<RunDue> DueMomentsOf(const PlanId& plan, Time after, const RunBook& book) {
  const PlanTiming* timing = book.TimingOf(plan);
  if (timing == nullptr) return {};
  std::vector<std::pair<Time, NodeId>> all;
  for (const auto& [node, its] : timing->nodes) {
    const auto from = std::upper_bound(its.due.begin(), its.due.end(), after - kZonesApart);
    for (auto due = from; due != its.due.end(); ++due) all.emplace_back(*due, node);
  }
  std::sort(all.begin(), all.end());
  std::vector<RunDue> together;
  for (const auto& [at, node] : all) {
    const NodeTiming& its = timing->nodes.at(node);
    const auto interval = IntervalAfter(its, at);
    const bool is_next = together.empty() || together.back().nodes.contains(node) ||
                         (interval && at - together.back().at >= *interval / 2);
    if (is_next) together.push_back({at, {}});
    together.back().nodes[node] = {at, AnswerBy(plan, node, its, at, book)};
  }
  std::erase_if(together, [after](const RunDue& due) { return due.at <= after; });
  return together;
}

const Run* RunOfDueMoment(const PlanId& plan, Time due, const RunBook& book) {
  for (const auto& [id, run] : book.memory().runs) {
    if (run.plan == plan && run.due && run.due->at == due) return &run;
  }
  return nullptr;
}

std::optional<DueFit> DueOf(const SeenRecord& record, const RunBook& book) {
  const PlanId& plan = record.record.plan;
  const NodeTiming* timing = TimingBefore(record, book);
  if (timing == nullptr) return std::nullopt;
  const NodeId node = *book.NodeOf(record);
  auto due = LastDue(*timing, record.started);
  bool on_time = IsOnTime(record.started, *due, *timing, book.rules());
  if (!on_time) {
    // Modules before it may have been silent for as long as they usually take.
    const auto usual = UsualStart(plan, record.record.module, book.memory());
    const Time begin = record.started - usual.value_or(seconds{0});
    const auto earlier = LastDue(*timing, begin);
    on_time = earlier && IsOnTime(begin, *earlier, *timing, book.rules());
    if (on_time) due = earlier;
  }
  if (!on_time && !IsLate(record.started, *due, *timing, book.rules())) return std::nullopt;
  const bool first = FirstOn(node, book.view().plans.at(plan), book.view()) == record.record.module;
  for (RunDue& moment : DueMomentsOf(plan, *due - kZonesApart, book)) {
    const auto at = moment.nodes.find(node);
    if (at != moment.nodes.end() && at->second.at == *due)
      return DueFit{std::move(moment), on_time, first};
  }
  return std::nullopt;
}

bool IsTimed(const SeenRecord& record, const RunBook& book) {
  return TimingBefore(record, book) != nullptr;
}

NodeAtDue StateAtDue(const PlanId& plan, NodeId node, Time due, const RunBook& book) {
  NodeAtDue found;
  for (const Run* run : book.RunsOf(plan)) {
    std::optional<Time> begin;
    bool worked_after = false;
    for (const auto& [id, module] : run->modules) {
      if (!module.record || book.NodeOf(*module.record) != node) continue;
      begin = std::min(begin.value_or(module.record->started), module.record->started);
      worked_after |= GoneOnAt(*module.record, book.rules()) > due;
    }
    if (begin.value_or(run->begin) >= due - RunRules::kEarly)
      continue;  // of this due moment, or later
    if (begin && worked_after) return {NodeState::kBusy, run->id};
    if (!run->open() || !IsSilentOn(*run, node)) continue;
    if (begin || !IsGivenUp(*run, node, book.now())) found.state = NodeState::kUnknown;
  }
  return found;
}

}  // namespace backup_monitor::run
