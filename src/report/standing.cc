#include "report/standing.h"

namespace backup_monitor {
namespace {

LookedInto BackupOf(const RunSection& run, const ModuleLine& line) {
  LookedInto backup{line.verdict, line.finding ? &*line.finding : nullptr, {}, {}};
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

bool SucceededWithoutSnapshot(const RunSection& run, const ModuleLine& line) {
  return SucceededWithoutSnapshot(BackupOf(run, line));
}

}  // namespace backup_monitor
