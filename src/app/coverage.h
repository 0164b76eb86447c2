#pragma once

#include <map>
#include <string>

#include "model/cluster_view.h"
#include "model/run_memory.h"

namespace backup_monitor::app {

/// Exemptions by UUID of the application.
using Exemptions = std::map<std::string, Exemption>;

/// Adds to a look whose exemption holds, and since when applications are in no enabled plan.
void ReadCoverage(ClusterView& view, const Exemptions& exemptions, const RunMemory& memory);

}  // namespace backup_monitor::app
