#include "run/plan_state.h"

#include <algorithm>

namespace backup_monitor::run {
namespace {

const Run* NewestClosedOf(const PlanId& plan, const RunMemory& memory) {
  const Run* newest = nullptr;
  for (const auto& [id, run] : memory.runs) {
    if (run.plan != plan || run.open()) continue;
    if (newest == nullptr || newest->begin <= run.begin) newest = &run;
  }
  return newest;
}

bool HasRecords(const PlanId& plan, const ClusterView& view) {
  const auto known = view.plans.find(plan);
  return (known != view.plans.end() && known->second.compact_status) ||
         std::ranges::any_of(view.records,
                             [&](const StatusRecord& record) { return record.plan == plan; });
}

/// Since its due moment so much time is over that it should have begun, and no run answers it yet.
bool IsLate(const PlanId& plan, const PlanTiming& timing, const ClusterView& view,
            const RunMemory& memory, const RunRules& rules) {
  const auto watch = memory.watches.find(plan);
  if (watch == memory.watches.end()) return false;
  for (const auto& [node, its] : timing.nodes) {
    for (auto due = its.due.rbegin(); due != its.due.rend() && *due > watch->second.settled;
         ++due) {
      const auto next = its.NextAfter(*due);
      const seconds grace = next ? std::min(rules.grace, (*next - *due) / 2) : rules.grace;
      const bool answered = std::ranges::any_of(memory.runs, [&](const auto& entry) {
        const Run& run = entry.second;
        return run.plan == plan && (run.open() || (run.due && run.due->at >= *due));
      });
      if (*due + grace <= view.looked_at && !answered) return true;
    }
  }
  return false;
}

}  // namespace

std::string_view Name(PlanState state) noexcept {
  switch (state) {
    case PlanState::kGood: return "good";
    case PlanState::kLate: return "late";
    case PlanState::kMissed: return "missed";
    case PlanState::kFailing: return "failing";
    case PlanState::kNever: return "never";
    case PlanState::kUnknown: return "unknown";
  }
  return "unknown";
}

PlanState StateOf(const PlanId& plan, const ClusterView& view, const RunMemory& memory,
                  const RunRules& rules) {
  const auto timing = view.timings.find(plan);
  const bool timed = timing != view.timings.end();
  if (timed && timing->second.kind == PlanTiming::Kind::kNever) return PlanState::kNever;
  const Run* last = NewestClosedOf(plan, memory);
  const bool missed = last != nullptr && last->outcome == Outcome::kMissed;
  if (missed) return PlanState::kMissed;
  if (timed && IsLate(plan, timing->second, view, memory, rules)) return PlanState::kLate;
  if (last == nullptr) return HasRecords(plan, view) ? PlanState::kUnknown : PlanState::kNever;
  if (!last->outcome) return PlanState::kUnknown;
  return *last->outcome == Outcome::kSuccess ? PlanState::kGood : PlanState::kFailing;
}

}  // namespace backup_monitor::run
