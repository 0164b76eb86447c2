#include "announcement/report_builder.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "base/redaction.h"
#include "journal/silence.h"
#include "model/checked_backup.h"
#include "probe/restic_failure.h"
#include "report/facts/derive_facts.h"

namespace backup_monitor::announcement {
namespace {

/// By what `how_bad` says of each, asked once; the greater, the worse. Those equally bad stay in order.
template <typename Item, typename HowBad>
void SortWorstFirst(std::vector<Item>& items, HowBad how_bad) {
  using Weighed = std::pair<decltype(how_bad(items.front())), Item>;
  std::vector<Weighed> weighed;
  weighed.reserve(items.size());
  for (Item& item : items) {
    const auto weight = how_bad(item);
    weighed.emplace_back(weight, std::move(item));
  }
  std::ranges::stable_sort(weighed, std::ranges::greater{}, &Weighed::first);
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = std::move(weighed[i].second);
}

/// What the words of a record mean, by the table that reads restic's own; none where it does not know them.
std::optional<ProbeCause> CauseIn(const std::string& error_text) {
  if (error_text.empty()) return std::nullopt;
  const ProbeCause cause = probe::ReadResticFailure(0, error_text).cause;
  return cause == ProbeCause::kUnknown ? std::nullopt : std::optional{cause};
}

void ShowRecord(const SeenRecord& shown, ModuleLine& line) {
  line.started = shown.started;
  line.ended = shown.ended;
  line.recorded_start = shown.record.start;
  line.recorded_end = shown.record.end;
  line.error_count = shown.record.error_count;
  line.error_text = WithoutSecrets(shown.record.error_text);
  line.error_cause = CauseIn(shown.record.error_text);
  line.counts_no_snapshot = CountsNoSnapshot(shown.record);
  line.finding = shown.finding;
  if (!shown.record.succeeded()) return;
  line.size_bytes = shown.record.restore_bytes;
  line.file_count = shown.record.file_count;
  if (IsGoodBackup(shown)) line.last_good = shown.ended;
}

/// What the check of the repository of this record found, as long as no later backup has succeeded, else the
/// newest data that are known.
void ShowNewestData(const ModuleHistory* past, ModuleLine& line) {
  line.newest_data = line.last_good;
  if (line.finding && line.finding->was_read()) {
    if (line.last_good && *line.last_good > line.finding->probed_at) return;
    line.newest_data.reset();
    if (line.finding->newest) line.newest_data = line.finding->newest->at;
    return;
  }
  // What could be read of it exists, whatever else does.
  if (line.finding && line.finding->newest) {
    line.newest_data =
        std::max(line.newest_data.value_or(line.finding->newest->at), line.finding->newest->at);
  }
  if (past == nullptr || !past->newest_snapshot) return;
  line.newest_data =
      std::max(line.newest_data.value_or(*past->newest_snapshot), *past->newest_snapshot);
}

void ShowNames(const ClusterView& view, const RunModule& module, ModuleLine& line) {
  const auto known = view.modules.find(line.module);
  if (known != view.modules.end()) line.ui_name = known->second.ui_name;
  line.node = module.node;
  if (const SeenRecord* shown = module.shown(); shown != nullptr && shown->record.node) {
    line.node = shown->record.node;
  }
  line.node_name = NodeName(line.node, view);
}

void ShowPast(const ModuleHistory& past, ModuleLine& line) {
  line.previous_duration = past.previous_duration;
  line.previous_size_bytes = past.previous_size_bytes;
  line.previous_file_count = past.previous_file_count;
  if (past.last_good && (!line.last_good || *line.last_good < *past.last_good)) {
    line.last_good = past.last_good;
    line.last_good_plan = past.last_good_plan;
  }
  line.episode = past.before;
}

/// The statistics are read even of a backup that failed; the retention follows a good one only, and the application's
/// clean-up restic (ns8-core 4f41b359 node/bin/run-backup, agent/bin/module-backup).
bool ResticEnded(const LoggedBackup& backup) {
  return backup.end == LoggedBackup::End::kCompleted ||
         std::ranges::any_of(backup.failed, [](const FailedStep& step) {
           return step.step == BackupStep::kRetention || step.step == BackupStep::kModuleCleanUp;
         });
}

/// What its words name is the repository's, and not the application's or Redis's.
bool IsOfDestination(BackupStep step) {
  return step == BackupStep::kInit || step == BackupStep::kSnapshot ||
         step == BackupStep::kStatistics || step == BackupStep::kRetention;
}

/// Its id where it has no name, or is no more.
std::string PlanName(const PlanId& plan, const ClusterView& view) {
  const auto known = view.plans.find(plan);
  const bool named = known != view.plans.end() && !known->second.name.empty();
  return named ? known->second.name : plan.value();
}

/// What the log of a module's node says of it, as far as it says anything that its result does not.
std::optional<LoggedModule> LoggedOf(const ModuleId& id, const ModuleLine& line, const Run& run,
                                     const ClusterView& view) {
  const auto log = line.node ? run.log.find(*line.node) : run.log.end();
  if (log == run.log.end() || !log->second.pass || line.from_other_run) return std::nullopt;
  const LoggedPass& pass = *log->second.pass;
  LoggedModule logged{.through_agent = pass.through_agent,
                      .begin_is_known = pass.begin_is_known,
                      .failed = {},
                      .signal = pass.signal};
  if (const LoggedBackup* backup = pass.BackupOf(id)) {
    logged.failed = backup->failed;
    logged.restic_ended = ResticEnded(*backup);
  }
  if (!line.started) logged.silence = journal::WhySilent(pass, id);
  if (logged.silence && logged.silence->busy_with)
    logged.busy_plan_name = PlanName(*logged.silence->busy_with, view);
  if (!logged.failed.empty() && IsOfDestination(logged.failed.front().step))
    logged.cause = CauseIn(logged.failed.front().words);
  if (logged.failed.empty() && !logged.silence) return std::nullopt;
  return logged;
}

ModuleLine BuildLine(const ModuleId& id, const RunModule& module, const Run& run,
                     const outcome::Judgement& judgement, const PlanHistory& history,
                     const ClusterView& view) {
  ModuleLine line;
  line.module = id;
  const SeenRecord* shown = module.shown();
  const auto verdict = judgement.verdicts.find(id);
  if (verdict != judgement.verdicts.end() && (shown != nullptr || !run.open())) {
    line.verdict = verdict->second;
  }
  line.target = module.target;
  line.was_over = module.was_over;
  if (module.verdict && line.verdict && *module.verdict != *line.verdict) {
    line.previous_verdict = module.verdict;
  }
  line.from_other_run = !module.record && module.borrowed;
  ShowNames(view, module, line);
  if (shown != nullptr) ShowRecord(*shown, line);
  if (shown == nullptr || !shown->record.succeeded()) line.logged = LoggedOf(id, line, run, view);
  const auto past = history.modules.find(id);
  const bool has_past = past != history.modules.end();
  if (has_past) ShowPast(past->second, line);
  if (line.verdict) line.episode.Add(*line.verdict);
  ShowNewestData(has_past ? &past->second : nullptr, line);
  return line;
}

/// While a run is open it is only what its records say so far.
Outcome OutcomeSoFar(const Run& run, const outcome::Judgement& judgement) {
  if (!run.open()) return judgement.outcome;
  std::map<ModuleId, Verdict> so_far = judgement.verdicts;
  std::erase_if(so_far, [&](const auto& entry) { return !run.modules.at(entry.first).record; });
  const Outcome outcome = outcome::OutcomeOf(so_far);
  return outcome == Outcome::kSuccess && run.alert_unexplained() ? Outcome::kIncomplete : outcome;
}

/// Where the run stands in its episode: consecutive runs, by begin, that are not SUCCESS.
void PlaceInEpisode(const PlanHistory& history, RunSection& section) {
  std::set<ModuleId> failed_before;
  Time since = section.begin;
  for (const PastRun& past : history.runs_before) {
    if (past.outcome == Outcome::kSuccess) break;
    section.episode.Add(past.outcome, past.not_succeeded);
    since = past.begin;
    for (const auto& [module, verdict] : past.not_succeeded) failed_before.insert(module);
  }
  if (section.outcome != Outcome::kSuccess) {
    std::map<ModuleId, Verdict> now;
    for (const ModuleLine& line : section.modules) {
      if (line.verdict && line.verdict != Verdict::kSucceeded)
        now.emplace(line.module, *line.verdict);
    }
    section.episode.Add(section.outcome, now);
    section.failing_since = since;
    return;
  }
  for (const ModuleLine& line : section.modules) failed_before.erase(line.module);
  if (section.episode.total() > 0)
    section.left_plan.assign(failed_before.begin(), failed_before.end());
}

/// Nodes that were due and of which a run that others answered has nothing.
std::vector<SilentNode> SilentNodesOf(const Run& run, const ClusterView& view) {
  std::vector<SilentNode> silent;
  if (!run.due || !run.last_end() || run.open()) return silent;
  for (const auto& [node, due] : run.due->nodes) {
    SilentNode its{node, {}, 0};
    bool answered = false;
    for (const auto& [id, module] : run.modules) {
      answered |= module.record && (module.record->record.node == node || module.node == node);
      if (module.node == node && module.counts()) ++its.modules;
    }
    if (answered || its.modules == 0) continue;
    its.name = NodeName(node, view);
    silent.push_back(std::move(its));
  }
  return silent;
}

ScheduleLine BuildSchedule(const Run& run, const ClusterView& view) {
  constexpr seconds kLate = std::chrono::minutes{30};
  ScheduleLine line;
  line.silent = SilentNodesOf(run, view);
  line.missed = run.missed;
  line.overlapped = run.overlapped;
  line.next = NextDueOf(run.plan, view);
  if (!run.due) return line;
  line.due = run.due->at;
  std::optional<Time> first;
  for (const auto& [id, module] : run.modules) {
    if (module.record)
      first = std::min(first.value_or(module.record->started), module.record->started);
  }
  if (first && *first - run.due->at > kLate) line.late = *first - run.due->at;
  if (first) return line;
  for (const auto& [node, due] : run.due->nodes)
    line.answer_by = std::max(line.answer_by.value_or(due.answer_by), due.answer_by);
  return line;
}

}  // namespace

RunSection BuildSection(const Run& run, const outcome::Judgement& judgement,
                        const PlanHistory& history, const ClusterView& view) {
  RunSection section;
  section.run = run.id;
  section.plan = run.plan;
  section.plan_name = run.plan_name;
  section.destination_id = run.destination_id;
  section.destination_name = run.destination_name;
  section.origin = run.origin;
  section.outcome = OutcomeSoFar(run, judgement);
  section.open = run.open();
  section.being_checked = !run.open() && history.being_checked;
  section.begin = run.begin;
  section.end = run.last_end();
  section.closed_at = run.closed_at();
  section.gap = run.gap;
  section.schedule = BuildSchedule(run, view);
  section.plan_status = run.compact_status;
  section.alert = run.alert;
  section.alert_unexplained = run.alert_unexplained();
  section.cluster_backup = run.cluster_backup;
  for (const auto& [node, log] : run.log) section.log.push_back({node, NodeName(node, view), log});
  for (const auto& [node, presence] : run.presence)
    section.presence.push_back({node, NodeName(node, view), presence});
  if (section.plan_status) {
    section.plan_error_cause = CauseIn(section.plan_status->error_text);
    section.plan_status->error_text = WithoutSecrets(section.plan_status->error_text);
  }
  for (const auto& [id, module] : run.modules) {
    if (judgement.verdicts.contains(id)) {
      section.modules.push_back(BuildLine(id, module, run, judgement, history, view));
    }
  }
  SortWorstFirst(section.modules, [&section](const ModuleLine& line) {
    return report::FactsOf(section, line).rank;
  });
  if (!history.runs_before.empty() && history.runs_before.front().end) {
    const PastRun& past = history.runs_before.front();
    section.previous_duration = *past.end - past.begin;
  }
  PlaceInEpisode(history, section);
  return section;
}

void WorstFirst(std::vector<RunSection>& runs) {
  SortWorstFirst(runs, [](const RunSection& run) { return report::FactsOf(run).phrase; });
}

RecoveryLine BuildRecoveryLine(const RecoveryCrossing& crossing, const ClusterView& view) {
  RecoveryLine line{crossing.module, {}, {}, {}, crossing.over, crossing.newest, crossing.target};
  const auto known = view.modules.find(crossing.module);
  if (known == view.modules.end()) return line;
  line.ui_name = known->second.ui_name;
  line.node = known->second.node;
  line.node_name = NodeName(line.node, view);
  return line;
}

std::vector<SameDiskLine> BuildSameDisk(const ClusterView& view,
                                        const std::optional<PlanId>& plan) {
  std::vector<SameDiskLine> lines;
  for (const auto& [id, its] : view.plans) {
    if (!its.enabled || !its.destination_node || (plan && *plan != id)) continue;
    SameDiskLine line{
        id, its.name, *its.destination_node, NodeName(its.destination_node, view), {}};
    for (const ModuleId& module : its.expected) {
      if (NodeOf(module, view) == its.destination_node) line.modules.push_back(module);
    }
    if (!line.modules.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

WatchSummary BuildWatchSummary(const ClusterView& view) {
  WatchSummary summary;
  for (const auto& [id, plan] : view.plans) summary.plans += plan.enabled ? 1 : 0;
  const std::set<ModuleId> watched = InEnabledPlans(view);
  summary.modules = static_cast<int>(watched.size());
  for (const auto& [id, module] : view.modules) {
    if (!module.needs_backup || watched.contains(id)) continue;
    if (module.exempt) {
      summary.exempt.emplace(id, *module.exempt);
      continue;
    }
    summary.unprotected.push_back(id);
    summary.unprotected_since.emplace(id, module.unprotected_since.value_or(view.looked_at));
  }
  return summary;
}

}  // namespace backup_monitor::announcement
