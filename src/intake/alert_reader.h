#pragma once

#include <string_view>

#include "base/json/json_value.h"
#include "model/trigger.h"

namespace backup_monitor::intake {

/// Label `alertname` of one element of `alerts`, an object; empty if there is none.
[[nodiscard]] std::string_view AlertName(const JsonValue& alert);

/// By its own status, else by its group's.
[[nodiscard]] bool IsResolved(const JsonValue& alert, std::string_view group_status);

/// Labels and start, and whether it is silenced, within the limits of ParseAlerts().
[[nodiscard]] Alert ReadAlert(const JsonValue& alert);

}  // namespace backup_monitor::intake
