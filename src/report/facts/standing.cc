#include "report/facts/standing.h"

#include <algorithm>

#include "report/facts/tally.h"

namespace backup_monitor {
namespace {

LookedInto BackupOf(const RunSection& run, const ModuleLine& line) {
  LookedInto backup{
      line.verdict, line.finding ? &*line.finding : nullptr, {}, {}, line.counts_no_snapshot};
  if (!line.from_other_run && run.origin != RunOrigin::kCompact) {
    backup.start = line.recorded_start;
    backup.end = line.recorded_end;
  }
  return backup;
}

}  // namespace

std::optional<Time> MadeAt(const ModuleLine& line) {
  if (!line.finding || !line.finding->of_run) return std::nullopt;
  return line.finding->of_run->at;
}

Standing StandingInRepository(const RunSection& run, const ModuleLine& line) {
  return StandingOf(BackupOf(run, line));
}

Undecided WhyUndecided(const RunSection& run, const ModuleLine& line) {
  return WhyUndecided(BackupOf(run, line));
}

bool SucceededWithoutSnapshot(const RunSection& run, const ModuleLine& line) {
  return SucceededWithoutSnapshot(BackupOf(run, line));
}

bool HasFallen(const RunSection& run, const ModuleLine& line) {
  if (line.verdict != Verdict::kSucceeded || SucceededWithoutSnapshot(run, line)) return false;
  return HasFallen(line.previous_size_bytes, line.size_bytes) ||
         HasFallen(line.previous_file_count, line.file_count);
}

Rank RankIn(const RunSection& run, const ModuleLine& line) {
  return RankOf(line.verdict, SucceededWithoutSnapshot(run, line));
}

bool IsUnconfirmedByAlert(const RunSection& run) {
  if (!run.alert_unexplained || run.open || run.outcome != Outcome::kIncomplete) return false;
  const Tally tally = Count(run);
  return tally.succeeded == tally.total;
}

bool IsOnlyAlerted(const RunSection& run) {
  return run.open && run.alert_unexplained &&
         std::ranges::none_of(run.modules,
                              [](const ModuleLine& line) { return line.verdict.has_value(); });
}

Phrase PhraseOf(const RunSection& run) {
  const bool without_snapshot = std::ranges::any_of(
      run.modules, [&](const ModuleLine& line) { return SucceededWithoutSnapshot(run, line); });
  return PhraseOf(run.outcome, without_snapshot, IsUnconfirmedByAlert(run));
}

Phrase PhraseOf(const Report& report) {
  if (report.kind == ReportKind::kNoStatus || report.kind == ReportKind::kUnknownPlan ||
      report.kind == ReportKind::kAlertSummary) {
    return Phrase::kFailed;
  }
  const bool alerted = report.kind == ReportKind::kOnRequest && report.alert;
  Phrase worst = alerted ? Phrase::kNotConfirmed : Phrase::kCompleted;
  for (const RunSection& run : report.runs) worst = std::max(worst, PhraseOf(run));
  return worst;
}

}  // namespace backup_monitor
