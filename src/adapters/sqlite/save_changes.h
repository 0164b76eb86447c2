#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/run_memory.h"

namespace backup_monitor::sqlite {

/// Stores what one step changed, but for what leaves the inbox. What is already as it should be is read, not written. Inside a
/// transaction of the caller's.
[[nodiscard]] Result<void> SaveChanges(Database& database, const RunChanges& changes);

}  // namespace backup_monitor::sqlite
