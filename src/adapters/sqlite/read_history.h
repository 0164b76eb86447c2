#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/plan_history.h"
#include "model/run.h"

namespace backup_monitor::sqlite {

/// What RunStore::Transaction::HistoryOf() returns.
[[nodiscard]] Result<PlanHistory> ReadHistory(Database& database, const Run& run, Time as_of);

}  // namespace backup_monitor::sqlite
