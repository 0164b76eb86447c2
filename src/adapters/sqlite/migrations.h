#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"

namespace backup_monitor::sqlite {

/// `PRAGMA application_id` of our files: "NS8b".
inline constexpr int kApplicationId = 0x4E533862;

/// The schema that this program reads and writes: `PRAGMA user_version` after the last migration.
[[nodiscard]] int LatestSchema();

/// Brings the file from its version to `target`, each step in a transaction of its own with its
/// number. Steps are the files migrations/NNNN_*.sql.
[[nodiscard]] Result<void> Migrate(Database& database, int target = LatestSchema());

/// `PRAGMA user_version`.
[[nodiscard]] Result<int> SchemaOf(Database& database);

}  // namespace backup_monitor::sqlite
