#pragma once

#include <cstdint>
#include <optional>

#include "model/run.h"

namespace backup_monitor {

/// What a look into its repository tells of the backup that a module's record is of.
enum class Standing {
  kNotLooked,  ///< Nobody looked, or there is no record to look for.
  kUnread,     ///< The repository could not be read.
  kMade,       ///< It holds a snapshot of this backup.
  kNotSaved,   ///< Its newest snapshot is older than this backup.
  kEmpty,      ///< It holds no snapshot at all.
  kUndecided,  ///< It was read, and whether this backup left a snapshot is still unknown: see WhyUndecided().
  kNoneCounted,  ///< No look shows its snapshot, and NS8's own record of the success counts none.
};

/// Why a repository that was read does not tell whether this backup left a snapshot.
enum class Undecided {
  kNone,           ///< It does tell, or was not read.
  kNoTimes,        ///< There are no times of this backup that a snapshot could be compared with.
  kOddTimes,       ///< The record ends before it starts.
  kLaterSnapshot,  ///< Only a later backup's snapshot was listed.
  kClockStep,  ///< The newest is dated shortly before the backup began; a clock set back would do that.
};

/// NS8 says success, and restic found no snapshot when the backup had ended: `errors`, `snapshots_count` and
/// `total_size` are all there and all 0. A member that is missing is not 0, so nothing is concluded of layouts
/// that do not have them.
///
/// Source: run-backup stores what `restic stats --json latest` says after each module (ns8-core 4f41b359
/// node/bin/run-backup); of a repository without snapshots that ends with 0 and these zeros (restic 0.14.0
/// cmd/restic/cmd_stats.go).
[[nodiscard]] bool CountsNoSnapshot(const StatusRecord& record) noexcept;

/// The one place that lets anybody say "not saved".
[[nodiscard]] bool IsNotSaved(Standing standing) noexcept;

/// One backup as it was judged, and what a look has found.
struct LookedInto {
  std::optional<Verdict> verdict;
  const Finding* finding = nullptr;  ///< None: nobody looked.
  /// As NS8 recorded them, by the same clock as the snapshot's. None where they are another run's, or where
  /// the layout knows no beginning.
  std::optional<Time> start;
  std::optional<Time> end;
  bool counts_no_snapshot = false;  ///< CountsNoSnapshot() of its record.
};

[[nodiscard]] Standing StandingOf(const LookedInto& backup);

/// kNone unless StandingOf() is kUndecided.
[[nodiscard]] Undecided WhyUndecided(const LookedInto& backup);

/// NS8 says success, and its repository or its own record holds no snapshot of it.
[[nodiscard]] bool SucceededWithoutSnapshot(const LookedInto& backup);
[[nodiscard]] bool SucceededWithoutSnapshot(const RunModule& module, RunOrigin origin);

/// A record without errors that nothing contradicts: a backup that a restore could start from.
[[nodiscard]] bool IsGoodBackup(const SeenRecord& seen);

/// A fall by 90 % and more: of what a backup restores to, or of the number of its files. False where either is
/// not known, or was 0 before.
[[nodiscard]] bool HasFallen(const std::optional<std::uint64_t>& before,
                             const std::optional<std::uint64_t>& now) noexcept;

}  // namespace backup_monitor
