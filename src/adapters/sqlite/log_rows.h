#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/run.h"

namespace backup_monitor::sqlite {

/// Stores what the log said of a run's nodes. Inside a transaction of the caller's.
[[nodiscard]] Result<void> SaveRunLog(Database& database, const Run& run);

/// \return kCorrupt.
[[nodiscard]] Result<void> ReadRunLog(Database& database, Run& run);

}  // namespace backup_monitor::sqlite
