#pragma once

#include <vector>

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/held_report.h"

namespace backup_monitor::sqlite {

/// Keeps a report that is held back. `held.id` is ignored: the store gives one.
[[nodiscard]] Result<HeldId> InsertHeldReport(Database& database, const HeldReport& held);

/// All of them, oldest first.
[[nodiscard]] Result<std::vector<HeldReport>> ReadHeldReports(Database& database);

[[nodiscard]] Result<void> DeleteHeldReport(Database& database, HeldId held);

}  // namespace backup_monitor::sqlite
