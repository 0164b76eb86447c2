#pragma once

#include <string>

#include "app/worker.h"
#include "notify/outbox.h"

namespace backup_monitor {

/// The body of GET /api/status: how the daemon itself is.
[[nodiscard]] std::string StatusJson(const WorkerStatus& status, const Result<OutboxCounts>& outbox);

}  // namespace backup_monitor
