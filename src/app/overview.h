#pragma once

#include <string>

#include "app/worker.h"
#include "notify/outbox.h"
#include "store/run_archive.h"

namespace backup_monitor::app {

/// The body of GET /api/overview: the status of the daemon, and of each plan by its newest run.
///
/// \param mail_held `mail.hold`
[[nodiscard]] std::string OverviewJson(const WorkerStatus& status,
                                       const Result<notify::OutboxCounts>& outbox, bool mail_held,
                                       store::RunArchive& archive, Time now);

}  // namespace backup_monitor::app
