#pragma once

#include <optional>
#include <string>

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/finding.h"
#include "model/status_record.h"

namespace backup_monitor::sqlite {

/// Keeps what a check found of a stored record. A record that has a finding already keeps that one.
[[nodiscard]] Result<void> SaveFinding(Database& database, const RecordKey& key,
                                       const Finding& finding);

/// The columns that ReadFinding() reads, for a SELECT: `alias`.probed_at, ...
[[nodiscard]] std::string FindingColumns(const std::string& alias);

/// Reads them from the column `first` on; nothing if nobody has looked.
[[nodiscard]] std::optional<Finding> ReadFinding(Query& row, int first);
inline constexpr int kFindingColumns = 10;

}  // namespace backup_monitor::sqlite
