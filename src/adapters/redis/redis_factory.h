#pragma once

#include <memory>
#include <stop_token>

#include "adapters/redis/redis_cluster_places.h"
#include "cluster/cluster_reader.h"
#include "config/config.h"
#include "notify/smarthost_source.h"

namespace backup_monitor::redis {

/// None connects before its first use; each has connections of its own, so they may be used on
/// different threads. `stop` cuts a read that hangs short.
[[nodiscard]] std::unique_ptr<cluster::ClusterReader> MakeClusterReader(
    const config::RedisConfig& config, std::stop_token stop = {});
[[nodiscard]] std::unique_ptr<RedisClusterPlaces> MakeClusterPlaces(
    const config::RedisConfig& config, std::stop_token stop = {});
[[nodiscard]] std::unique_ptr<notify::SmarthostSource> MakeSmarthostSource(
    const config::RedisConfig& config, std::stop_token stop = {});

}  // namespace backup_monitor::redis
