#include "announcement/requested_report.h"

#include "announcement/report_builder.h"
#include "run/cluster_backups.h"
#include "run/current_runs.h"
#include "run/plan_state.h"
#include "run/recovery_points.h"
#include "run/verdicts.h"

namespace backup_monitor::announcement {
namespace {

bool IsIn(const PlanId& plan, const ModuleId& module, const ClusterView& view) {
  const auto known = view.plans.find(plan);
  return known != view.plans.end() && known->second.Expects(module);
}

}  // namespace

Result<Report> ReportOnRequest(const ClusterView& view, const RunMemory& memory,
                               const run::RunRules& rules, const std::optional<PlanId>& plan,
                               const PastOf& past) {
  Report report;
  report.kind = ReportKind::kOnRequest;
  report.created_at = view.looked_at;
  report.cluster_name = view.cluster_name;
  report.complaints = view.complaints;
  report.watch = BuildWatchSummary(view);
  auto statuses = run::StatusesOf(view, memory, rules);
  for (Run& run : run::CurrentRuns(view, memory, rules, plan)) {
    PlanHistory history;
    if (past) {
      auto found = past(run, view.looked_at);
      if (!found) return Fail(found.error());
      history = *std::move(found);
    }
    run::ForgetVerdicts(run);
    if (const auto known = view.plans.find(run.plan); known != view.plans.end())
      run.cluster_backup = run::ClusterBackupOf(known->second, view, memory, rules);
    RunSection& section =
        report.runs.emplace_back(BuildSection(run, outcome::Judge(run), history, view));
    if (auto status = statuses.extract(run.plan)) section.plan_now = std::move(status.mapped());
  }
  WorstFirst(report.runs);
  for (const auto& [id, status] : statuses) {
    if (!plan || *plan == id) report.plans.push_back({id, view.plans.at(id).name, status});
  }
  report.same_disk = BuildSameDisk(view, plan);
  for (const auto& [module, point] : run::RecoveryPointsOf(view, memory, rules)) {
    if (point.state != RecoveryState::kOver || (plan && !IsIn(*plan, module, view))) continue;
    report.recovery.push_back(
        BuildRecoveryLine({module, true, *point.newest, *point.target}, view));
  }
  return report;
}

Report TestReport(const ClusterView* view, Time now) {
  Report report;
  report.kind = ReportKind::kTest;
  report.created_at = now;
  if (view == nullptr) {
    report.watch.cluster_reachable = false;
    return report;
  }
  report.cluster_name = view->cluster_name;
  report.complaints = view->complaints;
  report.watch = BuildWatchSummary(*view);
  return report;
}

}  // namespace backup_monitor::announcement
