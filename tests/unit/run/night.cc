#include "unit/run/night.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "journal/log_plan.h"
#include "journal/pass_of_run.h"
#include "outcome/judge.h"
#include "presence/presence_plan.h"

namespace backup_monitor::testing {

namespace {

/// Every node's clock shows UTC.
class UtcZones final : public schedule::TimeZones {
 public:
  [[nodiscard]] std::shared_ptr<const schedule::TimeZone> Find(std::string_view) const override {
    return nullptr;
  }
  [[nodiscard]] std::shared_ptr<const schedule::TimeZone> Local() const override {
    return std::make_shared<schedule::FixedZone>(seconds{0});
  }
  [[nodiscard]] bool HasDatabase() const override { return true; }
};

const UtcZones kUtcZones;

/// The nodes of each open run of which something is to be asked.
std::vector<std::pair<RunId, std::vector<NodeId>>> OfOpenRuns(
    const run::RunTracker& tracker, std::vector<NodeId> (*nodes_of)(const Run&)) {
  std::vector<std::pair<RunId, std::vector<NodeId>>> wanted;
  for (const auto& [id, run] : tracker.memory().runs) {
    if (run.open()) wanted.emplace_back(id, nodes_of(run));
  }
  return wanted;
}

}  // namespace

Night::Night(run::RunRules rules)
    : rules_{rules},
      timetable_{
          std::make_unique<schedule::Timetable>(kUtcZones, std::map<NodeId, std::string>{}, "UTC")},
      tracker_{std::make_unique<run::RunTracker>(rules, RunMemory{})},
      now_{At("0 12:00")} {}

std::set<RecordKey> Night::RecordsInRedis() const {
  std::set<RecordKey> keys;
  for (const StatusRecord& record : view_.records) keys.insert(record.key());
  return keys;
}

void Night::Until(std::string_view time) { Until(At(time)); }

void Night::Until(Time time) {
  if (time < now_) throw std::logic_error{"the test goes back in time to " + Text(time)};
  while (running_) {
    seconds wait = until_reconcile_;
    if (const auto due = tracker_->NextDue(); due && !cannot_read_)
      wait = std::min(wait, *due - now_);
    wait = std::max(wait, seconds{0});
    const bool reads = HasWitnessToAsk();
    if (!reads) until_witnesses_ = seconds{0};
    if (reads && until_witnesses_ < wait) wait = until_witnesses_;
    if (now_ + wait > time) break;
    now_ += wait;
    until_reconcile_ -= wait;
    until_witnesses_ -= std::min(wait, until_witnesses_);
    if (reads && until_witnesses_ == seconds{0}) AskWitnesses();
    else Look();
  }
  until_reconcile_ = std::max(seconds{0}, until_reconcile_ - (time - now_));
  until_witnesses_ = std::max(seconds{0}, until_witnesses_ - (time - now_));
  now_ = time;
}

bool Night::HasWitnessToAsk() const {
  const bool reads_log = rules_.reads_log && !log_.empty();
  const bool asks_nodes = rules_.asks_for_nodes && !presence_.empty();
  return std::ranges::any_of(tracker_->memory().runs, [&](const auto& entry) {
    const Run& run = entry.second;
    if (!run.open()) return false;
    return (reads_log && !journal::NodesToRead(run).empty()) ||
           (asks_nodes && !presence::NodesToAsk(run).empty());
  });
}

void Night::AskWitnesses() {
  until_witnesses_ = std::chrono::minutes{1};
  if (rules_.reads_log && !log_.empty()) ReadLog();
  if (rules_.asks_for_nodes && !presence_.empty()) AskNodes();
}

void Night::ReadLog() {
  std::vector<LoggedPass> passes;
  for (const auto& [id, pass] : log_) passes.push_back(pass);
  for (const auto& [id, nodes] : OfOpenRuns(*tracker_, journal::NodesToRead)) {
    for (const NodeId node : nodes) {
      const auto off = off_since_.find(node);
      const LoggedPass* its = journal::PassOfRun(passes, *tracker_->Find(id), node);
      NodeLog log{.read_at = now_, .newest_entry = off == off_since_.end() ? now_ : off->second};
      if (its != nullptr) log.pass = *its;
      store_.Save(tracker_->Heard(id, node, std::move(log)));
    }
  }
}

void Night::AskNodes() {
  for (const auto& [id, nodes] : OfOpenRuns(*tracker_, presence::NodesToAsk)) {
    for (const NodeId node : nodes) {
      NodePresence presence = presence_[node];
      presence.read_at = now_;
      presence.known_from = At("0 00:00");
      store_.Save(tracker_->Met(id, node, std::move(presence)));
    }
  }
}

void Night::Look() {
  constexpr int kMostRepeats = 3;
  for (int times = 0; LookOnce(); ++times) {
    if (times == kMostRepeats)
      throw std::logic_error{"the daemon looks without end at " + Text(now_)};
  }
}

bool Night::LookOnce() {
  if (!running_) return false;
  until_reconcile_ = rules_.reconcile;
  if (cannot_read_) return false;
  view_.looked_at = now_;
  const auto alerts = std::exchange(unread_, {});
  view_.timings = timetable_->At(view_, tracker_->memory());
  run::RunStep step = tracker_->Step(view_, alerts, store_.KnownAlerts(alerts));
  if (std::exchange(store_fails_, false)) {
    Restart();
    return false;
  }
  Keep(std::move(step));
  const auto due = tracker_->NextDue();
  return due && *due <= now_;
}

void Night::Keep(run::RunStep step) {
  ++looks_;
  for (const Announcement& announcement : step.announcements) {
    told_.push_back(Tell(announcement));
    if (announcement.known_by) known_by_ = announcement.known_by;
  }
  store_.Save(tracker_->ChangesOf(step));
  reasons_.insert(reasons_.end(), step.reasons.begin(), step.reasons.end());
  if (!first_look_ && !view_.plans.empty()) first_look_ = now_;
  if (std::exchange(records_written_, view_.plans.empty())) {
    for (const RecordKey& key : RecordsInRedis()) {
      if (view_.plans.contains(key.plan)) first_seen_.emplace(key, FirstSeen{now_, looks_});
    }
  }
  for (const run::AlertAnswer& answer : step.answers) answers_.at(answer.trigger) = answer.kind;
  for (const TriggerId settled : step.changes.settled) {
    std::erase_if(inbox_, [settled](const Trigger& trigger) { return trigger.id == settled; });
  }
}

Mail Night::Tell(const Announcement& announcement) {
  using Kind = Announcement::Kind;
  Mail mail{.kind = announcement.kind, .at = now_, .look = looks_, .sections = {}};
  mail.summary = announcement.summary;
  mail.plans = announcement.plans;
  mail.modules = announcement.modules;
  mail.crossings = announcement.crossings;
  bool changed = false;
  for (const RunId id : announcement.runs) {
    const Run* run = tracker_->Find(id);
    if (run == nullptr) throw std::logic_error{"a run was announced that nobody can find"};
    mail.sections.push_back(Judge(*run, !IsNotice(mail.kind)));
    changed |= ChangesAVerdict(mail.sections.back());
  }
  std::sort(mail.sections.begin(), mail.sections.end(),
            [](const Section& left, const Section& right) { return left.plan < right.plan; });
  mail.sent = mail.kind != Kind::kUpdate || changed;
  if (mail.sent && !IsNotice(mail.kind)) {
    for (const Section& section : mail.sections) {
      auto& told = last_told_[section.run];
      told.clear();
      for (const auto& [module, row] : section.rows) told.emplace(module, row.verdict);
    }
  }
  return mail;
}

Section Night::Judge(const Run& run, bool closed) {
  const outcome::Judgement judgement = outcome::Judge(run);
  if (closed) tracker_->Judged(run.id, judgement.outcome, judgement.verdicts);
  Section section{.run = run.id,
                  .plan = run.plan,
                  .begin = run.begin,
                  .opened_at = run.opened_at,
                  .outcome = judgement.outcome,
                  .after_a_gap = run.gap.has_value(),
                  .due = run.due ? std::optional{run.due->at} : std::nullopt,
                  .rows = {}};
  for (const auto& [id, verdict] : judgement.verdicts) {
    Row row{.verdict = verdict, .record = std::nullopt};
    const RunModule& module = run.modules.at(id);
    if (const SeenRecord* shown = module.shown()) row.record = shown->record.key();
    row.of_other_run = !module.record && module.borrowed;
    section.rows.emplace(id, row);
  }
  return section;
}

bool Night::ChangesAVerdict(const Section& section) const {
  const auto told = last_told_.find(section.run);
  if (told == last_told_.end()) return true;
  std::map<ModuleId, Verdict> now;
  for (const auto& [module, row] : section.rows) now.emplace(module, row.verdict);
  return now != told->second;
}

}  // namespace backup_monitor::testing
