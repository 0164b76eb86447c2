// The part of Night that a test sets and moves: the cluster, the daemon's life, alerts.

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

/// "mail1@2" → mail1 on node 2.
Module ModuleNamed(std::string_view text) {
  const auto at = text.find('@');
  const std::string_view node = at == std::string_view::npos ? "1" : text.substr(at + 1);
  Module module;
  module.id = ModuleId{std::string{text.substr(0, at)}};
  if (!node.empty()) module.node = NodeId::Parse(node).value();
  return module;
}

}  // namespace

StatusRecord Record(const std::string& plan, std::string_view module, Time start, Time end,
                    std::uint32_t errors) {
  const Module named = ModuleNamed(module);
  StatusRecord record;
  record.plan = PlanId{plan};
  record.module = named.id;
  record.node = named.node;
  record.start = start;
  record.end = end;
  record.error_count = errors;
  return record;
}

void Night::HasPlan(const std::string& plan, const std::vector<const char*>& modules) {
  Plan& stored = view_.plans[PlanId{plan}];
  stored.id = PlanId{plan};
  stored.name = plan;
  stored.expected.clear();
  for (const char* text : modules) {
    const Module module = ModuleNamed(text);
    stored.expected.push_back(module.id);
    view_.modules.insert_or_assign(module.id, module);
  }
}

void Night::IsDue(const std::string& plan, const std::string& schedule) {
  view_.plans.at(PlanId{plan}).schedule = schedule;
}

void Night::RemovePlan(const std::string& plan) {
  view_.plans.erase(PlanId{plan});
  std::erase_if(view_.records,
                [&](const StatusRecord& record) { return record.plan.value() == plan; });
}

void Night::RemoveRecord(const std::string& plan, const std::string& module) {
  std::erase_if(view_.records, [&](const StatusRecord& record) {
    return record.plan.value() == plan && record.module.value() == module;
  });
}

void Night::Write(StatusRecord record) {
  RemoveRecord(record.plan.value(), record.module.value());
  view_.records.push_back(std::move(record));
  records_written_ = true;
}

void Night::Saves(const std::string& plan, const std::string& module, std::string_view start,
                  std::string_view end) {
  Backup(plan, module, start, end, 0);
}

void Night::Fails(const std::string& plan, const std::string& module, std::string_view start,
                  std::string_view end) {
  Backup(plan, module, start, end, 1);
}

void Night::Backup(const std::string& plan, const std::string& module, std::string_view start,
                   std::string_view end, std::uint32_t errors) {
  Until(end);
  StatusRecord record = Record(plan, module, At(start), At(end), errors);
  if (const auto known = view_.modules.find(record.module); known != view_.modules.end()) {
    record.node = known->second.node;
  }
  Write(std::move(record));
  if (events_arrive_) Look();
}

void Night::CleanRun(const std::string& plan, std::string_view start) {
  Time next = At(start);
  const std::vector<ModuleId> modules = view_.plans.at(PlanId{plan}).expected;
  for (const ModuleId& module : modules) {
    const Time end = next + std::chrono::minutes{10};
    Saves(plan, module.value(), Text(next), Text(end));
    next = end;
  }
}

Night AfterOneCleanRun(std::initializer_list<const char*> modules, run::RunRules rules) {
  Night night{rules};
  night.HasPlan("daily", modules);
  night.CleanRun("daily", "1 01:00");
  night.Until("1 12:00");
  if (night.TakeMails().size() != 1) throw std::logic_error{"one clean run was not one report"};
  return night;
}

Night TwoNodes(run::RunRules rules) {
  Night night{std::move(rules)};
  night.HasPlan("daily", {"a", "b@2"});
  night.IsDue("daily", "01:00");
  for (const std::string day : {"1", "2"}) {
    night.Saves("daily", "a", day + " 01:00", day + " 01:10");
    night.Saves("daily", "b", day + " 01:00", day + " 01:20");
  }
  if (night.TakeMails().size() != 2) throw std::logic_error{"two clean runs were not two reports"};
  return night;
}

Night WatchedFrom0030(const std::string& plan, const std::string& schedule,
                      const std::vector<const char*>& modules, run::RunRules rules) {
  Night night{std::move(rules)};
  night.Until("1 00:30");
  night.HasPlan(plan, modules);
  night.IsDue(plan, schedule);
  night.Look();
  return night;
}

void Night::Restart() {
  tracker_ = std::make_unique<run::RunTracker>(rules_, store_.Load(now_, RecordsInRedis()));
  unread_ = inbox_;
  until_reconcile_ = seconds{0};
}

RunId Night::NewestOf(const std::string& plan) const {
  std::optional<RunId> newest;
  for (const auto& [id, run] : tracker_->memory().runs) {
    if (run.plan.value() == plan) newest = id;
  }
  return newest.value();
}

void Night::Hears(const std::string& plan, const char* node, NodeLog log) {
  log.read_at = now_;
  store_.Save(tracker_->Heard(NewestOf(plan), NodeId::Parse(node).value(), std::move(log)));
}

void Night::Meets(const std::string& plan, const char* node, NodePresence presence) {
  presence.read_at = now_;
  presence.known_from = now_ - std::chrono::hours{2};
  store_.Save(tracker_->Met(NewestOf(plan), NodeId::Parse(node).value(), std::move(presence)));
}

void Night::Logs(std::size_t execution, LoggedPass pass) {
  log_.insert_or_assign(execution, std::move(pass));
}

void Night::NodeIsOn(NodeId node, bool on, Time clock) {
  NodePresence& presence = presence_[node];
  if (!on) {
    off_since_.emplace(node, now_);
    presence.absences = {{now_, std::nullopt}};
    return;
  }
  off_since_.erase(node);
  if (!presence.absences.empty()) presence.absences.back().until = now_;
  presence.booted = clock;
}

void Night::LoseStore() {
  store_ = KeptMemory{};
  last_told_.clear();
  inbox_.clear();
  Restart();
}

void Night::StopAndAdopt() {
  Stop();
  store_.Adopt();
  inbox_.clear();
}

void Night::Start() {
  running_ = true;
  Restart();
}

void Night::Alert(std::map<std::string, std::string> labels, std::optional<Time> starts_at,
                  bool truncated) {
  labels.emplace("alertname", "BackupFailed");
  const TriggerId id{static_cast<std::int64_t>(answers_.size() + 1)};
  Trigger trigger{
      .id = id,
      .received_at = now_,
      .body = backup_monitor::Alert{
          .labels = std::move(labels), .starts_at = starts_at, .group_was_truncated = truncated}};
  answers_.emplace(id, std::nullopt);
  inbox_.push_back(trigger);
  unread_.push_back(std::move(trigger));
  Look();
}

void Night::AlertFor(const std::string& plan, std::string_view starts_at) {
  Alert({{"id", plan}, {"name", plan}, {"node", "1"}}, At(starts_at));
}

Lines Night::TakeMails() {
  Lines lines;
  for (; taken_ < told_.size(); ++taken_) {
    const bool late = told_[taken_].kind == Announcement::Kind::kLateNotice;
    if (told_[taken_].sent && !late) lines.push_back(Text(told_[taken_]));
  }
  return lines;
}

Lines Night::TakeLateNotices() {
  Lines lines;
  for (; notices_taken_ < told_.size(); ++notices_taken_) {
    const Mail& mail = told_[notices_taken_];
    if (mail.kind == Announcement::Kind::kLateNotice) lines.push_back(Text(mail));
  }
  return lines;
}

std::vector<std::optional<run::AlertAnswer::Kind>> Night::answers() const {
  std::vector<std::optional<run::AlertAnswer::Kind>> kinds;
  for (const auto& [id, kind] : answers_) kinds.push_back(kind);
  return kinds;
}

}  // namespace backup_monitor::testing
