#pragma once

#include "model/finding.h"

namespace backup_monitor::report {

/// Why a backup is not what it should be. In the order in which a report says what to do about them.
enum class Cause {
  kUnreachable,  ///< To kUnknown: what the repository answered, as in ProbeCause.
  kTimeout,
  kFull,
  kCertificate,
  kHostKey,
  kDenied,
  kLocked,
  kDamagedLock,
  kWrongKey,
  kNoRepository,
  kDamaged,
  kNotStarted,
  kIncomplete,
  kUnknown,
  kNotSaved,      ///< The repository can be read, and holds no snapshot of this backup.
  kSnapshotMade,  ///< It holds one: a later step failed, or some files could not be read.
  kNoSnapshot,    ///< NS8 says success, and there is no snapshot.
};

/// What is the matter with a repository that gave this answer.
[[nodiscard]] Cause CauseOf(ProbeCause answer) noexcept;

/// The journal of the module's node may say more: the repository itself is not known to be what made the backup
/// fail.
[[nodiscard]] bool JournalMayTell(Cause cause) noexcept;

}  // namespace backup_monitor::report
