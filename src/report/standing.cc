#include "report/standing.h"

namespace backup_monitor {
namespace {

/// The node's clock may be set back during a backup: a snapshot dated this much before its beginning may
/// still be its own.
constexpr seconds kClockStep{600};

bool HasResult(const ModuleLine& line) {
  return line.verdict == Verdict::kSucceeded || line.verdict == Verdict::kSavedWithErrors ||
         line.verdict == Verdict::kFailed;
}

}  // namespace

std::optional<Time> MadeAt(const ModuleLine& line) {
  if (!line.finding || !line.finding->of_run) return std::nullopt;
  return line.finding->of_run->at;
}

Standing StandingInRepository(const RunSection& run, const ModuleLine& line) {
  if (!line.finding || !HasResult(line)) return Standing::kNotLooked;
  if (MadeAt(line)) return Standing::kMade;
  if (!line.finding->was_read()) return Standing::kUnread;
  const bool comparable = !line.from_other_run && run.origin != RunOrigin::kCompact &&
                          line.recorded_start && line.recorded_end;
  if (!comparable) return Standing::kUndecided;
  if (!line.finding->newest) return Standing::kEmpty;
  if (*line.recorded_end < *line.recorded_start) return Standing::kUndecided;
  const bool older = line.finding->newest->at < *line.recorded_start - kClockStep;
  return older ? Standing::kNotSaved : Standing::kUndecided;
}

bool IsNotSaved(Standing standing) noexcept {
  return standing == Standing::kNotSaved || standing == Standing::kEmpty;
}

bool SucceededWithoutSnapshot(const RunSection& run, const ModuleLine& line) {
  return line.verdict == Verdict::kSucceeded && IsNotSaved(StandingInRepository(run, line));
}

}  // namespace backup_monitor
