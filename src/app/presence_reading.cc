#include "app/presence_reading.h"

#include <string>
#include <utility>

#include "adapters/cluster_api/cluster_nodes.h"
#include "adapters/prometheus/prometheus_presence.h"
#include "adapters/redis/redis_factory.h"
#include "app/cluster_access.h"
#include "presence/combined_source.h"
#include "text/host_name.h"
#include "text/host_port.h"

namespace backup_monitor::app {
namespace {

/// NS8's Prometheus listens on the loopback of the leader. Elsewhere anybody on the node may listen there.
Result<std::string> FindPrometheus(const config::NodesConfig& nodes,
                                   redis::RedisClusterPlaces& places,
                                   presence::PresenceSource::Deadline deadline) {
  if (IsLoopback(ParseHostPort(nodes.prometheus)->host)) {
    const auto other = FindOtherLeader(places);
    if (!other) return Fail(other.error());
    if (*other)
      return Fail(ErrorCode::kNotFound, "NS8's Prometheus is on the node that leads, " + **other +
                                            ", and not on this one");
  }
  std::string path = nodes.path;
  if (path.empty()) {
    auto named = places.PrometheusPath(deadline);
    if (!named) return named;
    path = *std::move(named);
  }
  while (path.starts_with('/')) path.erase(0, 1);
  while (path.ends_with('/')) path.pop_back();
  return "http://" + nodes.prometheus + (path.empty() ? "" : "/") + path;
}

}  // namespace

std::unique_ptr<PresenceReading> PresenceReading::Make(const config::Config& config,
                                                       const Clock& clock, Metrics& metrics,
                                                       WitnessBoard& witnesses,
                                                       const std::stop_token& stop) {
  witnesses.Switch("nodes", config.nodes.read);
  if (!config.nodes.read) return nullptr;
  std::unique_ptr<PresenceReading> made{new PresenceReading};
  made->places_ = redis::MakeClusterPlaces(config.redis, stop);
  std::unique_ptr<presence::PresenceSource> past;
  if (!config.nodes.prometheus.empty()) {
    past = std::make_unique<prometheus::PrometheusPresence>(
        [nodes = config.nodes, &places = *made->places_](auto deadline) {
          return FindPrometheus(nodes, places, deadline);
        });
  }
  std::unique_ptr<presence::PresenceSource> present;
  if (auto tasks = MakeClusterTasks(config, *made->places_))
    present = std::make_unique<cluster_api::ClusterNodes>(*std::move(tasks));
  made->source_ = std::make_unique<presence::CombinedSource>(std::move(past), std::move(present));
  made->reader_ = std::make_unique<PresenceReader>(PresenceReader::Parts{
      .clock = clock, .source = *made->source_, .metrics = metrics, .witnesses = witnesses});
  return made;
}

}  // namespace backup_monitor::app
