#include "run/history_links.h"

#include <algorithm>

#include "run/passes.h"

namespace backup_monitor::run {
namespace {

/// The record of the run that its node made next, in the plan's order; nullptr if a silent module comes between.
const SeenRecord* NextOnItsNode(const SeenRecord& record, const Run& run, const RunMemory& memory) {
  const std::size_t place = PlaceOf(run.plan, record.record.module, memory);
  std::size_t nearest = Turn::kNoPlace;
  const SeenRecord* next = nullptr;
  for (const auto& [id, module] : run.modules) {
    const auto node = module.record ? module.record->record.node : module.node;
    const std::size_t its = PlaceOf(run.plan, id, memory);
    if (node != record.record.node || its <= place || its >= nearest) continue;
    nearest = its;
    next = module.record ? &*module.record : nullptr;
  }
  return next;
}

bool IsBeforeACleanUp(const SeenRecord& record, const Run& run, const RunMemory& memory) {
  if (record.stored_by || !record.record.succeeded()) return false;
  const SeenRecord* next = NextOnItsNode(record, run, memory);
  return next != nullptr && record.ended <= next->started &&
         next->started - record.ended <= RunRules::kCleanUp;
}

/// No timer began it for the run's due moment: its pass is that of an earlier one, however long it took.
bool IsBeforeDue(const SeenRecord& record, const Run& run) {
  return run.due && record.started < std::min(run.due->at, run.begin) - RunRules::kEarly;
}

bool IsLinkedInTime(const SeenRecord& record, const Run& run, const RunMemory& memory,
                    const RunRules& rules) {
  const bool same_node = std::ranges::any_of(run.modules, [&record](const auto& entry) {
    return entry.second.record && entry.second.record->record.node == record.record.node;
  });
  if (!same_node) {
    if (record.started < run.begin - RunRules::kSameBegin) return false;
  } else if (IsBeforeACleanUp(record, run, memory)) {
    return true;
  }
  const Time end = run.last_end().value_or(run.begin);
  return record.ended >= run.begin - rules.quiet && record.started <= end + rules.quiet;
}

}  // namespace

bool IsLinked(const SeenRecord& record, const Run& run, const RunMemory& memory,
              const RunRules& rules) {
  return !IsBeforeDue(record, run) && IsLinkedInTime(record, run, memory, rules);
}

}  // namespace backup_monitor::run
