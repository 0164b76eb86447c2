#include "adapters/redis/redis_factory.h"

#include "adapters/redis/redis_key_source.h"
#include "adapters/redis/redis_smarthost_source.h"
#include "cluster/redis_cluster_reader.h"

namespace backup_monitor {

std::unique_ptr<ClusterReader> MakeClusterReader(const RedisConfig& config) {
  return std::make_unique<RedisClusterReader>(std::make_unique<RedisKeySource>(config));
}

std::unique_ptr<SmarthostSource> MakeSmarthostSource(const RedisConfig& config) {
  return std::make_unique<RedisSmarthostSource>(std::make_unique<RedisKeySource>(config));
}

}  // namespace backup_monitor
