// What the log, the nodes and the repositories have said of runs.

#include <optional>
#include <utility>

#include "run/cluster_backups.h"
#include "run/restarts.h"
#include "run/run_tracker.h"
#include "run/waiting.h"

namespace backup_monitor::run {
namespace {

/// A repository holds the backups of all plans to one destination. True if it changes what data is known.
bool TakeFinding(const Finding& finding, bool own, ModuleMemory& past) {
  const std::optional<Time> before = past.newest_data;
  const auto newest = finding.newest ? std::optional{finding.newest->at} : std::nullopt;
  const bool outdated = before && *before > finding.probed_at;
  if (finding.was_read() && !outdated) past.newest_data = own ? newest : std::min(before, newest);
  // What could be read of it exists, whatever else does.
  else if (!finding.was_read() && own) past.newest_data = std::max(before, newest);
  return past.newest_data != before;
}

}  // namespace

RunChanges RunTracker::Heard(RunId id, NodeId node, NodeLog log) {
  const auto known = memory_.runs.find(id);
  if (known == memory_.runs.end()) return {};
  Run& run = known->second;
  const auto [its, is_new] = run.log.try_emplace(node, log);
  if (!is_new) {
    const NodeLog before = its->second;
    its->second = WithEarlier(std::move(log), before);
    const NodeLog& now = its->second;
    const bool same =
        now.pass == before.pass && now.trouble == before.trouble && now.complete == before.complete;
    if (run.open() && same && now.is_running() == before.is_running()) return {};
  }
  return Refreshed(run);
}

/// What a witness has said may end the waits of a run.
RunChanges RunTracker::Refreshed(const Run& run) {
  if (const auto wait = waits_.find(run.id); wait != waits_.end()) {
    const Outlook outlook = OutlookOf(run, memory_, rules_);
    wait->second = {outlook.deadline.at, outlook.late_from};
  }
  RunChanges changes;
  changes.runs.emplace(run.id, run);
  return changes;
}

RunChanges RunTracker::Met(RunId id, NodeId node, NodePresence presence) {
  const auto known = memory_.runs.find(id);
  if (known == memory_.runs.end()) return {};
  Run& run = known->second;
  NodePresence& its = run.presence[node];
  NodePresence before = its;
  its = WithEarlier(std::move(presence), before);
  MarkRestarts(run, memory_);
  before.read_at = its.read_at;
  if (run.open() && its == before) return {};
  return Refreshed(run);
}

RunChanges RunTracker::Uploaded(const UploadReading& reading) {
  Take(reading, destinations_, memory_.uploads);
  const ClusterUploads& uploads = memory_.uploads;
  RunChanges changes;
  changes.uploads = uploads;
  for (auto& [id, run] : memory_.runs) {
    const bool is_recent =
        run.closed_at() && *run.closed_at() >= reading.read_at - std::chrono::hours{1};
    if (!is_recent || !run.awaits_cluster_backup()) continue;
    const auto known = uploads.by_destination.find(run.destination_id);
    ClusterBackupAtClosing& its =
        run.cluster_backup ? *run.cluster_backup : run.cluster_backup.emplace();
    its.backup = known == uploads.by_destination.end() ? ClusterBackup{} : known->second;
    its.read_at = reading.read_at;
    its.trouble = reading.trouble;
    changes.runs.emplace(id, run);
  }
  return changes;
}

RunChanges RunTracker::Found(const RecordKey& record, const Finding& finding) {
  for (auto& [id, run] : memory_.runs) {
    if (run.plan != record.plan) continue;
    const auto module = run.modules.find(record.module);
    if (module == run.modules.end()) continue;
    for (auto* shown : {&module->second.record, &module->second.borrowed}) {
      const bool is_it = *shown && (*shown)->record.start == record.start;
      if (is_it && !(*shown)->finding) (*shown)->finding = finding;
    }
  }
  RunChanges changes;
  const auto destination = destinations_.find(record.plan);
  for (auto& [key, past] : memory_.modules) {
    if (key.second != record.module) continue;
    const auto its = destinations_.find(key.first);
    const bool shares = destination != destinations_.end() && its != destinations_.end() &&
                        its->second == destination->second;
    const bool own = key.first == record.plan;
    if ((own || shares) && TakeFinding(finding, own, past)) changes.modules.emplace(key, past);
  }
  return changes;
}

}  // namespace backup_monitor::run
