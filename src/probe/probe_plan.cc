#include "probe/probe_plan.h"

namespace backup_monitor::probe {

ProbePlan PlanProbes(const Run& run, const std::set<std::string>& busy_destinations,
                     ProbeMode mode) {
  ProbePlan plan;
  const bool possible = mode != ProbeMode::kOff && !run.open() &&
                        run.origin != RunOrigin::kCompact && !run.destination_id.empty();
  if (!possible) return plan;
  for (const auto& [id, module] : run.modules) {
    if (!module.counts() || !module.record) continue;
    if (module.record->finding) continue;
    const StatusRecord& record = module.record->record;
    if (mode == ProbeMode::kFailed && record.succeeded()) continue;
    plan.orders.push_back({record, run.destination_id});
  }
  if (busy_destinations.contains(run.destination_id)) {
    plan.destination_busy = !plan.orders.empty();
    plan.orders.clear();
  }
  return plan;
}

}  // namespace backup_monitor::probe
