#include "adapters/cluster_api/cluster_alert_source.h"

#include "adapters/cluster_api/alert_task.h"

namespace backup_monitor::cluster_api {

Result<intake::AlertIntake> ClusterAlertSource::Firing(Deadline deadline,
                                                       const std::stop_token& stop) {
  const auto end = tasks_.Run(kListAlerts, kEveryAlert, deadline, stop);
  if (!end) return Fail(end.error());
  return ReadAlertEnd(*end, alert_names_, tasks_.Secrets());
}

}  // namespace backup_monitor::cluster_api
