#pragma once

namespace backup_monitor {

/// What the check of its repository says of the backup that a module's record is of.
enum class SnapshotState {
  kNotLooked,  ///< Nobody looked, or there is no record to look for.
  kUnread,     ///< The repository could not be read.
  kMade,       ///< It holds a snapshot of this backup.
  kNotSaved,   ///< Its newest snapshot is older than this backup.
  kEmpty,      ///< It holds no snapshot at all.
  kUndecided,  ///< It was read, and whether this backup left a snapshot is still unknown: see Undecided.
  kLogged,  ///< No look shows a snapshot of it, and by the cluster's log restic did not make one.
  kNoneCounted,  ///< No look shows its snapshot, and NS8's own record of the success counts none.
};

/// Why a repository that was read does not show whether this backup left a snapshot.
enum class Undecided {
  kNone,           ///< It does, or was not read.
  kNoTimes,        ///< There are no times of this backup that a snapshot could be compared with.
  kOddTimes,       ///< The record ends before it starts.
  kLaterSnapshot,  ///< Only a later backup's snapshot was listed.
  kClockStep,  ///< The newest is dated shortly before the backup began; a clock set back would do that.
};

/// The one place that lets anybody say "not saved".
[[nodiscard]] constexpr bool IsNotSaved(SnapshotState state) noexcept {
  return state == SnapshotState::kNotSaved || state == SnapshotState::kEmpty ||
         state == SnapshotState::kLogged || state == SnapshotState::kNoneCounted;
}

}  // namespace backup_monitor
