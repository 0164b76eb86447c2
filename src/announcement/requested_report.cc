#include "announcement/requested_report.h"

#include "announcement/report_builder.h"
#include "run/current_runs.h"
#include "run/verdicts.h"

namespace backup_monitor::announcement {

Result<Report> ReportOnRequest(const ClusterView& view, const RunMemory& memory,
                               const run::RunRules& rules, const std::optional<PlanId>& plan,
                               const PastOf& past) {
  Report report;
  report.kind = ReportKind::kOnRequest;
  report.created_at = view.looked_at;
  report.cluster_name = view.cluster_name;
  report.complaints = view.complaints;
  report.watch = BuildWatchSummary(view);
  for (Run& run : run::CurrentRuns(view, memory, rules, plan)) {
    PlanHistory history;
    if (past) {
      auto found = past(run, view.looked_at);
      if (!found) return Fail(found.error());
      history = *std::move(found);
    }
    run::ForgetVerdicts(run);
    report.runs.push_back(BuildSection(run, outcome::Judge(run), history, view));
  }
  WorstFirst(report.runs);
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
