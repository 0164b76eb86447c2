#pragma once

#include <string>

#include "app/worker.h"
#include "base/json/json_writer.h"
#include "notify/outbox.h"

namespace backup_monitor::app {

/// The body of GET /api/status: how the daemon itself is, and which bounds it has reached since it started
/// (base/bounds.h).
///
/// \param mail_held `mail.hold`
[[nodiscard]] std::string StatusJson(const WorkerStatus& status,
                                     const Result<notify::OutboxCounts>& outbox, bool mail_held);

/// The same without the bounds, into an object that the caller opens and closes.
void WriteStatus(JsonWriter& json, const WorkerStatus& status,
                 const Result<notify::OutboxCounts>& outbox, bool mail_held);

}  // namespace backup_monitor::app
