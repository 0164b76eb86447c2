#include "run/run_book.h"

#include <algorithm>
#include <utility>

#include "model/checked_backup.h"
#include "run/cluster_backups.h"
#include "run/history_links.h"
#include "run/passes.h"
#include "run/reasons.h"
#include "run/recovery_points.h"
#include "run/restarts.h"

namespace backup_monitor::run {
std::vector<const Run*> RunBook::RunsOf(const PlanId& plan) const {
  std::vector<const Run*> runs;
  for (const auto& [id, run] : memory_.runs) {
    if (run.plan == plan) runs.push_back(&run);
  }
  return runs;
}

std::vector<const Run*> RunBook::OpenRunsOf(const PlanId& plan) const {
  std::vector<const Run*> runs = RunsOf(plan);
  std::erase_if(runs, [](const Run* run) { return !run->open(); });
  return runs;
}

RunId RunBook::Open(const Plan& plan, Time begin, RunOrigin origin) {
  Run run;
  run.id = memory_.newest_run = RunId{static_cast<std::int64_t>(memory_.newest_run) + 1};
  run.plan = plan.id;
  run.plan_name = plan.name;
  run.destination_id = plan.destination_id;
  run.destination_name = plan.destination_name;
  run.origin = origin;
  run.begin = begin;
  run.opened_at = origin == RunOrigin::kCompact ? begin : now();
  for (const ModuleId& id : plan.expected) {
    if (members_.HasJoinedSince({plan.id, id}, begin)) continue;
    const auto module = view_.modules.find(id);
    run.modules[id].expected = true;
    if (module != view_.modules.end()) run.modules[id].node = module->second.node;
  }
  if (const auto gap = gaps_.extract(plan.id)) run.gap = gap.mapped();
  step_.changed.insert(run.id);
  Reason(Named(run) + " opened, " + std::to_string(run.modules.size()) + " modules expected");
  const RunId id = run.id;
  memory_.runs.emplace(id, std::move(run));
  return id;
}

Run& RunBook::Edit(RunId run) {
  step_.changed.insert(run);
  return memory_.runs.at(run);
}

void RunBook::SetLeft(RunId id, const ModuleId& module, bool left) {
  Run& run = Edit(id);
  run.modules.at(module).left = left;
  Reason(module.value() + (left ? " has left the plan: " : " is back in the plan: ") + Named(run));
}

void RunBook::SetPlanStatus(RunId id, const CompactPlanStatus& status) {
  Edit(id).compact_status = status;
  CompactReported(Edit(id).plan, status.timestamp);
}

void RunBook::Attach(RunId id, std::string alert_identity, CausingAlert alert) {
  Run& run = Edit(id);
  run.alert_identity = std::move(alert_identity);
  run.alert = std::move(alert);
}

void RunBook::Dismiss(RunId id) { Edit(id).Announce(); }

void RunBook::FileAsHistory(const SeenRecord& record, std::string_view why) {
  Reason(Named(record) + ": history, it opens no run, " + std::string{why});
  memory_.seen.insert(record.record.key());
  const auto plan = view_.plans.find(record.record.plan);
  if (plan == view_.plans.end() || !plan->second.compact) {
    memory_.history[record.record.plan].push_back(record);
  }
  const auto known = memory_.modules.find({record.record.plan, record.record.module});
  if (known == memory_.modules.end() || !known->second.has_record ||
      known->second.started < record.started) {
    Remember(record, seconds{0});
  }
  step_.changes.records.push_back({record, RunId{}});
}

bool RunBook::IsInPlan(const SeenRecord& record) const {
  const auto plan = view_.plans.find(record.record.plan);
  return plan != view_.plans.end() && plan->second.Expects(record.record.module);
}

void RunBook::Place(const SeenRecord& record, Run& run) {
  const bool was_missed = run.origin == RunOrigin::kSchedule && !run.last_end();
  const auto [entry, joined] = run.modules.try_emplace(record.record.module);
  RunModule& module = entry->second;
  if (!module.expected) module.node = record.record.node;
  if (joined && !IsInPlan(record)) module.left = true;  // it left before the run opened for us
  module.record = record;
  module.borrowed.reset();
  run.begin = was_missed ? record.started : std::min(run.begin, record.started);
  step_.changes.records.push_back({record, run.id});
}

void RunBook::Give(const SeenRecord& record, RunId id, std::string_view why) {
  memory_.seen.insert(record.record.key());
  Run& run = Edit(id);
  Reason(Named(record) + (run.open() ? ": goes to " : ": reopens ") + Named(run) + ", " +
         std::string{why});
  if (!run.open()) {
    run.Reopen(record.ended + RunRules::kReopened);
  }
  const bool is_first = std::ranges::none_of(
      run.modules, [](const auto& entry) { return entry.second.record.has_value(); });
  Place(record, run);
  if (is_first) JoinPredecessors(record, run);
  if (!record.record.succeeded() && !run.first_error_seen_at) run.first_error_seen_at = now();
  Remember(record, record.ended - run.begin);
}

void RunBook::Remember(const SeenRecord& record, seconds lag) {
  ModuleMemory& past = memory_.modules[{record.record.plan, record.record.module}];
  const seconds took = FreeAt(record) - record.started;
  const seconds faded = past.longest_duration - (past.longest_duration - took) / 8;
  past = {
      .started = record.started,
      .ended = record.ended,
      .lag = lag,
      .good_duration = record.record.succeeded() ? took : past.good_duration,
      .longest_duration = record.record.succeeded() ? std::max(took, faded) : past.longest_duration,
      .has_record = true,
      .reported_never_ran = past.reported_never_ran,
      .newest_data = IsGoodBackup(record) ? std::max(past.newest_data, std::optional{record.ended})
                                          : past.newest_data};
  step_.changes.modules[{record.record.plan, record.record.module}] = past;
}

void RunBook::JoinPredecessors(const SeenRecord& record, Run& run) {
  const auto found = memory_.history.find(run.plan);
  const auto known = memory_.orders.find(run.plan);
  if (found == memory_.history.end() || known == memory_.orders.end()) return;
  const auto& order = known->second.modules;
  auto place = std::find(order.begin(), order.end(), record.record.module);
  Time begin = record.started;
  for (bool joined = place != order.end(); joined;) {
    joined = false;
    for (auto earlier = found->second.begin(); earlier != found->second.end(); ++earlier) {
      const auto its_place = std::find(order.begin(), place, earlier->record.module);
      const auto module = run.modules.find(earlier->record.module);
      const bool precedes = its_place != place && module != run.modules.end() &&
                            !module->second.record && earlier->record.node == record.record.node &&
                            earlier->ended <= begin && begin - earlier->ended <= RunRules::kAtOnce;
      if (!precedes) continue;
      Reason(Named(*earlier) + ": joins " + Named(run) + " from history, its node went on at once");
      begin = earlier->started;
      place = its_place;
      Place(*earlier, run);
      found->second.erase(earlier);
      joined = true;
      break;
    }
  }
}

void RunBook::JoinHistory(Run& run) {
  const auto found = memory_.history.find(run.plan);
  if (found == memory_.history.end()) return;
  std::optional<Time> opened_before;
  for (const Run* other : RunsOf(run.plan)) {
    if (other->id < run.id)
      opened_before = std::max(opened_before.value_or(Time::min()), other->opened_at);
  }
  std::vector<SeenRecord>& history = found->second;
  std::sort(history.begin(), history.end(),
            [](const SeenRecord& a, const SeenRecord& b) { return a.ended > b.ended; });
  // From the newest back: each one that joins may move the begin towards the next.
  for (auto record = history.begin(); record != history.end();) {
    const auto module = run.modules.find(record->record.module);
    const bool wanted =
        module != run.modules.end() && module->second.counts() && !module->second.record;
    const bool first = !opened_before || *opened_before < record->seen_at;
    if (wanted && first && IsLinked(*record, run, memory_, rules_)) {
      Reason(Named(*record) + ": joins " + Named(run) +
             " from history, no gap over quiet_seconds or for a clean-up parts them");
      Place(*record, run);
      record = history.erase(record);
    } else {
      ++record;
    }
  }
}

std::optional<RunId> RunBook::OpenFromHistory(const Plan& plan) {
  const auto found = memory_.history.find(plan.id);
  if (found == memory_.history.end() || found->second.empty()) return std::nullopt;
  const auto newest =
      std::max_element(found->second.begin(), found->second.end(),
                       [](const SeenRecord& a, const SeenRecord& b) { return a.ended < b.ended; });
  const RunId id = Open(plan, newest->started, RunOrigin::kHistory);
  Reason(Named(*newest) + ": goes to " + Named(memory_.runs.at(id)) +
         ", the newest of the plan's history");
  Place(*newest, Edit(id));
  found->second.erase(newest);
  JoinHistory(Edit(id));
  return id;
}

void RunBook::Borrow(Run& run, Time until) const {
  const bool missed = run.origin == RunOrigin::kSchedule && !run.last_end();
  for (auto& [id, module] : run.modules) {
    module.borrowed.reset();
    const auto past = memory_.modules.find({run.plan, id});
    module.ever_recorded = past != memory_.modules.end() && past->second.has_record;
    if (missed || module.record || !module.counts()) continue;
    for (const Run* other : RunsOf(run.plan)) {
      const auto found = other->modules.find(id);
      if (found == other->modules.end() || !found->second.record) continue;
      const SeenRecord& record = *found->second.record;
      const bool overlaps = record.ended > run.begin && record.started < until;
      if (overlaps && (!module.borrowed || module.borrowed->ended < record.ended))
        module.borrowed = record;
    }
  }
}

void RunBook::Close(RunId id, Time at, std::string_view why) {
  Run& run = Edit(id);
  Reason(Named(run) + " closed: " + std::string{why});
  JoinHistory(run);
  if (run.origin == RunOrigin::kSchedule && run.state() == RunState::kOpen) SettleMissed(run);
  Borrow(run, at);
  MarkRestarts(run, memory_);
  const auto plan = view_.plans.find(run.plan);
  if (plan != view_.plans.end())
    run.cluster_backup = ClusterBackupOf(plan->second, view_, memory_, rules_);
  const auto targets = RecoveryTargetsOf(view_, memory_, rules_);
  bool anything = run.compact_status || run.origin == RunOrigin::kNoStatus;
  for (auto& [name, module] : run.modules) {
    anything |= module.counts();
    const auto target = targets.find(name);
    module.target = target == targets.end() ? std::nullopt : std::optional{target->second};
    const auto watch = memory_.module_watches.find(name);
    module.was_over |= watch != memory_.module_watches.end() && watch->second.over;
    ModuleMemory& past = memory_.modules[{run.plan, name}];
    const ModuleMemory before = past;
    if (module.counts() && module.shown() == nullptr && !module.ever_recorded) {
      past.reported_never_ran = true;
    }
    // The begin may have moved back since the record was dealt.
    if (module.record && module.record->started == past.started) past.lag = past.ended - run.begin;
    if (past != before) step_.changes.modules[{run.plan, name}] = past;
  }
  run.Close(at);
  if (run.announced()) Announce({Announcement::Kind::kUpdate, {id}, std::nullopt});
  else if (!anything) run.Announce();
}

void RunBook::Announce(Announcement announcement) {
  for (const RunId id : announcement.runs) {
    Run& run = Edit(id);
    // It has waited for others of its group: what has been seen of overlapping runs since counts too.
    if (!run.announced() && run.closed_at() && *run.closed_at() < now())
      Borrow(run, *run.closed_at());
    if (announcement.kind == Announcement::Kind::kEarlyNotice) run.GiveEarlyNotice();
    else if (announcement.kind == Announcement::Kind::kLateNotice) run.GiveLateNotice();
    else run.Announce();
  }
  step_.announcements.push_back(std::move(announcement));
}

void RunBook::Answer(TriggerId trigger, AlertAnswer::Kind kind) {
  step_.answers.push_back({trigger, kind});
  step_.changes.settled.push_back(trigger);
}

void RunBook::Remark(std::string text) {
  const auto& said = step_.remarks;
  if (std::find(said.begin(), said.end(), text) == said.end())
    step_.remarks.push_back(std::move(text));
}

void RunBook::SetModuleWatches(std::map<ModuleId, ModuleWatch> watches) {
  std::erase_if(watches, [](const auto& entry) { return entry.second == ModuleWatch{}; });
  if (watches == memory_.module_watches) return;
  memory_.module_watches = std::move(watches);
  step_.changes.module_watches = memory_.module_watches;
}

void RunBook::SetAlertRates(AlertRates rates) {
  if (rates == memory_.alert_rates) return;
  step_.changes.alert_rates = rates;
  memory_.alert_rates = std::move(rates);
}

void RunBook::Reason(std::string text) { step_.reasons.push_back(std::move(text)); }

void RunBook::RememberAlert(const std::string& identity) {
  if (identity.empty()) return;
  step_.changes.alert_identities[identity] = now();
}

void RunBook::CompactReported(const PlanId& plan, Time timestamp) {
  memory_.compact_reported[plan] = timestamp;
  step_.changes.compact_reported[plan] = timestamp;
}

}  // namespace backup_monitor::run
