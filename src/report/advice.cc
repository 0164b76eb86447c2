#include "report/advice.h"

#include <algorithm>

#include "report/causes.h"
#include "report/cause_advice.h"
#include "report/log_windows.h"
#include "report/names.h"
#include "report/tally.h"

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

// Where nothing tells that the destination is not to blame, and no other step sends people there. What has just been
// read can be reached.
bool DestinationMayBeToBlame(const Report& report) {
  const auto is_sent = [](const RunSection& run, const ModuleLine& line) {
    return std::ranges::any_of(CausesOf(run, line), [](const Cause* cause) {
      return cause->probed == ProbeCause::kUnreachable || cause->probed == ProbeCause::kTimeout ||
             cause->probed == ProbeCause::kFull;
    });
  };
  const auto may_be = [](const RunSection&, const ModuleLine& line) {
    return line.verdict == Verdict::kFailed && !line.finding;
  };
  const auto is_read = [](const RunSection&, const ModuleLine& line) {
    return line.finding && (line.finding->newest || line.finding->was_read());
  };
  return AnyModule(report, may_be) && !AnyModule(report, is_sent) && !AnyModule(report, is_read);
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
  if (plan_failed || DestinationMayBeToBlame(report)) add("advice.destination");
  if (report.kind == ReportKind::kUnknownPlan || report.kind == ReportKind::kAlertSummary) {
    add("advice.unknown_plan");
  }
  if (no_status) add("advice.no_status");
  if (missed) add("advice.missed");
  const bool alerted = std::ranges::any_of(report.runs, [](const RunSection& run) {
    return run.alert_unexplained && !HasNoStatus(run);
  });
  if (alerted || (report.kind == ReportKind::kOnRequest && report.alert)) add("advice.alert");
  if (tally.not_finished > 0) add("advice.not_finished");
  if (tally.never_ran > 0 && !no_status) add("advice.never_ran");
  const bool open = report.kind == ReportKind::kEarlyNotice;
  const bool all_saved =
      tally.total > 0 && tally.succeeded == tally.total && tally.without_snapshot == 0;
  const bool again = !advice.empty() && !all_saved;
  if (!left.empty()) {
    advice.push_back({voice.Say("advice.left_plan", {{"modules", ModuleIds(voice, left, kNames)}})});
  }
  if (again) add(open ? "advice.wait" : "advice.run_again");
}

}  // namespace

std::vector<Advice> WhatToDo(const Voice& voice, const Report& report) {
  std::vector<Advice> advice;
  if (report.kind == ReportKind::kUndelivered) return {{voice.Say("advice.undelivered")}};
  AddProblems(voice, report, advice);
  if (!report.watch.cluster_reachable) advice.push_back({voice.Say("advice.cluster")});
  if (!report.watch.unprotected.empty()) {
    advice.push_back(
        {voice.Count("advice.unprotected",
                     static_cast<std::int64_t>(report.watch.unprotected.size()),
                     {{"modules", ModuleIds(voice, report.watch.unprotected, kNames)}})});
  }
  return advice;
}

}  // namespace backup_monitor
