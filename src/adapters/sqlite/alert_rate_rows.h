#pragma once

#include "adapters/sqlite/database.h"
#include "model/run_memory.h"

namespace backup_monitor::sqlite {

/// Replaces what is stored.
[[nodiscard]] Result<void> SaveAlertRates(Database& database, const AlertRates& rates);
[[nodiscard]] Result<AlertRates> ReadAlertRates(Database& database);

}  // namespace backup_monitor::sqlite
