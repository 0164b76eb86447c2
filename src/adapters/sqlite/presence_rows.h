#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/run.h"

namespace backup_monitor::sqlite {

/// Stores whether a run's nodes could be reached. Inside a transaction of the caller's.
[[nodiscard]] Result<void> SaveRunPresence(Database& database, const Run& run);

/// \return kCorrupt.
[[nodiscard]] Result<void> ReadRunPresence(Database& database, Run& run);

}  // namespace backup_monitor::sqlite
