#include "report/standing.h"

namespace backup_monitor {
namespace {

bool HasResult(const ModuleLine& line) {
  return line.verdict == Verdict::kSucceeded || line.verdict == Verdict::kSavedWithErrors ||
         line.verdict == Verdict::kFailed;
}

}  // namespace

std::optional<Time> MadeAt(const ModuleLine& line) {
  if (!line.finding) return std::nullopt;
  if (line.finding->of_run) return line.finding->of_run->at;
  const auto& newest = line.finding->newest;
  const bool within = newest && line.started && line.ended && *line.started <= newest->at &&
                      newest->at <= *line.ended;
  return within ? std::optional{newest->at} : std::nullopt;
}

Standing StandingOf(const RunSection& run, const ModuleLine& line) {
  if (!line.finding || !HasResult(line)) return Standing::kNotLooked;
  if (MadeAt(line)) return Standing::kMade;
  if (!line.finding->was_read()) return Standing::kUnread;
  if (line.from_other_run || run.origin == RunOrigin::kCompact || !line.started) {
    return Standing::kUndecided;
  }
  if (!line.finding->newest) return Standing::kEmpty;
  return line.finding->newest->at < *line.started ? Standing::kNotSaved : Standing::kUndecided;
}

bool IsNotSaved(Standing standing) noexcept {
  return standing == Standing::kNotSaved || standing == Standing::kEmpty;
}

bool SucceededWithoutSnapshot(const RunSection& run, const ModuleLine& line) {
  return line.verdict == Verdict::kSucceeded && IsNotSaved(StandingOf(run, line));
}

}  // namespace backup_monitor
