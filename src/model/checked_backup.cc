#include "model/checked_backup.h"

namespace backup_monitor {
namespace {

/// The node's clock may be set back during a backup: a snapshot dated this much before its beginning may
/// still be its own.
constexpr seconds kClockStep{600};

bool HasResult(const std::optional<Verdict>& verdict) {
  return verdict == Verdict::kSucceeded || verdict == Verdict::kSavedWithErrors ||
         verdict == Verdict::kFailed;
}

/// What the check alone says.
SnapshotState InRepository(const CheckedBackup& backup) {
  if (backup.finding == nullptr) return SnapshotState::kNotLooked;
  const Finding& finding = *backup.finding;
  if (finding.of_run) return SnapshotState::kMade;
  if (!finding.was_read()) return SnapshotState::kUnread;
  if (!backup.start || !backup.end) return SnapshotState::kUndecided;
  if (!finding.newest) return SnapshotState::kEmpty;
  if (*backup.end < *backup.start) return SnapshotState::kUndecided;
  const bool older = finding.newest->at < *backup.start - kClockStep;
  return older ? SnapshotState::kNotSaved : SnapshotState::kUndecided;
}

CheckedBackup BackupOf(const SeenRecord& seen, const std::optional<Verdict>& verdict) {
  return {verdict, seen.finding ? &*seen.finding : nullptr, {},
          {},      CountsNoSnapshot(seen.record),           false};
}

}  // namespace

bool CountsNoSnapshot(const StatusRecord& record) noexcept {
  return record.succeeded() && record.snapshot_count == 0U && record.restore_bytes == 0U;
}

SnapshotState SnapshotStateOf(const CheckedBackup& backup) {
  if (!HasResult(backup.verdict)) return SnapshotState::kNotLooked;
  const SnapshotState found = InRepository(backup);
  const bool open = found == SnapshotState::kNotLooked || found == SnapshotState::kUnread ||
                    found == SnapshotState::kUndecided;
  const bool none = backup.counts_no_snapshot && backup.verdict == Verdict::kSucceeded;
  if (open && none) return SnapshotState::kNoneCounted;
  // A snapshot beats the record, and the record beats the log.
  const bool logged = backup.logged_not_saved && backup.verdict == Verdict::kFailed;
  return open && logged ? SnapshotState::kLogged : found;
}

Undecided WhyUndecided(const CheckedBackup& backup) {
  if (SnapshotStateOf(backup) != SnapshotState::kUndecided) return Undecided::kNone;
  if (!backup.start || !backup.end) return Undecided::kNoTimes;
  if (*backup.end < *backup.start) return Undecided::kOddTimes;
  return backup.finding->newest->at < *backup.start ? Undecided::kClockStep
                                                    : Undecided::kLaterSnapshot;
}

bool SucceededWithoutSnapshot(const CheckedBackup& backup) {
  return backup.verdict == Verdict::kSucceeded && IsNotSaved(SnapshotStateOf(backup));
}

bool SucceededWithoutSnapshot(const RunModule& module, RunOrigin origin) {
  const SeenRecord* shown = module.shown();
  if (shown == nullptr) return false;
  CheckedBackup backup = BackupOf(*shown, module.verdict);
  if (module.record && origin != RunOrigin::kCompact) {
    backup.start = shown->record.start;
    backup.end = shown->record.end;
  }
  return SucceededWithoutSnapshot(backup);
}

bool IsGoodBackup(const SeenRecord& seen) {
  if (!seen.record.succeeded()) return false;
  CheckedBackup backup = BackupOf(seen, Verdict::kSucceeded);
  backup.start = seen.record.start;
  backup.end = seen.record.end;
  return !SucceededWithoutSnapshot(backup);
}

bool HasFallen(const std::optional<std::uint64_t>& before,
               const std::optional<std::uint64_t>& now) noexcept {
  constexpr std::uint64_t kTenth = 10;
  return before && now && *before > 0 && *now <= *before / kTenth;
}

}  // namespace backup_monitor
