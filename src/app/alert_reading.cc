#include "app/alert_reading.h"

#include <optional>
#include <string>
#include <utility>

#include "adapters/alertmanager/alertmanager_source.h"
#include "adapters/cluster_api/cluster_alert_source.h"
#include "adapters/redis/redis_factory.h"
#include "app/cluster_access.h"
#include "text/host_name.h"
#include "text/host_port.h"

namespace backup_monitor::app {
namespace {

std::unique_ptr<intake::AlertSource> MakeClusterSource(const config::Config& config,
                                                       redis::RedisClusterPlaces& places) {
  auto tasks = MakeClusterTasks(config, places);
  if (!tasks) return nullptr;
  return std::make_unique<cluster_api::ClusterAlertSource>(*std::move(tasks),
                                                           config.correlator.alert_names);
}

}  // namespace

std::unique_ptr<AlertReading> AlertReading::Make(const config::Config& config, Parts parts,
                                                 const std::stop_token& stop) {
  const std::string& address = config.alertmanager.address;
  parts.witnesses.Switch("alerts", !address.empty());
  if (address.empty()) return nullptr;
  std::unique_ptr<AlertReading> made{new AlertReading};
  made->places_ = redis::MakeClusterPlaces(config.redis, stop);
  made->alertmanager_ =
      std::make_unique<alertmanager::AlertmanagerSource>(address, config.correlator.alert_names);
  made->cluster_ = MakeClusterSource(config, *made->places_);
  const bool is_here = IsLoopback(ParseHostPort(address)->host);
  made->route_ = std::make_unique<AlertRoute>(
      AlertRoute::Parts{.clock = parts.clock,
                        .alertmanager = *made->alertmanager_,
                        .cluster = made->cluster_.get(),
                        .find_other_leader = [&places = *made->places_,
                                              is_here]() -> Result<std::optional<std::string>> {
                          if (!is_here) return std::nullopt;
                          return FindOtherLeader(places);
                        }});
  made->puller_ = std::make_unique<AlertPuller>(AlertPuller::Parts{
      .clock = parts.clock,
      .next = [&route = *made->route_](bool run_closed) { return route.Next(run_closed); },
      .not_answered = [&route = *made->route_] { route.NotAnswered(); },
      .inbox = parts.inbox,
      .metrics = parts.metrics,
      .witnesses = parts.witnesses,
      .wake = std::move(parts.wake),
      .interval = config.correlator.reconcile});
  return made;
}

}  // namespace backup_monitor::app
