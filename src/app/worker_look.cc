// The worker's look at the cluster: what it reads, counts and says of it.

#include <algorithm>
#include <utility>

#include "announcement/report_builder.h"
#include "app/coverage.h"
#include "app/module_gauges.h"
#include "app/plan_gauges.h"
#include "app/schedules.h"
#include "app/step_counters.h"
#include "app/worker.h"
#include "base/log.h"
#include "run/alert_comparison.h"
#include "run/cluster_backups.h"

namespace backup_monitor::app {
namespace {

double InSeconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

Result<std::shared_ptr<const ClusterView>> Worker::Look() {
  const auto begin = std::chrono::steady_clock::now();
  auto view = parts_.cluster.Look(parts_.clock.Now());
  parts_.metrics.Add("backup_monitor_cluster_reads_total", {{"result", view ? "ok" : "failed"}});
  parts_.metrics.Add("backup_monitor_cluster_read_seconds_total", {},
                     InSeconds(std::chrono::steady_clock::now() - begin));
  parts_.metrics.Set("backup_monitor_redis_reachable", {}, view ? 1 : 0);
  if (view) {
    ReadSchedules(*view, parts_.timetable, tracker_->memory());
    ReadCoverage(*view, settings_.exemptions, tracker_->memory());
  }
  LogDebug(ReadingText(view, InSeconds(std::chrono::steady_clock::now() - begin)));

  const MutexLock lock{mutex_};
  const std::string error = view ? std::string{} : view.error().message;
  if (!view && status_.cluster_error != error)
    LogWarning("cannot read the cluster, trying again: " + error);
  if (view && !status_.cluster_error.empty()) LogInfo("the cluster can be read again");
  status_.cluster_reachable = view.has_value();
  status_.cluster_error = error;
  if (!view) return Fail(view.error());
  for (const std::string& complaint : view->complaints) {
    const auto& known = status_.complaints;
    if (std::find(known.begin(), known.end(), complaint) == known.end()) LogWarning(complaint);
  }
  status_.last_look = view->looked_at;
  status_.complaints = view->complaints;
  status_.watch = announcement::BuildWatchSummary(*view);
  parts_.metrics.Set("backup_monitor_unprotected", {},
                     static_cast<double>(status_.watch.unprotected.size()));
  parts_.metrics.Set("backup_monitor_last_look_timestamp_seconds", {},
                     static_cast<double>(view->looked_at.time_since_epoch().count()));
  status_.view = std::make_shared<const ClusterView>(*std::move(view));
  last_successes_.Note(*status_.view);
  return status_.view;
}

WorkerStatus Worker::status() const {
  WorkerStatus status;
  {
    const MutexLock lock{mutex_};
    status = status_;
  }
  if (parts_.witnesses != nullptr) status.witnesses = parts_.witnesses->All();
  return status;
}

std::vector<AlertContradiction> Worker::Contradictions(const ClusterView& view) const {
  const auto firing = parts_.witnesses != nullptr ? parts_.witnesses->firing() : std::nullopt;
  return firing ? run::CompareAlerts(*firing, view, tracker_->memory())
                : std::vector<AlertContradiction>{};
}

/// For everybody who asks how the plans are doing, as of the step after this look.
void Worker::ShowPlans(const ClusterView& view) {
  auto plans = run::StatusesOf(view, tracker_->memory(), settings_.rules);
  ShowPlanGauges(view, plans, parts_.metrics);
  auto recovery = run::RecoveryPointsOf(view, tracker_->memory(), settings_.rules);
  ShowModuleGauges(view, tracker_->memory(), recovery, parts_.metrics);
  auto backups = run::ClusterBackupsOf(view, tracker_->memory(), settings_.rules);
  auto contradictions = Contradictions(view);
  const MutexLock lock{mutex_};
  status_.contradictions = std::move(contradictions);
  status_.cluster_backups = std::move(backups);
  status_.plans = std::move(plans);
  status_.recovery = std::move(recovery);
}

}  // namespace backup_monitor::app
