#include "run/newer_history.h"

#include <algorithm>

namespace backup_monitor {

bool IsHistoryNewer(const PlanId& plan, const RunMemory& memory) {
  const auto found = memory.history.find(plan);
  if (found == memory.history.end() || found->second.empty()) return false;
  Time newest = Time::min();
  for (const SeenRecord& record : found->second) newest = std::max(newest, record.ended);
  return std::none_of(memory.runs.begin(), memory.runs.end(), [&](const auto& entry) {
    const Run& run = entry.second;
    return run.plan == plan && (run.open() || run.last_end().value_or(run.begin) >= newest);
  });
}

}  // namespace backup_monitor
