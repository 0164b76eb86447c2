#pragma once

#include "adapters/sqlite/database.h"
#include "model/run_memory.h"

// Tables run_due and plan_watch: what the schedules say.

namespace backup_monitor::sqlite {

/// The nodes of a run's due moment, in place of those that are stored.
[[nodiscard]] Result<void> SaveRunDue(Database& database, const Run& run);
/// Adds the nodes to `run.due`, whose moment has been read.
[[nodiscard]] Result<void> ReadRunDue(Database& database, Run& run);

/// All watches, in place of those that are stored.
[[nodiscard]] Result<void> SaveWatches(Database& database,
                                       const std::map<PlanId, PlanWatch>& watches);
[[nodiscard]] Result<std::map<PlanId, PlanWatch>> ReadWatches(Database& database);

}  // namespace backup_monitor::sqlite
