#include "model/standing.h"

namespace backup_monitor {
namespace {

/// The node's clock may be set back during a backup: a snapshot dated this much before its beginning may
/// still be its own.
constexpr seconds kClockStep{600};

bool HasResult(const std::optional<Verdict>& verdict) {
  return verdict == Verdict::kSucceeded || verdict == Verdict::kSavedWithErrors ||
         verdict == Verdict::kFailed;
}

}  // namespace

bool IsNotSaved(Standing standing) noexcept {
  return standing == Standing::kNotSaved || standing == Standing::kEmpty;
}

Standing StandingOf(const LookedInto& backup) {
  if (backup.finding == nullptr || !HasResult(backup.verdict)) return Standing::kNotLooked;
  const Finding& finding = *backup.finding;
  if (finding.of_run) return Standing::kMade;
  if (!finding.was_read()) return Standing::kUnread;
  if (!backup.start || !backup.end) return Standing::kUndecided;
  if (!finding.newest) return Standing::kEmpty;
  if (*backup.end < *backup.start) return Standing::kUndecided;
  const bool older = finding.newest->at < *backup.start - kClockStep;
  return older ? Standing::kNotSaved : Standing::kUndecided;
}

bool SucceededWithoutSnapshot(const LookedInto& backup) {
  return backup.verdict == Verdict::kSucceeded && IsNotSaved(StandingOf(backup));
}

bool SucceededWithoutSnapshot(const RunModule& module, RunOrigin origin) {
  const SeenRecord* shown = module.shown();
  if (shown == nullptr || !shown->finding) return false;
  LookedInto backup{module.verdict, &*shown->finding, {}, {}};
  if (module.record && origin != RunOrigin::kCompact) {
    backup.start = shown->record.start;
    backup.end = shown->record.end;
  }
  return SucceededWithoutSnapshot(backup);
}

}  // namespace backup_monitor
