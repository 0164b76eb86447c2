#pragma once

#include <string>

#include "report/facts/report_facts.h"

namespace backup_monitor {

/// A report for programs: `report --format json` and the HTTP API. One JSON object in one line,
/// members named as in model/report.h, verdicts and outcomes by their names, times in ISO 8601 UTC.
/// What is not known is left out. Foreign text is as it came, broken UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string ReportJson(const ReportFacts& facts);

}  // namespace backup_monitor
