#pragma once

#include <rapidjson/document.h>

#include <string_view>

#include "model/trigger.h"

namespace backup_monitor {

/// Label `alertname` of one element of `alerts`, an object; empty if there is none.
[[nodiscard]] std::string_view AlertName(const rapidjson::Value& alert);

/// By its own status, else by its group's.
[[nodiscard]] bool IsResolved(const rapidjson::Value& alert, std::string_view group_status);

/// Labels and start, within the limits that ParseAlerts() tells.
[[nodiscard]] Alert ReadAlert(const rapidjson::Value& alert);

}  // namespace backup_monitor
