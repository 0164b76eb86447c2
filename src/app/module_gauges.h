#pragma once

#include <map>

#include "base/metrics.h"
#include "model/cluster_view.h"
#include "model/recovery_point.h"
#include "model/run_memory.h"

namespace backup_monitor::app {

void DeclareModuleGauges(Metrics& metrics);

/// The newest good data of each application under each enabled plan, as of the last look, and how old it may be at
/// most.
void ShowModuleGauges(const ClusterView& view, const RunMemory& memory,
                      const std::map<ModuleId, RecoveryPoint>& points, Metrics& metrics);

}  // namespace backup_monitor::app
