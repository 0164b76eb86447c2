#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/run.h"

namespace backup_monitor::sqlite {

/// Makes the rows of the run's modules what they are in memory: writes what differs, removes what
/// is gone. An open run of 2,000 modules is saved for each record that comes.
[[nodiscard]] Result<void> SaveRunModules(Database& database, const Run& run);

/// Reads them into `run`, whose id and plan are set.
[[nodiscard]] Result<void> ReadRunModules(Database& database, Run& run);

}  // namespace backup_monitor::sqlite
