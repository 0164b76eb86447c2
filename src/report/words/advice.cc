#include "report/words/advice.h"

#include <algorithm>

#include "report/facts/standing.h"
#include "report/facts/tally.h"
#include "report/words/cause_advice.h"
#include "report/words/log_windows.h"
#include "report/words/names.h"
#include "text/fit_text.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kNodes = 5;
constexpr std::size_t kNames = 30;

void AddLogs(const Voice& voice, const Report& report, std::vector<Advice>& advice) {
  const auto windows = LogWindows(voice, report, kNodes);
  for (const LogWindow& window : windows) {
    advice.push_back({window.node.empty() ? voice.Say("advice.log_somewhere")
                                          : voice.Say("advice.log", {{"node", window.node}}),
                      {window.command}});
  }
  if (windows.empty()) advice.push_back({voice.Say("advice.log_compact")});
}

template <typename Question>
bool AnyModule(const Report& report, Question question) {
  return std::ranges::any_of(report.runs, [&](const RunSection& run) {
    return std::ranges::any_of(run.modules,
                               [&](const ModuleLine& line) { return question(run, line); });
  });
}

template <typename Question>
bool AnyRun(const Report& report, Question question) {
  return std::ranges::any_of(report.runs, question);
}

bool SameDestination(const RunSection& one, const RunSection& other) {
  if (one.destination_id.empty() || other.destination_id.empty()) return &one == &other;
  return one.destination_id == other.destination_id;
}

/// The looks of this report into repositories of the run's destination: at least one was of this answer.
template <typename Question>
bool AnyLookAt(const Report& report, const RunSection& run, Question question) {
  return AnyModule(report, [&](const RunSection& other, const ModuleLine& line) {
    return SameDestination(run, other) && line.finding && question(*line.finding);
  });
}

/// What the destination has to do with a failure that nothing else explains. A destination of which a
/// repository was just read can be reached; one that did not answer has its own step; and of one that the
/// words of a record speak, they speak.
enum class Doubt { kNone, kFull, kAll };

Doubt DoubtOf(const Report& report, const RunSection& run) {
  const bool plan_failed = run.modules.empty() && run.plan_status && !run.plan_status->succeeded;
  const bool unexplained = std::ranges::any_of(run.modules, [](const ModuleLine& line) {
    return line.verdict == Verdict::kFailed && !line.finding && !line.error_cause;
  });
  if (run.being_checked || (!unexplained && !plan_failed)) return Doubt::kNone;
  if (plan_failed && run.plan_error_cause) {
    return run.plan_error_cause == ProbeCause::kUnreachable ? Doubt::kAll : Doubt::kNone;
  }
  const auto sent = [](const Finding& finding) {
    return finding.cause == ProbeCause::kUnreachable || finding.cause == ProbeCause::kTimeout ||
           finding.cause == ProbeCause::kFull;
  };
  const auto answered = [](const Finding& finding) { return finding.newest || finding.was_read(); };
  if (AnyLookAt(report, run, answered)) return Doubt::kFull;
  return AnyLookAt(report, run, sent) ? Doubt::kNone : Doubt::kAll;
}

/// One step for those destinations that are open to this doubt; named where the report speaks of others too.
void AddDestinations(const Voice& voice, const Report& report, Doubt doubt, std::string_view key,
                     std::vector<Advice>& advice) {
  std::vector<std::string> names;
  bool others = false;
  for (const RunSection& run : report.runs) {
    const std::string name = ShowForeign(run.destination_name);
    if (DoubtOf(report, run) != doubt) {
      others = true;
    } else if (std::ranges::find(names, name) == names.end()) {
      names.push_back(name);
    }
  }
  if (names.empty()) return;
  const bool named = (others || names.size() > 1) && std::ranges::find(names, "") == names.end();
  const std::string where = named ? Joined(voice, names, kNames) : voice.Say("the_destination");
  advice.push_back({voice.Say(key, {{"destination", where}})});
}

void AddFallen(const Voice& voice, const Report& report, std::vector<Advice>& advice) {
  std::vector<ModuleId> fallen;
  for (const RunSection& run : report.runs) {
    for (const ModuleLine& line : run.modules) {
      if (HasFallen(run, line)) fallen.push_back(line.module);
    }
  }
  if (fallen.empty()) return;
  advice.push_back({voice.Count("advice.fallen", static_cast<std::int64_t>(fallen.size()),
                                {{"modules", ModuleIds(voice, fallen, kNames)}})});
}

/// What to do when the rest is done: nothing is started while it still runs, or while what is known is about
/// to become more.
void AddLast(const Voice& voice, const Report& report, bool any_step, std::vector<Advice>& advice) {
  const auto add = [&](std::string_view key) { advice.push_back({voice.Say(key)}); };
  const bool open =
      report.kind == ReportKind::kEarlyNotice ||
      AnyRun(report, [](const RunSection& run) { return run.open && !IsOnlyAlerted(run); });
  const bool checked = AnyRun(report, [](const RunSection& run) { return run.being_checked; });
  const bool again = AnyRun(report, [](const RunSection& run) {
    const bool wrong = PhraseOf(run) != Phrase::kCompleted && !IsUnconfirmedByAlert(run);
    return !run.open && !run.being_checked && wrong;
  });
  const bool nowhere = report.runs.empty() && report.kind == ReportKind::kNoStatus;
  if (open && any_step) add("advice.wait");
  if (checked) add("advice.being_checked");
  if (!open && !checked && any_step && (again || nowhere)) add("advice.run_again");
}

void AddProblems(const Voice& voice, const Report& report, std::vector<Advice>& advice) {
  const Tally tally = Count(report.runs);
  bool plan_failed = false;
  bool no_status = report.kind == ReportKind::kNoStatus;
  bool missed = false;
  std::vector<ModuleId> left;
  for (const RunSection& run : report.runs) {
    plan_failed |= run.modules.empty() && run.plan_status && !run.plan_status->succeeded;
    no_status |= HasNoStatus(run);
    missed |= run.outcome == Outcome::kMissed;
    left.insert(left.end(), run.left_plan.begin(), run.left_plan.end());
  }
  const auto add = [&](std::string_view key) { advice.push_back({voice.Say(key)}); };
  for (Advice& step : CauseAdvice(voice, report)) advice.push_back(std::move(step));
  if (plan_failed || AnyModule(report, NeedsLog)) AddLogs(voice, report, advice);
  AddDestinations(voice, report, Doubt::kAll, "advice.destination", advice);
  AddDestinations(voice, report, Doubt::kFull, "advice.destination_full", advice);
  AddFallen(voice, report, advice);
  if (report.kind == ReportKind::kUnknownPlan) add("advice.unknown_plan");
  if (report.alert_summary)
    advice.push_back({voice.Count("advice.alert_summary", report.alert_summary->alerts)});
  if (no_status) add("advice.no_status");
  if (missed) add("advice.missed");
  const bool alerted = std::ranges::any_of(report.runs, [](const RunSection& run) {
    return run.alert_unexplained && !HasNoStatus(run);
  });
  if (alerted || (report.kind == ReportKind::kOnRequest && report.alert)) add("advice.alert");
  if (tally.not_finished > 0) add("advice.not_finished");
  if (tally.never_ran > 0 && !no_status) add("advice.never_ran");
  const bool any_step = !advice.empty();
  if (!left.empty()) {
    advice.push_back({voice.Count("advice.left_plan", static_cast<std::int64_t>(left.size()),
                                  {{"modules", ModuleIds(voice, left, kNames)}})});
  }
  AddLast(voice, report, any_step, advice);
}

/// A head that calls something wrong, with nothing to do beneath it, would contradict itself.
bool HasProblem(const Report& report) {
  return PhraseOf(report) != Phrase::kCompleted || Count(report.runs).fallen > 0;
}

}  // namespace

std::vector<Advice> WhatToDo(const Voice& voice, const Report& report) {
  std::vector<Advice> advice;
  if (report.kind == ReportKind::kUndelivered) return {{voice.Say("advice.undelivered")}};
  AddProblems(voice, report, advice);
  if (!report.watch.cluster_reachable) advice.push_back({voice.Say("advice.cluster")});
  if (!report.watch.unprotected.empty()) {
    advice.push_back({voice.Count(
        "advice.unprotected", static_cast<std::int64_t>(report.watch.unprotected.size()),
        {{"modules", ModuleIds(voice, report.watch.unprotected, kNames)}})});
  }
  if (advice.empty() && HasProblem(report)) advice.push_back({voice.Say("advice.see_plan")});
  return advice;
}

}  // namespace backup_monitor
