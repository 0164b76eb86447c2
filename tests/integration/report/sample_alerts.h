#pragma once

#include <vector>

#include "integration/report/sample_reports.h"

namespace backup_monitor::testing {

/// Reports that an alert caused, or of which an alert says more than the records do.
[[nodiscard]] std::vector<Sample> AlertSamples();

}  // namespace backup_monitor::testing
