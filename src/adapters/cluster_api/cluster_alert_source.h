#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/cluster_api/cluster_tasks.h"
#include "intake/alert_source.h"

namespace backup_monitor::cluster_api {

/// Asks the leader what fires, by NS8's cluster action list-alerts (alert_task.h). The role cluster:reader is enough.
class ClusterAlertSource final : public intake::AlertSource {
 public:
  ClusterAlertSource(ClusterTasks tasks, std::vector<std::string> alert_names)
      : tasks_{std::move(tasks)}, alert_names_{std::move(alert_names)} {}

  [[nodiscard]] Result<intake::AlertIntake> Firing(Deadline deadline,
                                                   const std::stop_token& stop) override;

 private:
  ClusterTasks tasks_;
  std::vector<std::string> alert_names_;
};

}  // namespace backup_monitor::cluster_api
