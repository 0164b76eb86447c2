#pragma once

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/cluster_backup.h"
#include "model/run.h"

namespace backup_monitor::sqlite {

/// Replaces all that is stored. Of the last reading only how far it is known is kept.
[[nodiscard]] Result<void> SaveUploads(Database& database, const ClusterUploads& uploads);
[[nodiscard]] Result<ClusterUploads> ReadUploads(Database& database);

[[nodiscard]] Result<void> SaveRunClusterBackup(Database& database, const Run& run);
[[nodiscard]] Result<void> ReadRunClusterBackup(Database& database, Run& run);

}  // namespace backup_monitor::sqlite
