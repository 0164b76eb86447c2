#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/run_memory.h"
#include "model/trigger.h"

namespace backup_monitor::testing {

/// A store of runs in memory: takes what each step says it has to keep, and gives back after a restart
/// exactly what RunMemory promises and nothing more.
class KeptMemory {
 public:
  void Save(const RunChanges& changes);

  /// \param in_redis  Keys of the records that the cluster holds now.
  [[nodiscard]] RunMemory Load(Time now, const std::set<RecordKey>& in_redis) const;

  /// What the store says before a step that is given these.
  [[nodiscard]] std::set<std::string> KnownAlerts(const std::vector<Trigger>& triggers) const;

  /// As `backup-monitor adopt-store` does to the real one.
  void Adopt();

 private:
  void LoadRuns(Time now, RunMemory& memory) const;
  void LoadRecords(Time now, const std::set<RecordKey>& in_redis, RunMemory& memory) const;

  std::map<RunId, Run> runs_;
  std::map<RecordKey, FiledRecord> records_;
  std::map<PlanModule, ModuleMemory> modules_;
  std::map<PlanId, Time> compact_reported_;
  std::set<std::string> alert_identities_;
  AlertRates alert_rates_;
  std::map<PlanId, std::string> plans_;
  std::map<PlanId, PlanWatch> watches_;
  std::map<ModuleId, ModuleWatch> module_watches_;
  ClusterUploads uploads_;
  std::optional<RunChanges::Look> look_;
  RunId newest_run_{};
  bool adopted_ = false;  ///< Since the last look.
};

}  // namespace backup_monitor::testing
