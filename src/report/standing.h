#pragma once

#include "model/report.h"

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

/// Compares with the record's own times, by the same clock as the snapshot's. Not in the compact layout,
/// which knows no beginning, nor with a record that is another run's or ends before it starts.
[[nodiscard]] Standing StandingInRepository(const RunSection& run, const ModuleLine& line);

/// The one place that lets a report say "not saved".
[[nodiscard]] bool IsNotSaved(Standing standing) noexcept;

/// NS8 says success, and the repository holds no snapshot of it.
[[nodiscard]] bool SucceededWithoutSnapshot(const RunSection& run, const ModuleLine& line);

/// When the snapshot of this backup was made; none unless kMade.
[[nodiscard]] std::optional<Time> MadeAt(const ModuleLine& line);

}  // namespace backup_monitor
