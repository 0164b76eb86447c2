#pragma once

#include <string>
#include <vector>

#include "model/report.h"

namespace backup_monitor::testing {

/// A report with the name of its files.
struct Sample {
  std::string name;
  Report report;
};

/// One report of every kind that a mailbox may see, and some that nobody should: hostile names, 2,000
/// modules.
[[nodiscard]] std::vector<Sample> SampleReports();

}  // namespace backup_monitor::testing
