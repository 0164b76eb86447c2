#include "app/alert_route.h"

namespace backup_monitor::app {

Result<std::optional<AlertQuestion>> AlertRoute::Next(bool run_closed) {
  run_closed_ |= run_closed;
  const auto leader = parts_.find_other_leader();
  if (!leader) return Fail(leader.error());
  if (!*leader) return AlertQuestion{parts_.alertmanager, kAlertmanagerTimeout};
  if (parts_.cluster == nullptr) {
    return Fail(ErrorCode::kNotFound,
                "NS8's Alertmanager is on the node that leads, " + **leader +
                    ", and not on this one; repo_check.credentials_file, with which that node "
                    "could be asked, is not given");
  }
  const seconds now = parts_.clock.Steady();
  const seconds pause = run_closed_ ? kClusterShortest : kClusterInterval;
  if (cluster_asked_ && now - *cluster_asked_ < pause) return std::nullopt;
  cluster_asked_ = now;
  run_closed_ = false;
  return AlertQuestion{*parts_.cluster, kClusterTimeout};
}

}  // namespace backup_monitor::app
