#pragma once

#include "base/json/json_writer.h"
#include "model/report.h"

namespace backup_monitor::report::json {

/// The members `unprotected_since` and `exempt`: since when the applications in no enabled plan are in none, and which
/// of them need none for a while.
void WriteCoverage(JsonWriter& json, const WatchSummary& watch);

}  // namespace backup_monitor::report::json
