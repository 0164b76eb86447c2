#pragma once

#include <map>

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/run_memory.h"

// Table module_watch: what reports have said of modules.

namespace backup_monitor::sqlite {

/// All watches, in place of those that are stored.
[[nodiscard]] Result<void> SaveModuleWatches(Database& database,
                                             const std::map<ModuleId, ModuleWatch>& watches);
[[nodiscard]] Result<std::map<ModuleId, ModuleWatch>> ReadModuleWatches(Database& database);

}  // namespace backup_monitor::sqlite
