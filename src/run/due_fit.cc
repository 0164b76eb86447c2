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
  const auto past =
      first ? book.memory().modules.find({plan, *first}) : book.memory().modules.end();
  // A failure is often quick, and says nothing of how long a backup takes.
  const seconds longest =
      past == book.memory().modules.end() ? seconds{0} : past->second.longest_duration;
  seconds backup =
      interval ? std::min(RunRules::kFirstBackup, *interval / 2) : RunRules::kFirstBackup;
  if (longest > seconds{0}) backup = longest + longest / 2;
  return due + timing.doubt + Grace(interval, book.rules()) + backup;
}

/// So much before a due moment a pass may begin, by a clock that is behind: at most half the time since the one before.
seconds Early(std::optional<seconds> interval, const NodeTiming& timing) {
  return std::min(RunRules::kEarly, interval.value_or(seconds::max()) / 2) + timing.doubt;
}

/// The last due moment of a node that a pass which began at `begin` can be of.
std::optional<Time> LastDue(const NodeTiming& timing, Time begin) {
  const auto next = std::upper_bound(timing.due.begin(), timing.due.end(), begin);
  const bool any = next != timing.due.begin();
  if (next != timing.due.end()) {
    const auto interval = any ? std::optional{*next - *std::prev(next)} : std::nullopt;
    if (begin >= *next - Early(interval, timing)) return *next;
  }
  return any ? std::optional{*std::prev(next)} : std::nullopt;
}

/// The node whose timer began a record's pass: its own, or, if the plan has no module there any more, any of the plan's.
struct TimerOfRecord {
  NodeId node;
  const NodeTiming* timing;
};
std::optional<TimerOfRecord> TimerOf(const SeenRecord& record, const RunBook& book) {
  const PlanTiming* timing = book.TimingOf(record.record.plan);
  const auto node = book.NodeOf(record);
  if (timing == nullptr || timing->nodes.empty() || !node) return std::nullopt;
  const auto own = timing->nodes.find(*node);
  const auto& [its_node, its] = own == timing->nodes.end() ? *timing->nodes.begin() : *own;
  if (!LastDue(its, record.record.start)) return std::nullopt;
  return TimerOfRecord{its_node, &its};
}

bool IsOnTime(Time begin, Time due, const NodeTiming& timing, const RunRules& rules) {
  return begin <= due + Grace(IntervalAfter(timing, due), rules) + timing.doubt;
}

bool IsLate(Time begin, Time due, const NodeTiming& timing, const RunRules& rules) {
  const auto interval = IntervalAfter(timing, due);
  const seconds longest = interval ? std::max(*interval / 2, rules.quiet) : rules.max_run;
  if (interval && begin >= due + *interval - Early(interval, timing)) return false;
  return begin <= due + std::min(longest, rules.max_run) + timing.doubt;
}

bool IsSilentOn(const Run& run, NodeId node) {
  return std::ranges::any_of(run.modules, [node](const auto& entry) {
    const RunModule& module = entry.second;
    return module.node == node && module.expected && !module.left && !module.record;
  });
}

/// A timer began it, as far as is known. What a person begins is a process beside that of the timer.
bool IsOfTimer(const Run& run, const RunBook& book) {
  const auto watch = book.memory().watches.find(run.plan);
  return run.due || watch == book.memory().watches.end() || run.begin < watch->second.since;
}

/// Nothing is expected of it any more in that run.
bool IsGivenUp(const Run& run, NodeId node, Time now) {
  if (!run.due) return false;
  const auto its = run.due->nodes.find(node);
  return its == run.due->nodes.end() || its->second.answer_by <= now;
}

/// By the log its timer had begun the run on a node before it was due again, and that had not ended by then.
bool WasAtWork(const Run& run, NodeId node, Time due) {
  const auto log = run.log.find(node);
  if (log == run.log.end() || !log->second.pass) return false;
  const LoggedPass& pass = *log->second.pass;
  if (pass.through_agent || pass.began >= due - RunRules::kEarly) return false;
  if (run.open() && log->second.is_running()) return true;
  // Of a pass that was cut off it is known only when somebody noticed.
  const bool was_cut = pass.end == LoggedPass::End::kRebooted || pass.end == LoggedPass::End::kLost;
  return was_cut ? pass.last > due : pass.ended && *pass.ended > due;
}

/// When a node was seen to have gone on after a record: not only when we found it, for that may be later.
Time GoneOnAt(const SeenRecord& record, const RunRules& rules) {
  if (!record.stored_by) return record.record.end;
  return std::max(record.record.end, *record.stored_by - rules.reconcile);
}

}  // namespace

std::optional<seconds> IntervalAfter(const NodeTiming& timing, Time due) {
  const auto next = timing.NextAfter(due);
  return next ? std::optional{*next - due} : std::nullopt;
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

std::optional<Time> NextAfter(const PlanId& plan, const RunDue& due, const RunBook& book) {
  std::optional<Time> first;
  const PlanTiming* timing = book.TimingOf(plan);
  if (timing == nullptr) return first;
  for (const auto& [node, its] : due.nodes) {
    const auto known = timing->nodes.find(node);
    const auto next = known == timing->nodes.end() ? std::nullopt : known->second.NextAfter(its.at);
    if (next) first = std::min(first.value_or(*next), *next);
  }
  return first;
}

std::optional<DueFit> DueOf(const SeenRecord& record, const RunBook& book) {
  const PlanId& plan = record.record.plan;
  const auto timer = TimerOf(record, book);
  if (!timer) return std::nullopt;
  const NodeTiming* timing = timer->timing;
  const NodeId node = timer->node;
  auto due = LastDue(*timing, record.record.start);
  bool on_time = IsOnTime(record.record.start, *due, *timing, book.rules());
  if (!on_time) {
    // Modules before it may have been silent for as long as they usually take.
    const auto usual = UsualStart(plan, record.record.module, book.memory());
    const Time begin = record.record.start - usual.value_or(seconds{0});
    const auto earlier = LastDue(*timing, begin);
    on_time = earlier && IsOnTime(begin, *earlier, *timing, book.rules());
    if (on_time) due = earlier;
    // Or for less: it began no later after the due moment than it does as a rule.
    else on_time = usual && IsOnTime(begin, *due, *timing, book.rules());
  }
  if (!on_time && !IsLate(record.record.start, *due, *timing, book.rules())) return std::nullopt;
  // What was due before the plan was watched may well have been answered.
  const auto watch = book.memory().watches.find(plan);
  const bool watched = watch != book.memory().watches.end() && watch->second.since < *due;
  if (!on_time && !watched) return std::nullopt;
  const bool first = FirstOn(node, book.view().plans.at(plan), book.view()) == record.record.module;
  for (RunDue& moment : DueMomentsOf(plan, *due - kZonesApart, book)) {
    const auto at = moment.nodes.find(node);
    if (at != moment.nodes.end() && at->second.at == *due)
      return DueFit{std::move(moment), on_time, first};
  }
  return std::nullopt;
}

bool IsTimed(const SeenRecord& record, const RunBook& book) {
  return TimerOf(record, book).has_value();
}

NodeAtDue StateAtDue(const PlanId& plan, NodeId node, Time due, const RunBook& book) {
  NodeAtDue found;
  for (const Run* run : book.RunsOf(plan)) {
    if (!IsOfTimer(*run, book)) continue;
    std::optional<Time> begin;
    bool worked_after = false;
    for (const auto& [id, module] : run->modules) {
      if (!module.record || book.NodeOf(*module.record) != node) continue;
      const Time start = module.record->record.start;
      begin = std::min(begin.value_or(start), start);
      worked_after |= GoneOnAt(*module.record, book.rules()) > due;
    }
    if (begin.value_or(run->begin) >= due - RunRules::kEarly)
      continue;  // of this due moment, or later
    if (WasAtWork(*run, node, due)) return {NodeState::kBusy, run->id};
    if (begin && worked_after) return {NodeState::kBusy, run->id};
    if (!run->open() || !IsSilentOn(*run, node)) continue;
    if (begin || !IsGivenUp(*run, node, book.now())) found.state = NodeState::kUnknown;
  }
  return found;
}

}  // namespace backup_monitor::run
