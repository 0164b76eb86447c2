#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/finding.h"

namespace backup_monitor::probe {

/// The snapshots that were listed.
struct SnapshotList {
  std::vector<Snapshot> snapshots;
  std::size_t not_understood = 0;  ///< Elements that are none, or whose time cannot be read.
};

/// What `restic snapshots --json` prints: a list of objects with `time` (RFC 3339), `id`, and since
/// restic 0.17 `summary.total_bytes_processed`; `null` or `[]` for none (0.14.0, v0.19.1-213).
/// Other members are ignored.
///
/// \return kInvalidInput for anything that is no list, and for more than 16 MiB
[[nodiscard]] Result<SnapshotList> ParseResticSnapshots(std::string_view json);

/// What NS8's action read-backup-snapshots returns: objects with `timestamp` (Unix seconds), `id` and
/// `total_bytes`, -1 if not known (ns8-core 4f41b359, cluster/actions/read-backup-snapshots).
///
/// \return as above
[[nodiscard]] Result<SnapshotList> ParseActionSnapshots(std::string_view json);

}  // namespace backup_monitor::probe
