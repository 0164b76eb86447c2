#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/run_memory.h"

namespace backup_monitor::sqlite {

/// Stores what the last complete look found. An unchanged look of 20,000 modules writes one page.
/// Inside a transaction of the caller's.
[[nodiscard]] Result<void> SaveLook(Database& database, const RunChanges::Look& look);

}  // namespace backup_monitor::sqlite
