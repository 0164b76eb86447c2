#include "adapters/redis/redis_factory.h"

#include <utility>

#include "adapters/redis/redis_key_source.h"
#include "adapters/redis/redis_smarthost_source.h"
#include "cluster/redis_cluster_reader.h"

namespace backup_monitor::redis {

namespace {

std::unique_ptr<cluster::KeySource> MakeKeySource(const config::RedisConfig& config,
                                                  std::stop_token stop) {
  RedisTimeouts timeouts;
  timeouts.stop = std::move(stop);
  return std::make_unique<RedisKeySource>(config, std::move(timeouts));
}

}  // namespace

std::unique_ptr<cluster::ClusterReader> MakeClusterReader(const config::RedisConfig& config,
                                                          std::stop_token stop) {
  return std::make_unique<cluster::RedisClusterReader>(MakeKeySource(config, std::move(stop)));
}

std::unique_ptr<RedisClusterPlaces> MakeClusterPlaces(const config::RedisConfig& config,
                                                      std::stop_token stop) {
  return std::make_unique<RedisClusterPlaces>(MakeKeySource(config, std::move(stop)));
}

std::unique_ptr<notify::SmarthostSource> MakeSmarthostSource(const config::RedisConfig& config,
                                                             std::stop_token stop) {
  return std::make_unique<RedisSmarthostSource>(MakeKeySource(config, std::move(stop)));
}

}  // namespace backup_monitor::redis
