#pragma once

#include <string>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/finding_rows.h"
#include "base/result.h"
#include "model/run_memory.h"

namespace backup_monitor::sqlite {

/// Stores a record and marks it as the one of its plan and module that was seen last. One that has a
/// run keeps it, and all its values, against history: a record that vanished and comes back changes
/// nothing. A finding is kept by SaveFinding() alone. Inside a transaction of the caller's.
[[nodiscard]] Result<void> SaveRecord(Database& database, const FiledRecord& filed);

/// Stores a record only if its key is not there.
[[nodiscard]] Result<void> SaveMissingRecord(Database& database, const FiledRecord& filed);

/// The columns that ReadRecord() reads, for a SELECT: `alias`.start_at, ...
[[nodiscard]] std::string RecordColumns(const std::string& alias);

/// Reads them from the column `first` on.
[[nodiscard]] SeenRecord ReadRecord(Query& row, int first, const PlanId& plan,
                                    const ModuleId& module);
inline constexpr int kRecordColumns = 12 + kFindingColumns;

}  // namespace backup_monitor::sqlite
