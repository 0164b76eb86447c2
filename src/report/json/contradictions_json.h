#pragma once

#include <vector>

#include "base/json/json_writer.h"
#include "model/alert_contradiction.h"

namespace backup_monitor::report::json {

/// The member `alert_contradictions`: what fires and does not fit what is known of the plans.
void WriteContradictions(JsonWriter& json, const std::vector<AlertContradiction>& contradictions);

}  // namespace backup_monitor::report::json
