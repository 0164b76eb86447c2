#pragma once

#include <map>

#include "base/metrics.h"
#include "model/cluster_view.h"
#include "model/plan_status.h"

namespace backup_monitor::app {

void DeclarePlanGauges(Metrics& metrics);

/// The plans of a look: their names, and of the enabled ones how they are doing and when they are due next.
void ShowPlanGauges(const ClusterView& view, const std::map<PlanId, PlanStatus>& statuses,
                    Metrics& metrics);

}  // namespace backup_monitor::app
