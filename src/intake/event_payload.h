#pragma once

#include <string_view>

#include "base/result.h"
#include "model/trigger.h"

namespace backup_monitor::intake {

/// Reads NS8's `backup-status-changed`: `{"node_id":1,"backup_id":1,"module_id":"mail1"}` (ns8-core
/// 4f41b359 node/bin/run-backup). It only says "look now", so its members may be missing or odd.
///
/// \return kInvalidInput if `body` is no JSON object, or no UTF-8.
[[nodiscard]] Result<BackupEvent> ParseEvent(std::string_view body);

}  // namespace backup_monitor::intake
