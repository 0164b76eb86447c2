#include "report/facts/tally.h"

#include <algorithm>

#include "report/facts/standing.h"

namespace backup_monitor {
namespace {

void Add(const RunSection& run, Tally& tally) {
  for (const ModuleLine& line : run.modules) {
    ++tally.total;
    if (!line.verdict) {
      ++tally.pending;
      continue;
    }
    switch (*line.verdict) {
      case Verdict::kSucceeded:
        ++tally.succeeded;
        if (SucceededWithoutSnapshot(run, line)) ++tally.without_snapshot;
        if (StandingInRepository(run, line) == Standing::kNoneCounted) ++tally.none_counted;
        if (HasFallen(run, line)) ++tally.fallen;
        break;
      case Verdict::kSavedWithErrors: ++tally.saved_with_errors; break;
      case Verdict::kFailed:
        ++tally.failed;
        if (IsNotSaved(StandingInRepository(run, line))) ++tally.not_saved;
        break;
      case Verdict::kNotFinished: ++tally.not_finished; break;
      case Verdict::kNeverRan: ++tally.never_ran; break;
    }
  }
}

}  // namespace

Tally Count(const RunSection& run) {
  Tally tally;
  Add(run, tally);
  return tally;
}

Tally Count(const std::vector<RunSection>& runs) {
  Tally tally;
  for (const RunSection& run : runs) Add(run, tally);
  return tally;
}

bool HasNoStatus(const RunSection& run) {
  return run.origin == RunOrigin::kNoStatus && !run.plan_status &&
         std::none_of(run.modules.begin(), run.modules.end(),
                      [](const ModuleLine& line) { return line.started.has_value(); });
}

}  // namespace backup_monitor
