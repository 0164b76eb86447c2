#include "probe/conclusion.h"

namespace backup_monitor::probe {
namespace {

void KeepLater(const Snapshot& snapshot, std::optional<Snapshot>& best) {
  if (!best || best->at < snapshot.at) best = snapshot;
}

}  // namespace

Finding Conclude(const StatusRecord& record, const ProbeAnswer& answer, Time now) {
  Finding finding;
  finding.probed_at = now;
  finding.complete = answer.complete;
  if (answer.failure) {
    finding.cause = answer.failure->cause;
    finding.words = answer.failure->words;
  }
  for (const Snapshot& snapshot : answer.snapshots) {
    KeepLater(snapshot, finding.newest);
    const bool within = record.start <= snapshot.at && snapshot.at <= record.end;
    if (within) KeepLater(snapshot, finding.of_run);
  }
  return finding;
}

}  // namespace backup_monitor::probe
