#include "unit/run/kept_memory.h"

namespace backup_monitor::testing {

void KeptMemory::Save(const RunChanges& changes) {
  for (const auto& [id, run] : changes.runs) runs_.insert_or_assign(id, run);
  for (const FiledRecord& filed : changes.records) {
    records_.insert_or_assign(filed.record.record.key(), filed);
  }
  for (const auto& [id, module] : changes.modules) modules_.insert_or_assign(id, module);
  for (const auto& [plan, time] : changes.compact_reported) {
    compact_reported_.insert_or_assign(plan, time);
  }
  alert_identities_.insert(changes.alert_identities.begin(), changes.alert_identities.end());
  if (changes.look) look_ = changes.look;
}

void KeptMemory::LoadRuns(Time now, RunMemory& memory) const {
  std::map<PlanId, RunId> newest_closed;
  for (const auto& [id, run] : runs_) {
    memory.newest_run = id;
    if (run.open() || *run.closed_at >= now - RunMemory::kRunWindow) {
      memory.runs.emplace(id, run);
    }
    if (run.open()) continue;
    const auto [newest, first] = newest_closed.emplace(run.plan, id);
    if (!first && runs_.at(newest->second).begin <= run.begin) newest->second = id;
  }
  for (const auto& [plan, id] : newest_closed) memory.runs.emplace(id, runs_.at(id));
}

void KeptMemory::LoadRecords(Time now, const std::set<RecordKey>& in_redis, RunMemory& memory) const {
  std::map<PlanId, int> runs_of_plan;
  for (const auto& [id, run] : runs_) ++runs_of_plan[run.plan];
  for (const auto& [key, filed] : records_) {
    const SeenRecord& record = filed.record;
    if (record.ended >= now - RunMemory::kRunWindow || key.start > record.seen_at ||
        in_redis.contains(key)) {
      memory.seen.insert(key);
    }
    if (filed.run == RunId{} && runs_of_plan[key.plan] <= 1) memory.history[key.plan].push_back(record);
  }
}

RunMemory KeptMemory::Load(Time now, const std::set<RecordKey>& in_redis) const {
  RunMemory memory;
  LoadRuns(now, memory);
  LoadRecords(now, in_redis, memory);
  memory.modules = modules_;
  memory.compact_reported = compact_reported_;
  memory.alert_identities = alert_identities_;
  if (look_) {
    memory.last_look = look_->at;
    memory.known_plans = look_->known_plans;
    memory.known_modules = look_->known_modules;
  }
  return memory;
}

}  // namespace backup_monitor::testing
