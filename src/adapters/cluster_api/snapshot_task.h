#pragma once

#include <string>
#include <string_view>

#include "base/redaction.h"
#include "probe/repository.h"

namespace backup_monitor::cluster_api {

// NS8's cluster action that lists the snapshots of one repository (ns8-core 4f41b359,
// cluster/actions/read-backup-snapshots).

inline constexpr std::string_view kReadSnapshots = "read-backup-snapshots";

/// Its input: {"repository":"<destination id>","path":"<image>/<module UUID>"}
[[nodiscard]] std::string SnapshotInput(const probe::RepositoryAddress& address);

/// What its ended task gave. Also of one that succeeded, `error` is what the action and restic have written to standard
/// error (core/agent).
///
/// \param answer  as ClusterTasks::Await() returns it, any bytes
[[nodiscard]] probe::ProbeAnswer ParseSnapshotEnd(std::string_view answer,
                                                  const KnownSecrets& known);

}  // namespace backup_monitor::cluster_api
