#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/run.h"

namespace backup_monitor::sqlite {

/// Stores a run whole. Of its modules only what differs from the file is written; records are kept
/// by key, and one that is not stored yet is stored too. Inside a transaction of the caller's.
[[nodiscard]] Result<void> SaveRun(Database& database, const Run& run);

/// \return kNotFound.
[[nodiscard]] Result<Run> ReadRun(Database& database, RunId id);

}  // namespace backup_monitor::sqlite
