#pragma once

#include <cstdint>
#include <optional>

#include "model/run.h"
#include "model/snapshot_state.h"

namespace backup_monitor {

/// NS8 says success, and restic found no snapshot when the backup had ended: `errors`, `snapshots_count` and
/// `total_size` are all there and all 0. A member that is missing is not 0, so nothing is concluded of layouts
/// that do not have them.
///
/// Source: run-backup stores what `restic stats --json latest` says after each module (ns8-core 4f41b359
/// node/bin/run-backup); of a repository without snapshots that ends with 0 and these zeros (restic 0.14.0
/// cmd/restic/cmd_stats.go).
[[nodiscard]] bool CountsNoSnapshot(const StatusRecord& record) noexcept;

/// One backup as it was judged, and what a look has found.
struct CheckedBackup {
  std::optional<Verdict> verdict;
  const Finding* finding = nullptr;  ///< None: nobody looked.
  /// As NS8 recorded them, by the same clock as the snapshot's. None where they are another run's, or where
  /// the layout knows no beginning.
  std::optional<Time> start;
  std::optional<Time> end;
  bool counts_no_snapshot = false;  ///< CountsNoSnapshot() of its record.
  bool logged_not_saved = false;    ///< The log says that restic made no snapshot (LoggedModule).
};

[[nodiscard]] SnapshotState SnapshotStateOf(const CheckedBackup& backup);

/// kNone unless SnapshotStateOf() is kUndecided.
[[nodiscard]] Undecided WhyUndecided(const CheckedBackup& backup);

/// NS8 says success, and its repository or its own record holds no snapshot of it.
[[nodiscard]] bool SucceededWithoutSnapshot(const CheckedBackup& backup);
[[nodiscard]] bool SucceededWithoutSnapshot(const RunModule& module, RunOrigin origin);

/// A record without errors that nothing contradicts: a backup that a restore could start from.
[[nodiscard]] bool IsGoodBackup(const SeenRecord& seen);

/// A fall by 90 % and more: of what a backup restores to, or of the number of its files. False where either is
/// not known, or was 0 before.
[[nodiscard]] bool HasFallen(const std::optional<std::uint64_t>& before,
                             const std::optional<std::uint64_t>& now) noexcept;

}  // namespace backup_monitor
