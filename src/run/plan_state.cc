#include "run/plan_state.h"

#include <algorithm>

namespace backup_monitor::run {
namespace {

bool HasRecords(const PlanId& plan, const ClusterView& view) {
  const auto known = view.plans.find(plan);
  return (known != view.plans.end() && known->second.compact_status) ||
         std::ranges::any_of(view.records,
                             [&](const StatusRecord& record) { return record.plan == plan; });
}

/// The newest due moment that is answered; of one that is missed, that it was.
struct AnsweredDue {
  std::optional<Time> at;
  bool missed = false;
};

AnsweredDue AnsweredDueOf(const PlanId& plan, const RunMemory& memory) {
  AnsweredDue last;
  for (const auto& [id, run] : memory.runs) {
    if (run.plan != plan || !run.due || (last.at && run.due->at < *last.at)) continue;
    last = {run.due->at, run.outcome == Outcome::kMissed};
  }
  const auto watch = memory.watches.find(plan);
  if (watch == memory.watches.end()) return {};
  const auto& missed = watch->second.missed;
  if (missed && (!last.at || missed->last > *last.at)) last = {missed->last, true};
  // When its schedule changes, or it is enabled again, its timers begin anew.
  return last.at && *last.at > watch->second.since ? last : AnsweredDue{};
}

/// Of a run of which nothing has come when it was due, while the log is asked whether it has begun.
std::optional<Time> BeingAsked(const PlanId& plan, const RunMemory& memory) {
  std::optional<Time> due;
  for (const auto& [id, run] : memory.runs) {
    if (run.plan == plan && run.open() && run.is_missed() && run.due)
      due = std::max(due, std::optional{run.due->at});
  }
  return due;
}

/// The newest due moment since which so much time is over that a run should have begun, if none answers it yet.
std::optional<Time> LateSince(const PlanId& plan, const PlanTiming& timing, const ClusterView& view,
                              const RunMemory& memory, const RunRules& rules) {
  const auto watch = memory.watches.find(plan);
  if (watch == memory.watches.end()) return std::nullopt;
  std::optional<Time> late;
  for (const auto& [node, its] : timing.nodes) {
    for (auto due = its.due.rbegin(); due != its.due.rend() && *due > watch->second.settled;
         ++due) {
      const auto next = its.NextAfter(*due);
      const seconds grace = next ? std::min(rules.grace, (*next - *due) / 2) : rules.grace;
      const bool answered = std::ranges::any_of(memory.runs, [&](const auto& entry) {
        const Run& run = entry.second;
        return run.plan == plan && (run.open() || (run.due && run.due->at >= *due));
      });
      if (*due + grace <= view.looked_at && !answered) late = std::max(late, std::optional{*due});
    }
  }
  return late;
}

PlanState StateAfter(const Run& last, const PlanTiming* timing, Time now) {
  if (!last.outcome) return PlanState::kUnknown;
  if (*last.outcome != Outcome::kSuccess) return PlanState::kFailing;
  const seconds age = now - last.last_end().value_or(last.begin);
  const bool known = timing != nullptr && timing->interval;
  const seconds most = known ? 2 * *timing->interval : kGoodWithoutSchedule;
  return age <= most ? PlanState::kGood : PlanState::kUnknown;
}

}  // namespace

PlanStatus StatusOf(const PlanId& plan, const ClusterView& view, const RunMemory& memory,
                    const RunRules& rules) {
  const auto found = view.timings.find(plan);
  const PlanTiming* timing = found == view.timings.end() ? nullptr : &found->second;
  PlanStatus status;
  status.next = NextDueOf(plan, view);
  if (timing != nullptr && timing->kind == PlanTiming::Kind::kNever) {
    status.state = PlanState::kNever;
    status.never_due = timing->reason;
    return status;
  }
  auto late = timing != nullptr ? LateSince(plan, *timing, view, memory, rules) : std::nullopt;
  late = std::max(late, BeingAsked(plan, memory));
  const AnsweredDue due = AnsweredDueOf(plan, memory);
  const Run* last = memory.LastClosedOf(plan);
  if (due.missed) {
    status.state = PlanState::kMissed;
    status.due = due.at;
  } else if (late) {
    status.state = PlanState::kLate;
    status.due = late;
  } else if (last == nullptr) {
    status.state = HasRecords(plan, view) ? PlanState::kUnknown : PlanState::kNever;
  } else {
    status.state = StateAfter(*last, timing, view.looked_at);
  }
  return status;
}

std::map<PlanId, PlanStatus> StatusesOf(const ClusterView& view, const RunMemory& memory,
                                        const RunRules& rules) {
  std::map<PlanId, PlanStatus> statuses;
  for (const auto& [id, plan] : view.plans) {
    if (plan.enabled) statuses.emplace(id, StatusOf(id, view, memory, rules));
  }
  return statuses;
}

}  // namespace backup_monitor::run
