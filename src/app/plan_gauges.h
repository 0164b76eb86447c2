#pragma once

#include "base/metrics.h"
#include "model/cluster_view.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::app {

void DeclarePlanGauges(Metrics& metrics);

/// The plans of a look: their names, how they are doing, and when they are due next.
void ShowPlanGauges(const ClusterView& view, const RunMemory& memory, const run::RunRules& rules,
                    Metrics& metrics);

}  // namespace backup_monitor::app
