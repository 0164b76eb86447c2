#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/run_memory.h"

namespace backup_monitor::sqlite {

/// What RunStore::Load() returns.
[[nodiscard]] Result<RunMemory> LoadMemory(Database& database, Time now);

}  // namespace backup_monitor::sqlite
