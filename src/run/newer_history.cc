#include "run/newer_history.h"

#include <algorithm>
#include <set>
#include <vector>

namespace backup_monitor::run {

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

bool HistoryAnswers(const Plan& plan, Time since, seconds quiet, const RunMemory& memory) {
  const auto found = memory.history.find(plan.id);
  if (found == memory.history.end() || found->second.empty()) return false;
  std::vector<const SeenRecord*> newest_first;
  for (const SeenRecord& record : found->second) newest_first.push_back(&record);
  std::sort(newest_first.begin(), newest_first.end(),
            [](const SeenRecord* a, const SeenRecord* b) { return a->ended > b->ended; });
  if (newest_first.front()->ended >= since - quiet) return true;
  Time begin = newest_first.front()->started;
  std::set<ModuleId> taken;
  for (const SeenRecord* record : newest_first) {
    const ModuleId& module = record->record.module;
    if (record->ended < begin - quiet) break;
    if (!plan.Expects(module) || !taken.insert(module).second) continue;
    if (!record->record.succeeded()) return true;
    begin = std::min(begin, record->started);
  }
  return false;
}

}  // namespace backup_monitor::run
