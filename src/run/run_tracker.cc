#include "run/run_tracker.h"

#include <algorithm>
#include <utility>

#include "base/bounds.h"
#include "run/alert_rate.h"
#include "run/compact_runs.h"
#include "run/dealing.h"
#include "run/reasons.h"
#include "run/reckoning.h"
#include "run/verdicts.h"
#include "run/waiting.h"

namespace backup_monitor::run {
namespace {

/// An open run that nobody has heard of has errors; the notice is due some time after the first.
bool IsNoticeOwed(const Run& run) {
  return run.open() && !run.announced() && !run.early_notice_given() && run.first_error_seen_at &&
         run.has_errors();
}

/// Between two looks; in a longer one runs may have passed unseen.
seconds LongestPause(const RunRules& rules) {
  return std::max<seconds>(3 * rules.reconcile, std::chrono::hours{1});
}

/// Only the newest records of each module can still become part of a run.
void TrimHistory(std::vector<SeenRecord>& records) {
  std::sort(records.begin(), records.end(),
            [](const SeenRecord& a, const SeenRecord& b) { return a.ended > b.ended; });
  std::map<ModuleId, int> kept;
  std::erase_if(records, [&](const SeenRecord& record) {
    return ++kept[record.record.module] > RunMemory::kMostHistory;
  });
}

}  // namespace

RunTracker::RunTracker(RunRules rules, RunMemory memory)
    : rules_{std::move(rules)}, memory_{std::move(memory)} {
  // Whether a node can be reached now is asked anew.
  for (auto& [id, run] : memory_.runs) {
    if (!run.open()) continue;
    for (auto& [node, presence] : run.presence)
      std::erase_if(presence.absences, [](const Absence& absence) { return !absence.until; });
  }
}

RunStep RunTracker::Step(const ClusterView& view, const std::vector<Trigger>& triggers,
                         const std::set<std::string>& known_alerts) {
  RunStep step;
  ClampToNow(view.looked_at);
  RunBook book{memory_, rules_, view, members_, gaps_, step};
  alerts_.Add(triggers, known_alerts);
  if (!IsPlausible(view)) {
    book.Remark("every module known before is missing: nothing is concluded from this look");
    EndAlertHour(book);
    alerts_.GiveUpWaiting(book);
    return step;
  }
  const auto gap = NoteGap(view);
  members_.Update(view, memory_);
  due_moments_.Watch(!memory_.last_look, gap, book);
  FileNewRecords(view, book);
  membership_.Update(book);
  EndAlertHour(book);
  alerts_.OpenRuns(book);
  GatherCompactRecords(book);
  DueMoments::RefineOpenRuns(book);
  CloseThirdRuns(book);
  CloseWhatIsOver(book);
  const RunId newest = memory_.newest_run;
  due_moments_.Settle(book);
  // It opens runs of which nothing has come. Without the log they are over at once.
  if (memory_.newest_run != newest) CloseWhatIsOver(book);
  DueMoments::AnnounceNeverDue(book);
  alerts_.AnnounceClosed(book);
  recovery_watch_.Settle(book);
  coverage_watch_.Settle(book);
  GiveEarlyNotices(book);
  GiveLateNotices(book);
  RememberLook(view, step);
  TrimMemory(view);
  return step;
}

bool RunTracker::IsPlausible(const ClusterView& view) {
  const auto& known = memory_.known_modules;
  const bool all_missing =
      !known.empty() && std::none_of(known.begin(), known.end(), [&](const ModuleId& module) {
        return view.modules.contains(module);
      });
  if (!all_missing) {
    strange_since_.reset();
    return true;
  }
  // An empty Redis never says anything; one with other modules does when it says so twice.
  if (!strange_since_ || *strange_since_ > view.looked_at) strange_since_ = view.looked_at;
  return !view.modules.empty() && view.looked_at - *strange_since_ >= rules_.reconcile;
}

void RunTracker::ClampToNow(Time now) {
  if (!memory_.last_look || *memory_.last_look <= now) return;
  // Our own clock has stepped back. What it wrote of the future would win every comparison.
  memory_.last_look = now;
  for (auto* time : {&memory_.uploads.read_at, &memory_.uploads.known_to}) {
    if (*time) *time = std::min(**time, now);
  }
  for (auto& [id, run] : memory_.runs) {
    run.begin = std::min(run.begin, now);
    run.opened_at = std::min(run.opened_at, now);
    run.ClampTo(now, RunRules::kReopened);
    if (run.first_error_seen_at) run.first_error_seen_at = std::min(*run.first_error_seen_at, now);
    for (auto& [node, log] : run.log) log.read_at = std::min(log.read_at, now);
    for (auto& [node, met] : run.presence) met.read_at = std::min(met.read_at, now);
    for (auto& [module, entry] : run.modules) {
      if (!entry.record || !entry.record->stored_by) continue;
      entry.record->stored_by = std::min(*entry.record->stored_by, now);
    }
  }
  for (AlertRate* rate : {&memory_.alert_rates.unmatched, &memory_.alert_rates.runs}) {
    if (rate->since) rate->since = std::min(*rate->since, now);
  }
  for (auto& [plan, records] : memory_.history) {
    for (SeenRecord& record : records) record.seen_at = std::min(record.seen_at, now);
  }
}

std::optional<Gap> RunTracker::NoteGap(const ClusterView& view) {
  if (!memory_.last_look) return std::nullopt;
  const Gap gap{*memory_.last_look, view.looked_at};
  if (gap.to - gap.from <= LongestPause(rules_)) return std::nullopt;
  for (const auto& [plan, name] : memory_.known_plans) {
    const auto [noted, is_new] = gaps_.try_emplace(plan, gap);
    if (!is_new) noted->second.to = gap.to;
  }
  return gap;
}

void RunTracker::FileNewRecords(const ClusterView& view, RunBook& book) const {
  const bool first_look = !memory_.last_look;
  const bool is_watched =
      !first_look && view.looked_at - *memory_.last_look <= LongestPause(rules_);
  std::vector<SeenRecord> fresh;
  for (const StatusRecord& record : view.records) {
    const auto plan = view.plans.find(record.plan);
    if (plan == view.plans.end() || memory_.seen.contains(record.key())) continue;
    const auto past = memory_.modules.find({record.plan, record.module});
    const bool is_newer = past != memory_.modules.end() && past->second.has_record &&
                          past->second.started < record.start;
    SeenRecord seen = is_watched && is_newer ? ReckonFresh(record, view.looked_at)
                                             : Reckon(record, view.looked_at);
    // Compact records have no run of their own: an alert or the plan's timestamp gathers them. A plan
    // that expects nothing has no runs.
    const bool runless = plan->second.expected.empty() && book.OpenRunsOf(record.plan).empty() &&
                         !members_.HasLeftSince({record.plan, record.module}, seen.started);
    if (is_watched) seen.stored_by = view.looked_at;
    if (first_look) book.FileAsHistory(seen, "it was there before the first look");
    else if (plan->second.compact)
      book.FileAsHistory(seen, "an alert or its plan gathers it (compact layout)");
    else if (runless) book.FileAsHistory(seen, "its plan expects no module");
    else if (view.looked_at - seen.ended > RunRules::kHistory)
      book.FileAsHistory(seen, "it ended over 7 days ago");
    else fresh.push_back(std::move(seen));
  }
  Deal(std::move(fresh), book);
  OpenCompactRuns(first_look, book);
}

/// With the record that began the third: it may be of a module that the oldest has waited for.
void RunTracker::CloseThirdRuns(RunBook& book) {
  for (const auto& [plan, name] : book.view().plans) {
    auto open = book.OpenRunsOf(plan);
    std::erase_if(open, [](const Run* run) { return run->is_missed(); });
    for (; open.size() > RunRules::kMostOpen; open.erase(open.begin()))
      book.Close(open.front()->id, book.now(), "a third run of its plan began");
  }
}

void RunTracker::CloseWhatIsOver(RunBook& book) {
  // What one run says when it closes (never_ran) may end the wait of another.
  for (bool closed = true; closed;) {
    std::vector<std::pair<RunId, std::string>> over;
    waits_.clear();
    for (const auto& [id, run] : memory_.runs) {
      if (!run.open() || membership_.IsMissing(run.plan)) continue;
      const Outlook outlook = OutlookOf(run, memory_, rules_);
      waits_.emplace(id, Wait{outlook.deadline.at, outlook.late_from});
      if (outlook.deadline.at <= book.now()) over.emplace_back(id, WhyOver(outlook.deadline));
    }
    for (const auto& [id, why] : over) book.Close(id, book.now(), why);
    closed = !over.empty();
  }
}

void RunTracker::GiveEarlyNotices(RunBook& book) {
  std::vector<RunId> due;
  for (const auto& [id, run] : memory_.runs) {
    if (IsNoticeOwed(run) && *run.first_error_seen_at + rules_.early_notice <= book.now()) {
      due.push_back(id);
    }
  }
  for (const RunId id : due) {
    book.Reason(Named(memory_.runs.at(id)) +
                ": early notice, early_notice_seconds after its first error it is open");
    book.Announce({Announcement::Kind::kEarlyNotice, {id}, std::nullopt});
  }
}

/// A run that is over soon needs no notice: its report says more.
std::optional<Time> RunTracker::LateNoticeAt(RunId id) const {
  const Run& run = memory_.runs.at(id);
  const Wait& wait = waits_.at(id);
  if (run.announced() || run.late_notice_given() || !wait.late_from) return {};
  if (wait.over_at - *wait.late_from <= RunRules::kSoonOver) return {};
  return wait.late_from;
}

void RunTracker::GiveLateNotices(RunBook& book) {
  for (const auto& [id, wait] : waits_) {
    const auto at = LateNoticeAt(id);
    if (!at || *at > book.now() || wait.over_at - book.now() <= RunRules::kSoonOver) continue;
    book.Reason(Named(memory_.runs.at(id)) + ": late notice, a module whose turn has come is late");
    book.Announce(
        {Announcement::Kind::kLateNotice, {id}, std::nullopt, std::nullopt, wait.over_at});
  }
}

void RunTracker::RememberLook(const ClusterView& view, RunStep& step) {
  // An empty cluster is none: what fills it later was there before us and is history.
  if (view.modules.empty() && view.plans.empty()) return;
  memory_.last_look = view.looked_at;
  has_looked_ = true;
  memory_.known_modules.clear();
  for (const auto& [id, module] : view.modules) memory_.known_modules.insert(id);
  std::map<PlanId, std::string> plans;
  destinations_.clear();
  for (const auto& [id, plan] : view.plans) {
    plans.emplace(id, plan.name);
    if (!plan.destination_id.empty()) destinations_.emplace(id, plan.destination_id);
  }
  for (const auto& [id, name] : plans) memory_.known_plans.insert_or_assign(id, name);
  step.changes.look = {view.looked_at, std::move(plans), memory_.known_modules};
}

void RunTracker::TrimMemory(const ClusterView& view) {
  const Time now = view.looked_at;
  if (trimmed_at_ && *trimmed_at_ <= now && now - *trimmed_at_ < std::chrono::hours{1}) return;
  trimmed_at_ = now;
  std::map<PlanId, RunId> newest_closed;
  std::map<PlanId, RunId> newest_due;
  const auto keep_newer = [&](RunId& newest, const Run& run, auto time_of) {
    if (newest == RunId{} || time_of(memory_.runs.at(newest)) <= time_of(run)) newest = run.id;
  };
  for (const auto& [id, run] : memory_.runs) {
    if (run.open()) continue;
    keep_newer(newest_closed[run.plan], run, [](const Run& of) { return of.begin; });
    if (run.due) keep_newer(newest_due[run.plan], run, [](const Run& of) { return of.due->at; });
  }
  std::erase_if(memory_.runs, [&](const auto& entry) {
    const Run& run = entry.second;
    return !run.open() && run.announced() && *run.closed_at() < now - RunMemory::kRunWindow &&
           newest_closed.at(run.plan) != entry.first &&
           !(run.due && newest_due.at(run.plan) == entry.first);
  });
  std::set<RecordKey> in_redis;
  for (const StatusRecord& record : view.records) in_redis.insert(record.key());
  // A record takes at most 7 days (Reckon), so one that started 15 days ago ended 8 days ago.
  std::erase_if(memory_.seen, [&](const RecordKey& key) {
    return key.start < now - RunMemory::kRunWindow - RunRules::kHistory && !in_redis.contains(key);
  });
  TrimGonePlans(view);
  for (auto& [plan, records] : memory_.history) TrimHistory(records);
}

/// Alerts may name plans that have gone; so many are remembered.
void RunTracker::TrimGonePlans(const ClusterView& view) {
  auto& known = memory_.known_plans;
  auto gone = std::count_if(known.begin(), known.end(),
                            [&](const auto& plan) { return !view.plans.contains(plan.first); });
  if (gone > RunMemory::kMostGonePlans) {
    NoteBoundReached("known_plans",
                     std::to_string(RunMemory::kMostGonePlans) +
                         " plans that have gone are remembered; an alert for another one is "
                         "reported as for an unknown plan");
  }
  for (auto plan = known.begin(); plan != known.end() && gone > RunMemory::kMostGonePlans;) {
    if (view.plans.contains(plan->first)) {
      ++plan;
      continue;
    }
    plan = known.erase(plan);
    --gone;
  }
  std::erase_if(memory_.compact_reported,
                [&](const auto& plan) { return !known.contains(plan.first); });
  std::erase_if(memory_.modules,
                [&](const auto& module) { return !known.contains(module.first.first); });
  std::erase_if(memory_.history, [&](const auto& plan) { return !known.contains(plan.first); });
}

std::optional<Time> RunTracker::NextDue() const {
  // Looks that conclude nothing end nothing: the next one decides, and it comes by itself.
  if (strange_since_) return std::nullopt;
  std::optional<Time> next = alerts_.NextDue();
  const auto consider = [&next](Time time) {
    if (!next || time < *next) next = time;
  };
  if (const auto end = NextAlertHourEnd(memory_)) consider(*end);
  if (const auto missed = due_moments_.NextDue()) consider(*missed);
  if (const auto over = recovery_watch_.NextDue()) consider(*over);
  if (const auto unprotected = coverage_watch_.NextDue()) consider(*unprotected);
  for (const auto& [id, wait] : waits_) {
    consider(wait.over_at);
    // What was due by then and has not been given is not given any more: the run is over soon.
    const auto late = LateNoticeAt(id);
    const bool was_due = late && memory_.last_look && *late <= *memory_.last_look;
    if (late && !was_due) consider(*late);
  }
  for (const auto& [id, run] : memory_.runs) {
    if (IsNoticeOwed(run)) consider(*run.first_error_seen_at + rules_.early_notice);
  }
  return next;
}

RunChanges RunTracker::ChangesOf(const RunStep& step) const {
  RunChanges changes = step.changes;
  for (const RunId id : step.changed) {
    if (const Run* run = Find(id)) changes.runs.emplace(id, *run);
  }
  return changes;
}

const Run* RunTracker::Find(RunId run) const {
  const auto found = memory_.runs.find(run);
  return found == memory_.runs.end() ? nullptr : &found->second;
}

void RunTracker::Judged(RunId id, Outcome outcome, const std::map<ModuleId, Verdict>& verdicts) {
  const auto found = memory_.runs.find(id);
  if (found != memory_.runs.end()) KeepVerdicts(found->second, outcome, verdicts);
}

}  // namespace backup_monitor::run
