#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <map>
#include <set>

#include "report/facts/derive_facts.h"

namespace backup_monitor::report {
namespace {

using Kind = Step::Kind;

constexpr seconds kMargin{60};  // What leads to an error, and what follows it.

template <typename Question>
bool AnyModule(const ReportFacts& facts, Question question) {
  return std::ranges::any_of(
      facts.runs, [&](const RunFacts& run) { return std::ranges::any_of(run.modules, question); });
}

template <typename Question>
bool AnyRun(const ReportFacts& facts, Question question) {
  return std::ranges::any_of(facts.runs, question);
}

/// One step for each cause that was found, in the order of the causes.
std::vector<Step> CauseSteps(const ReportFacts& facts) {
  std::map<Cause, Step> steps;
  std::set<std::pair<Cause, ModuleId>> modules;
  std::set<std::pair<Cause, Step::Repository>> repositories;
  for (const RunFacts& run : facts.runs) {
    for (const ModuleFacts& module : run.modules) {
      for (const Cause cause : module.causes) {
        Step& step = steps.try_emplace(cause, Step{Kind::kCause}).first->second;
        step.cause = cause;
        const ModuleId& id = module.line.module;
        if (modules.emplace(cause, id).second) step.modules.push_back(id);
        const Step::Repository repository{id, run.section.plan};
        if (repositories.emplace(cause, repository).second) step.repositories.push_back(repository);
      }
    }
  }
  std::vector<Step> found;
  found.reserve(steps.size());
  for (auto& [cause, step] : steps) found.push_back(std::move(step));
  return found;
}

/// The times, and whose entries: the plan's timer and the node's agent begin a backup, which goes on as the module's
/// user (ns8-core 4f41b359 node/bin/schedule-backup, run-backup).
std::vector<LogWindow> LogWindows(const ReportFacts& facts) {
  std::map<std::optional<NodeId>, LogWindow> windows;
  for (const RunFacts& run : facts.runs) {
    if (run.section.origin == RunOrigin::kCompact) continue;
    for (const ModuleFacts& module : run.modules) {
      const ModuleLine& line = module.line;
      if (!line.started || !line.ended || !module.needs_log) continue;
      const Time from = *line.started - kMargin;
      const Time to = *line.ended + kMargin;
      LogWindow& window =
          windows.try_emplace(line.node, LogWindow{&line, from, to, {}, {}}).first->second;
      window.from = std::min(window.from, from);
      window.to = std::max(window.to, to);
      window.plans.insert(run.section.plan);
      window.modules.insert(line.module);
    }
  }
  std::vector<LogWindow> found;
  found.reserve(windows.size());
  for (const auto& [node, window] : windows) found.push_back(window);
  return found;
}

bool SameDestination(const RunSection& one, const RunSection& other) {
  if (one.destination_id.empty() || other.destination_id.empty()) return &one == &other;
  return one.destination_id == other.destination_id;
}

/// At least one check of a repository of the run's destination, in this report, had such an answer.
template <typename Question>
bool AnyCheckAt(const ReportFacts& facts, const RunSection& run, Question question) {
  return AnyRun(facts, [&](const RunFacts& other) {
    return SameDestination(run, other.section) &&
           std::ranges::any_of(other.section.modules, [&](const ModuleLine& line) {
             return line.finding && question(*line.finding);
           });
  });
}

/// What the destination has to do with a failure that nothing else explains. A destination of which a
/// repository was just read can be reached; one that did not answer has its own step; and of one that the
/// words of a record or of the log speak, they speak.
enum class Doubt { kNone, kFull, kAll };

Doubt DoubtOf(const ReportFacts& facts, const RunFacts& run) {
  const RunSection& section = run.section;
  const bool unexplained = std::ranges::any_of(section.modules, [](const ModuleLine& line) {
    const bool local =
        line.logged && (line.logged->failed_in_application() || line.logged->left_out_files() ||
                        line.logged->failed_after_restic() || line.logged->cause);
    return line.verdict == Verdict::kFailed && !line.finding && !line.error_cause && !local;
  });
  if (section.being_checked || (!unexplained && !run.plan_failed)) return Doubt::kNone;
  if (run.plan_failed && run.plan_cause) {
    return run.plan_cause == Cause::kUnreachable ? Doubt::kAll : Doubt::kNone;
  }
  const auto not_answered = [](const Finding& finding) {
    return finding.cause == ProbeCause::kUnreachable || finding.cause == ProbeCause::kTimeout ||
           finding.cause == ProbeCause::kFull;
  };
  const auto answered = [](const Finding& finding) { return finding.newest || finding.was_read(); };
  if (AnyCheckAt(facts, section, answered)) return Doubt::kFull;
  return AnyCheckAt(facts, section, not_answered) ? Doubt::kNone : Doubt::kAll;
}

void AddDestinations(const ReportFacts& facts, std::vector<Step>& steps) {
  Step all{Kind::kDestination};
  Step full{Kind::kDestinationFull};
  for (const RunFacts& run : facts.runs) {
    const Doubt doubt = DoubtOf(facts, run);
    if (doubt == Doubt::kAll) all.runs.push_back(&run.section);
    if (doubt == Doubt::kFull) full.runs.push_back(&run.section);
  }
  for (Step* step : {&all, &full}) {
    if (!step->runs.empty()) steps.push_back(std::move(*step));
  }
}

void AddModules(Kind kind, std::vector<ModuleId> modules, std::vector<Step>& steps) {
  if (!modules.empty()) steps.push_back({kind, std::move(modules)});
}

std::vector<ModuleId> FallenModules(const ReportFacts& facts) {
  std::vector<ModuleId> fallen;
  for (const RunFacts& run : facts.runs) {
    const std::vector<ModuleId> of_run = run.FallenModules();
    fallen.insert(fallen.end(), of_run.begin(), of_run.end());
  }
  return fallen;
}

std::vector<ModuleId> ModulesThatLeft(const ReportFacts& facts) {
  std::vector<ModuleId> left;
  for (const RunFacts& run : facts.runs) {
    left.insert(left.end(), run.section.left_plan.begin(), run.section.left_plan.end());
  }
  return left;
}

/// What to do when the rest is done: nothing is started while it still runs, or while what is known is about
/// to become more.
void AddLast(const ReportFacts& facts, bool any_step, std::vector<Step>& steps) {
  const Report& report = facts.report;
  const bool open =
      report.kind == ReportKind::kEarlyNotice ||
      AnyRun(facts, [](const RunFacts& run) { return run.section.open && !run.only_alerted; });
  const bool checked = AnyRun(facts, [](const RunFacts& run) { return run.section.being_checked; });
  const bool again = AnyRun(facts, [](const RunFacts& run) {
    return !run.goes_on && run.phrase != Phrase::kCompleted && !run.unconfirmed_by_alert;
  });
  const bool nowhere = report.runs.empty() && report.kind == ReportKind::kNoStatus;
  if (open && any_step) steps.push_back({Kind::kWait});
  if (report.kind == ReportKind::kLateNotice && !any_step) steps.push_back({Kind::kNothingYet});
  if (checked) steps.push_back({Kind::kBeingChecked});
  if (!open && !checked && any_step && (again || nowhere)) steps.push_back({Kind::kRunAgain});
}

/// Of runs that took place: the modules without a result of which the log says this; none: it does not say why.
std::vector<ModuleId> SilentModules(const ReportFacts& facts, Rank rank,
                                    std::optional<Silence> why) {
  std::vector<ModuleId> silent;
  for (const RunFacts& run : facts.runs) {
    if (run.section.outcome == Outcome::kMissed) continue;
    for (const ModuleFacts* module : run.OfRank(rank)) {
      const auto& logged = module->line.logged;
      auto its = logged && logged->silence ? std::optional{logged->silence->why} : std::nullopt;
      if (its == Silence::kNotEnded) its.reset();
      if (its == why) silent.push_back(module->line.module);
    }
  }
  return silent;
}

void AddSilent(Kind kind, const ReportFacts& facts, std::initializer_list<Silence> reasons,
               std::vector<Step>& steps) {
  std::vector<ModuleId> modules;
  for (const Silence why : reasons) {
    for (const Rank rank : {Rank::kNotFinished, Rank::kNeverRan})
      std::ranges::move(SilentModules(facts, rank, why), std::back_inserter(modules));
  }
  AddModules(kind, std::move(modules), steps);
}

/// Whose schedules overlap, where it is the same two of all that were given up.
void AddBusy(const ReportFacts& facts, std::vector<Step>& steps) {
  const std::size_t before = steps.size();
  AddSilent(Kind::kBusy, facts, {Silence::kGaveUp}, steps);
  if (steps.size() == before) return;
  std::set<const RunSection*> runs;
  std::set<std::optional<PlanId>> others;
  std::string name;
  for (const RunFacts& run : facts.runs) {
    for (const ModuleFacts& module : run.modules) {
      const auto& logged = module.line.logged;
      if (!logged || !logged->silence || logged->silence->why != Silence::kGaveUp) continue;
      runs.insert(&run.section);
      others.insert(logged->silence->busy_with);
      name = logged->busy_plan_name;
    }
  }
  if (runs.size() > 1 || others.size() > 1 || !others.begin()->has_value()) return;
  steps.back().busy_run = *runs.begin();
  steps.back().in_the_way = std::move(name);
}

/// Of what the log says of steps that failed.
template <typename Question>
void AddLogged(Kind kind, const ReportFacts& facts, Question question, std::vector<Step>& steps) {
  std::vector<ModuleId> modules;
  for (const RunFacts& run : facts.runs) {
    for (const ModuleFacts& module : run.modules) {
      if (module.line.logged && question(module, *module.line.logged))
        modules.push_back(module.line.module);
    }
  }
  AddModules(kind, std::move(modules), steps);
}

void AddLogs(const ReportFacts& facts, std::vector<Step>& steps) {
  using Facts = ModuleFacts;
  AddLogged(
      Kind::kApplication, facts,
      [](const Facts&, const LoggedModule& its) { return its.failed_in_application(); }, steps);
  AddLogged(
      Kind::kUnread, facts,
      [](const Facts&, const LoggedModule& its) { return its.left_out_files(); }, steps);
  AddLogged(
      Kind::kLaterStep, facts,
      [](const Facts& module, const LoggedModule& its) {
        const bool local = its.failed_in_application() || its.left_out_files() || its.silence;
        // Otherwise the destination is in doubt.
        const bool reached = its.failed_after_restic() || module.line.finding;
        return !local && !its.failed.empty() && reached && module.causes.empty();
      },
      steps);
}

/// Of an alert, of a plan, of results that are missing.
void AddWithoutResult(const ReportFacts& facts, std::vector<Step>& steps) {
  const Report& report = facts.report;
  const bool no_status =
      report.kind == ReportKind::kNoStatus || AnyRun(facts, &RunFacts::no_status);
  const bool not_finished = !SilentModules(facts, Rank::kNotFinished, std::nullopt).empty();
  const bool never_ran = !SilentModules(facts, Rank::kNeverRan, std::nullopt).empty();
  const auto has_trouble = [&](Trouble trouble) {
    return AnyRun(facts, [&](const RunFacts& run) { return run.trouble == trouble; }) ||
           std::ranges::count(facts.plans, trouble) > 0;
  };
  const bool missed =
      has_trouble(Trouble::kMissed) || has_trouble(Trouble::kLate) ||
      AnyRun(facts, [](const RunFacts& run) { return run.section.outcome == Outcome::kMissed; });
  const bool alerted = AnyRun(
      facts, [](const RunFacts& run) { return run.section.alert_unexplained && !run.no_status; });
  const auto add = [&steps](bool when, Kind kind) {
    if (when) steps.push_back({kind});
  };
  add(report.kind == ReportKind::kUnknownPlan, Kind::kUnknownPlan);
  add(report.alert_summary.has_value(), Kind::kAlertSummary);
  add(no_status, Kind::kNoStatus);
  add(missed, Kind::kMissed);
  add(has_trouble(Trouble::kNeverDue), Kind::kNeverDue);
  const bool not_uploaded = AnyRun(facts, &RunFacts::cluster_backup_failed);
  add(not_uploaded, Kind::kClusterBackup);
  add(!not_uploaded && AnyRun(facts, &RunFacts::lacks_cluster_backup), Kind::kClusterBackupOld);
  add(report.has_old_data(), Kind::kOverTarget);
  add(alerted || (report.kind == ReportKind::kOnRequest && report.alert), Kind::kAlert);
  AddSilent(Kind::kInterrupted, facts, {Silence::kStopped, Silence::kKilled, Silence::kRebooted},
            steps);
  AddBusy(facts, steps);
  AddSilent(Kind::kNotStored, facts, {Silence::kNotStored}, steps);
  AddSilent(Kind::kNoResult, facts, {Silence::kEnded}, steps);
  add(not_finished, Kind::kNotFinished);
  add(never_ran && !no_status, Kind::kNeverRan);
}

}  // namespace

std::vector<Step> StepsOf(const ReportFacts& facts) {
  const Report& report = facts.report;
  if (report.kind == ReportKind::kUndelivered) return {{Kind::kUndelivered}};
  std::vector<Step> steps = CauseSteps(facts);
  if (AnyRun(facts, &RunFacts::plan_failed) || AnyModule(facts, &ModuleFacts::needs_log)) {
    steps.push_back({Kind::kReadLogs});
    steps.back().windows = LogWindows(facts);
  }
  AddLogs(facts, steps);
  AddDestinations(facts, steps);
  AddModules(Kind::kFallen, FallenModules(facts), steps);
  AddWithoutResult(facts, steps);
  const bool any_step = !steps.empty();
  AddModules(Kind::kLeftPlan, ModulesThatLeft(facts), steps);
  AddLast(facts, any_step, steps);
  if (!report.watch.cluster_reachable) steps.push_back({Kind::kCluster});
  AddModules(Kind::kUnprotected, report.watch.unprotected, steps);
  // A head that calls something wrong, with nothing to do beneath it, would contradict itself.
  const bool problem = facts.phrase != Phrase::kCompleted || facts.tally.fallen > 0;
  if (steps.empty() && problem) steps.push_back({Kind::kSeePlan});
  return steps;
}

}  // namespace backup_monitor::report
