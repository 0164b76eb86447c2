#include "unit/run/kept_memory.h"

#include <algorithm>

#include "run_states.h"

namespace backup_monitor::testing {

void KeptMemory::Save(const RunChanges& changes) {
  for (const auto& [id, run] : changes.runs) {
    runs_.insert_or_assign(id, run);
    newest_run_ = std::max(newest_run_, id);
  }
  for (const FiledRecord& filed : changes.records) {
    records_.insert_or_assign(filed.record.record.key(), filed);
  }
  for (const auto& [id, module] : changes.modules) modules_.insert_or_assign(id, module);
  for (const auto& [plan, time] : changes.compact_reported) {
    compact_reported_.insert_or_assign(plan, time);
  }
  for (const auto& [identity, at] : changes.alert_identities) alert_identities_.insert(identity);
  if (changes.watches) watches_ = *changes.watches;
  if (changes.module_watches) module_watches_ = *changes.module_watches;
  if (changes.uploads) {
    uploads_.by_destination = changes.uploads->by_destination;
    uploads_.known_to = changes.uploads->known_to;
  }
  if (changes.alert_rates) alert_rates_ = *changes.alert_rates;
  if (!changes.look) return;
  look_ = changes.look;
  for (const auto& [id, name] : changes.look->plans) plans_.insert_or_assign(id, name);
  adopted_ = false;
}

void KeptMemory::LoadRuns(Time now, RunMemory& memory) const {
  std::map<PlanId, RunId> newest_closed;
  std::map<PlanId, RunId> newest_due;
  for (const auto& [id, run] : runs_) {
    if (run.open() || *run.closed_at() >= now - RunMemory::kRunWindow) {
      memory.runs.emplace(id, run);
    }
    if (run.open()) continue;
    const auto [newest, first] = newest_closed.emplace(run.plan, id);
    if (!first && runs_.at(newest->second).begin <= run.begin) newest->second = id;
    if (!run.due) continue;
    const auto [due, first_due] = newest_due.emplace(run.plan, id);
    if (!first_due && runs_.at(due->second).due->at <= run.due->at) due->second = id;
  }
  for (const auto& newest : {newest_closed, newest_due}) {
    for (const auto& [plan, id] : newest) memory.runs.emplace(id, runs_.at(id));
  }
}

void KeptMemory::LoadRecords(Time now, const std::set<RecordKey>& in_redis,
                             RunMemory& memory) const {
  for (const auto& [key, filed] : records_) {
    const SeenRecord& record = filed.record;
    if (record.ended >= now - RunMemory::kRunWindow || key.start > record.seen_at ||
        in_redis.contains(key)) {
      memory.seen.insert(key);
    }
    const auto runs_since = std::count_if(runs_.begin(), runs_.end(), [&record](const auto& entry) {
      return entry.second.plan == record.record.plan && entry.second.opened_at >= record.seen_at;
    });
    if (filed.run == RunId{} && runs_since <= 1) memory.history[key.plan].push_back(record);
  }
}

RunMemory KeptMemory::Load(Time now, const std::set<RecordKey>& in_redis) const {
  RunMemory memory;
  memory.newest_run = newest_run_;
  LoadRuns(now, memory);
  LoadRecords(now, in_redis, memory);
  memory.modules = modules_;
  memory.compact_reported = compact_reported_;
  memory.alert_rates = alert_rates_;
  memory.known_plans = plans_;
  memory.watches = watches_;
  memory.module_watches = module_watches_;
  memory.uploads = uploads_;
  if (look_ && !adopted_) {
    memory.last_look = look_->at;
    memory.known_modules = look_->known_modules;
  }
  return memory;
}

std::set<std::string> KeptMemory::KnownAlerts(const std::vector<Trigger>& triggers) const {
  std::set<std::string> known;
  for (const Trigger& trigger : triggers) {
    const auto* alert = std::get_if<Alert>(&trigger.body);
    if (alert != nullptr && alert_identities_.contains(alert->identity()))
      known.insert(alert->identity());
  }
  return known;
}

void KeptMemory::Adopt() {
  for (auto& [key, filed] : records_) {
    const auto run = runs_.find(filed.run);
    if (run != runs_.end() && run->second.open() && !run->second.announced()) filed.run = RunId{};
  }
  std::erase_if(runs_,
                [](const auto& entry) { return entry.second.open() && !entry.second.announced(); });
  for (auto& [id, run] : runs_) {
    if (run.open()) SetClosed(run, run.last_end().value_or(run.opened_at));
    SetAnnounced(run, true);
  }
  alert_rates_ = {};
  module_watches_.clear();
  adopted_ = true;
}

}  // namespace backup_monitor::testing
