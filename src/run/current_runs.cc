#include "run/current_runs.h"

#include <utility>

#include "run/newer_history.h"
#include "run/reckoning.h"
#include "run/run_book.h"

namespace backup_monitor::run {
namespace {

const Run* NewestOf(const PlanId& plan, const RunMemory& memory) {
  const Run* newest = nullptr;
  for (const auto& [id, run] : memory.runs) {
    if (run.plan == plan && (newest == nullptr || newest->begin <= run.begin)) newest = &run;
  }
  return newest;
}

std::optional<Run> FromHistory(const Plan& plan, const ClusterView& view, const RunRules& rules) {
  RunMemory scratch;
  RunStep step;
  const PlanMembers members;
  std::map<PlanId, Gap> gaps;
  RunBook book{scratch, rules, view, members, gaps, step};
  for (const StatusRecord& record : view.records) {
    if (record.plan != plan.id) continue;
    scratch.history[plan.id].push_back(Reckon(record, view.looked_at));
    scratch.modules[{plan.id, record.module}].has_record = true;
  }
  const auto id = book.OpenFromHistory(plan);
  if (!id) return std::nullopt;
  book.Close(*id, view.looked_at, "it is made for a report");
  Run run = std::move(scratch.runs.at(*id));
  run.id = RunId{};  // the number was the scratch memory's; a real run will have it
  return run;
}

}  // namespace

std::vector<Run> CurrentRuns(const ClusterView& view, const RunMemory& memory,
                             const RunRules& rules, const std::optional<PlanId>& plan) {
  std::vector<Run> runs;
  for (const auto& [id, known] : view.plans) {
    if (plan && *plan != id) continue;
    const Run* newest = NewestOf(id, memory);
    const bool outdated =
        newest == nullptr || (!known.expected.empty() && IsHistoryNewer(id, memory));
    if (auto run = outdated ? FromHistory(known, view, rules) : std::nullopt) {
      runs.push_back(*std::move(run));
    } else if (newest != nullptr) {
      runs.push_back(*newest);
    }
  }
  return runs;
}

}  // namespace backup_monitor::run
