#pragma once

#include "model/run.h"

namespace backup_monitor {

/// What a look into its repository tells of the backup that a module's record is of.
enum class Standing {
  kNotLooked,  ///< Nobody looked, or there is no record to look for.
  kUnread,     ///< The repository could not be read.
  kMade,       ///< It holds a snapshot of this backup.
  kNotSaved,   ///< Its newest snapshot is older than this backup.
  kEmpty,      ///< It holds no snapshot at all.
  kUndecided,  ///< It was read, and whether this backup left a snapshot is still unknown: only a later
               ///< one was listed, or the times cannot be compared.
};

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
};

[[nodiscard]] Standing StandingOf(const LookedInto& backup);

/// NS8 says success, and the repository holds no snapshot of it.
[[nodiscard]] bool SucceededWithoutSnapshot(const LookedInto& backup);
[[nodiscard]] bool SucceededWithoutSnapshot(const RunModule& module, RunOrigin origin);

}  // namespace backup_monitor
