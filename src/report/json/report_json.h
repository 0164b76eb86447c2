#pragma once

#include <string>

#include "report/facts/report_facts.h"

namespace backup_monitor::report::json {

/// A report for programs, as `report --format json` prints it: one JSON object in one line, each run as the HTTP API
/// gives it (run_json.h). Definition `report` of imageroot/validator-definitions.json describes it, kReportJsonVersion
/// counts its shapes. Verdicts and outcomes by their names, times in ISO 8601 UTC and in seconds; what is not known is
/// null. Foreign text is as it came, broken UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string ReportJson(const ReportFacts& facts);

}  // namespace backup_monitor::report::json
