#include "run/cluster_backups.h"

#include <algorithm>

#include "run/recovery_points.h"

namespace backup_monitor::run {
namespace {

Time NewestTry(const ClusterBackup& backup) {
  const Time uploaded = backup.uploaded.value_or(Time::min());
  return backup.failed ? std::max(backup.failed->at, uploaded) : uploaded;
}

}  // namespace

std::optional<ClusterBackupAtClosing> ClusterBackupOf(const Plan& plan, const ClusterView& view,
                                                      const RunMemory& memory,
                                                      const RunRules& rules) {
  const ClusterUploads& uploads = memory.uploads;
  if (!rules.reads_log || plan.compact || plan.destination_id.empty()) return std::nullopt;
  ClusterBackupAtClosing its{.backup = {},
                             .read_at = uploads.read_at,
                             .trouble = uploads.trouble,
                             .target = RecoveryTargetOf(plan, view, memory, rules)};
  const auto known = uploads.by_destination.find(plan.destination_id);
  if (known != uploads.by_destination.end()) its.backup = known->second;
  return its;
}

std::map<PlanId, ClusterBackupAtClosing> ClusterBackupsOf(const ClusterView& view,
                                                          const RunMemory& memory,
                                                          const RunRules& rules) {
  std::map<PlanId, ClusterBackupAtClosing> backups;
  for (const auto& [id, plan] : view.plans) {
    if (auto known = ClusterBackupOf(plan, view, memory, rules))
      backups.emplace_hint(backups.end(), id, *std::move(known));
  }
  return backups;
}

void Take(const UploadReading& reading, const std::map<PlanId, std::string>& destinations,
          ClusterUploads& uploads) {
  uploads.read_at = reading.read_at;
  uploads.trouble = reading.trouble;
  if (!reading.trouble) uploads.known_to = reading.read_at;
  auto& known = uploads.by_destination;
  for (const PlanUpload& upload : reading.uploads) {
    const auto destination = destinations.find(upload.plan);
    if (destination != destinations.end()) known[destination->second].Take(upload.upload);
  }
  while (known.size() > ClusterUploads::kMostDestinations) {
    known.erase(std::ranges::min_element(
        known, {}, [](const auto& entry) { return NewestTry(entry.second); }));
  }
}

}  // namespace backup_monitor::run
