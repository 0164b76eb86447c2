#include "report/facts/cause.h"

namespace backup_monitor::report {

Cause CauseOf(ProbeCause answer) noexcept {
  switch (answer) {
    case ProbeCause::kUnreachable: return Cause::kUnreachable;
    case ProbeCause::kLocked: return Cause::kLocked;
    case ProbeCause::kWrongKey: return Cause::kWrongKey;
    case ProbeCause::kNoRepository: return Cause::kNoRepository;
    case ProbeCause::kDamaged: return Cause::kDamaged;
    case ProbeCause::kTimeout: return Cause::kTimeout;
    case ProbeCause::kDenied: return Cause::kDenied;
    case ProbeCause::kCertificate: return Cause::kCertificate;
    case ProbeCause::kFull: return Cause::kFull;
    case ProbeCause::kHostKey: return Cause::kHostKey;
    case ProbeCause::kDamagedLock: return Cause::kDamagedLock;
    case ProbeCause::kNotStarted: return Cause::kNotStarted;
    case ProbeCause::kIncomplete: return Cause::kIncomplete;
    case ProbeCause::kUnknown: return Cause::kUnknown;
  }
  return Cause::kUnknown;
}

bool JournalMayTell(Cause cause) noexcept {
  switch (cause) {
    case Cause::kUnreachable:
    case Cause::kFull:
    case Cause::kCertificate:
    case Cause::kHostKey:
    case Cause::kLocked:
    case Cause::kDamagedLock:
    case Cause::kWrongKey:
    case Cause::kDamaged: return false;
    case Cause::kTimeout:
    case Cause::kDenied:
    case Cause::kNoRepository:
    case Cause::kNotStarted:
    case Cause::kIncomplete:
    case Cause::kUnknown:
    case Cause::kNotSaved:
    case Cause::kSnapshotMade:
    case Cause::kNoSnapshot: return true;
  }
  return true;
}

}  // namespace backup_monitor::report
