#pragma once

#include <vector>

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/postponed_report.h"

namespace backup_monitor::sqlite {

/// Keeps a postponed report. `report.id` is ignored: the store gives one.
[[nodiscard]] Result<PostponedId> InsertPostponedReport(Database& database,
                                                        const PostponedReport& report);

/// All of them, oldest first.
[[nodiscard]] Result<std::vector<PostponedReport>> ReadPostponedReports(Database& database);

[[nodiscard]] Result<void> DeletePostponedReport(Database& database, PostponedId report);

}  // namespace backup_monitor::sqlite
