#pragma once

#include <optional>

#include "base/json/json_writer.h"
#include "model/cluster_backup.h"

namespace backup_monitor::report::json {

/// The member `cluster_backup`: what is known of the cluster's own backup at the destination of a plan; null if the log
/// is not read.
void WriteClusterBackup(JsonWriter& json, const std::optional<ClusterBackupAtClosing>& known);

}  // namespace backup_monitor::report::json
