#pragma once

#include <optional>
#include <string>

#include "adapters/cluster_api/cluster_tasks.h"
#include "adapters/redis/redis_cluster_places.h"
#include "base/result.h"
#include "config/config.h"

namespace backup_monitor::app {

/// The address of the leader if that is another node. None: it is this one, or the cluster names no leader; then it is no
/// NS8, and whoever set an address knows whom it reaches.
[[nodiscard]] Result<std::optional<std::string>> FindOtherLeader(redis::RedisClusterPlaces& places);

/// What runs actions of the cluster; none without credentials for its API.
///
/// \param places  outlives it, and is used on its thread
[[nodiscard]] std::optional<cluster_api::ClusterTasks> MakeClusterTasks(
    const config::Config& config, redis::RedisClusterPlaces& places);

}  // namespace backup_monitor::app
