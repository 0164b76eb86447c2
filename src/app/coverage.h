#pragma once

#include <map>
#include <string>

#include "model/cluster_view.h"
#include "model/run_memory.h"

namespace backup_monitor::app {

/// Exemptions by UUID of the application.
using Exemptions = std::map<std::string, Exemption>;

/// Adds to a look which applications in no enabled plan are exempt, and since when the others are in none.
void ReadCoverage(ClusterView& view, const Exemptions& exemptions, const RunMemory& memory);

}  // namespace backup_monitor::app
