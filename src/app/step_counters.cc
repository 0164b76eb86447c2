#include "app/step_counters.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "base/bounds.h"
#include "base/log.h"

namespace backup_monitor::app {
namespace {

using run::AlertAnswer;

std::string_view Word(AlertAnswer::Kind kind) {
  switch (kind) {
    case AlertAnswer::Kind::kExplained: return "explained";
    case AlertAnswer::Kind::kRepeated: return "repeated";
    case AlertAnswer::Kind::kReported: return "reported";
    case AlertAnswer::Kind::kPlanIsGone: return "plan_gone";
    case AlertAnswer::Kind::kSummarized: return "summarized";
  }
  return "explained";
}

std::string Counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// What alerts alone lead to is bounded (run/alert_rate.h).
void NoteBounds(const announcement::StepResult& result) {
  const auto summarized =
      std::ranges::count(result.answers, AlertAnswer::Kind::kSummarized, &AlertAnswer::kind);
  if (summarized > 0) {
    NoteBoundReached("alert_reports",
                     "more than 3 alerts within an hour fit no plan of the cluster; the rest is "
                     "reported in one mail "
                     "when the hour is over",
                     static_cast<std::uint64_t>(summarized));
  }
  if (result.posted.runs_waiting == 0) return;
  NoteBoundReached("alert_run_reports",
                   "more than 3 backups within an hour are known by an alert alone; the rest is "
                   "reported in one mail "
                   "when the hour is over",
                   static_cast<std::uint64_t>(result.posted.runs_waiting));
}

}  // namespace

void DeclareStepCounters(Metrics& metrics) {
  metrics.DeclareCounter("backup_monitor_alerts_total", "Accepted alerts, by what they led to.");
  metrics.DeclareCounter("backup_monitor_runs_total", "Backup runs that closed, by outcome.");
  metrics.DeclareCounter("backup_monitor_missed_total",
                         "Backups that were due and did not run, by plan.");
  metrics.DeclareGauge("backup_monitor_unprotected",
                       "Applications that need a backup and are in no enabled plan.");
  metrics.DeclareCounter("backup_monitor_reports_total", "Messages put into the outbox.");
  metrics.DeclareCounter("backup_monitor_reports_kept_quiet_total",
                         "Reports that mail.notify_on did not want.");
  metrics.DeclareCounter("backup_monitor_cluster_reads_total", "Looks at the cluster, by result.");
  metrics.DeclareCounter("backup_monitor_cluster_read_seconds_total", "Time spent in looks.");
  metrics.DeclareGauge("backup_monitor_redis_reachable", "1 if the last look reached Redis.");
  metrics.DeclareGauge("backup_monitor_last_look_timestamp_seconds", "The last complete look.");
  metrics.DeclareGauge("backup_monitor_reports_held",
                       "Reports that wait for the checks of repositories.");
  metrics.Set("backup_monitor_reports_held", {}, 0);
  for (const Outcome outcome : kAllOutcomes) {
    metrics.Add("backup_monitor_runs_total", {{"outcome", std::string{Name(outcome)}}}, 0);
  }
  metrics.Add("backup_monitor_reports_total", {}, 0);
  metrics.Add("backup_monitor_reports_kept_quiet_total", {}, 0);
}

void CountStep(const announcement::StepResult& result, Metrics& metrics) {
  for (const std::string& reason : result.reasons) LogDebug(reason);
  for (const std::string& reason : result.posted.reasons) LogDebug(reason);
  for (const std::string& remark : result.remarks) LogInfo(remark);
  for (const AlertAnswer& answer : result.answers) {
    metrics.Add("backup_monitor_alerts_total", {{"fate", std::string{Word(answer.kind)}}});
  }
  for (const PlanId& plan : result.missed)
    metrics.Add("backup_monitor_missed_total", {{"plan", plan.value()}});
  const announcement::PostedReports& posted = result.posted;
  for (const Outcome outcome : posted.outcomes) {
    metrics.Add("backup_monitor_runs_total", {{"outcome", std::string{Name(outcome)}}});
  }
  for (const std::string& subject : posted.subjects) LogInfo("report: " + subject);
  NoteBounds(result);
  metrics.Add("backup_monitor_reports_total", {}, static_cast<double>(posted.subjects.size()));
  metrics.Add("backup_monitor_reports_kept_quiet_total", {}, posted.suppressed);
}

std::string ReadingText(const Result<ClusterView>& view, double seconds_taken) {
  std::array<char, 64> begin{};
  std::snprintf(begin.data(), begin.size(), "cluster read in %.1f ms: ", seconds_taken * 1000);
  if (!view) return begin.data() + view.error().message;
  return begin.data() + Counted(view->plans.size(), "plan") + ", " +
         Counted(view->modules.size(), "module") + ", " + Counted(view->records.size(), "record") +
         ", " + Counted(view->complaints.size(), "complaint");
}

}  // namespace backup_monitor::app
