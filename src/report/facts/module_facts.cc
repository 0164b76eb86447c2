#include <algorithm>

#include "model/checked_backup.h"
#include "report/facts/derive_facts.h"

namespace backup_monitor::report {
namespace {

/// A record ends this much after its snapshot was begun, or as long as a backup of it takes.
constexpr seconds kOneBackup{3600};

/// By the record's own times. Not in the compact layout, which knows no beginning, nor with a record that is
/// another run's.
CheckedBackup BackupOf(const RunSection& run, const ModuleLine& line) {
  CheckedBackup backup{line.verdict,
                       line.finding ? &*line.finding : nullptr,
                       {},
                       {},
                       line.counts_no_snapshot,
                       line.logged && line.logged->says_not_saved()};
  if (!line.from_other_run && run.origin != RunOrigin::kCompact) {
    backup.start = line.recorded_start;
    backup.end = line.recorded_end;
  }
  return backup;
}

bool Fell(const ModuleLine& line) {
  return HasFallen(line.previous_size_bytes, line.size_bytes) ||
         HasFallen(line.previous_file_count, line.file_count);
}

std::optional<Cause> RefusalOf(const ModuleLine& line) {
  const auto& answer = line.finding ? line.finding->cause : line.error_cause;
  return answer ? std::optional{CauseOf(*answer)} : std::nullopt;
}

/// What a step met. Where the repository has been read since, it is not what it was: but for its room.
std::optional<Cause> LoggedCause(const ModuleLine& line) {
  if (!line.logged || !line.logged->cause) return std::nullopt;
  const bool was_read = line.finding && line.finding->was_read();
  if (was_read && line.logged->cause != ProbeCause::kFull) return std::nullopt;
  return CauseOf(*line.logged->cause);
}

std::vector<Cause> CausesOf(const ModuleFacts& module) {
  std::vector<Cause> causes;
  const bool by_its_record = !module.line.finding;
  if (module.refusal && (by_its_record || module.snapshot_state != SnapshotState::kNotLooked)) {
    causes.push_back(*module.refusal);
  }
  if (const auto logged = LoggedCause(module.line); logged && causes.empty())
    causes.push_back(*logged);
  if (module.snapshot_state == SnapshotState::kNotLooked) return causes;
  if (module.line.verdict == Verdict::kSucceeded) {
    if (IsNotSaved(module.snapshot_state)) causes.push_back(Cause::kNoSnapshot);
  } else if (causes.empty()) {
    // Where the log says what failed, these would send to the log.
    if (module.line.logged && !module.line.logged->failed.empty()) return causes;
    if (module.snapshot_state == SnapshotState::kMade) causes.push_back(Cause::kSnapshotMade);
    if (IsNotSaved(module.snapshot_state)) causes.push_back(Cause::kNotSaved);
  }
  return causes;
}

bool NeedsLog(const ModuleFacts& module) {
  if (module.without_snapshot) return true;
  const auto verdict = module.line.verdict;
  if (verdict != Verdict::kFailed && verdict != Verdict::kSavedWithErrors) return false;
  if (module.line.logged && !module.line.logged->failed.empty()) return false;
  return std::ranges::all_of(module.causes, JournalMayTell);
}

/// The moment of the newest data that is known, and whether the repository itself says it.
NewestData ReachOf(const ModuleLine& line) {
  const bool was_read = line.finding && line.finding->was_read();
  const bool outdated = was_read && line.last_good && *line.last_good > line.finding->probed_at;
  NewestData data;
  data.read = was_read && !outdated;
  if (!data.read) data.at = line.newest_data ? line.newest_data : line.last_good;
  else if (line.finding->newest)
    data.at = line.newest_data ? line.newest_data : line.finding->newest->at;
  return data;
}

bool IsSameBackup(const ModuleLine& line, Time snapshot, Time good_end) {
  const seconds longest = std::max(line.previous_duration.value_or(kOneBackup), kOneBackup);
  return snapshot <= good_end && good_end - snapshot <= longest;
}

NewestData NewestDataOf(const ModuleLine& line) {
  NewestData data = ReachOf(line);
  data.only_last_good = !data.read && data.at == line.last_good;
  if (!data.at) return data;
  data.later = line.verdict == Verdict::kFailed && line.ended && *data.at > *line.ended;
  data.of_last_good = line.last_good && IsSameBackup(line, *data.at, *line.last_good);
  return data;
}

}  // namespace

ModuleFacts FactsOf(const RunSection& run, const ModuleLine& line) {
  const CheckedBackup backup = BackupOf(run, line);
  ModuleFacts module{line};
  module.snapshot_state = SnapshotStateOf(backup);
  module.undecided = WhyUndecided(backup);
  module.without_snapshot = SucceededWithoutSnapshot(backup);
  module.fallen = line.verdict == Verdict::kSucceeded && !module.without_snapshot && Fell(line);
  module.rank = RankOf(line.verdict, module.without_snapshot);
  if (line.finding && line.finding->of_run) module.made_at = line.finding->of_run->at;
  if (run.origin != RunOrigin::kCompact && line.started && line.ended)
    module.took = *line.ended - *line.started;
  module.refusal = RefusalOf(line);
  module.causes = CausesOf(module);
  module.needs_log = NeedsLog(module);
  module.newest = NewestDataOf(line);
  module.over_target = line.target && module.newest.at && run.closed_at &&
                       *run.closed_at - *module.newest.at > *line.target;
  return module;
}

}  // namespace backup_monitor::report
