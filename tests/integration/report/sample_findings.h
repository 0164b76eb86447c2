#pragma once

#include <vector>

#include "integration/report/sample_reports.h"

namespace backup_monitor::testing {

/// Reports of runs whose repositories were looked into.
[[nodiscard]] std::vector<Sample> FindingSamples();

}  // namespace backup_monitor::testing
