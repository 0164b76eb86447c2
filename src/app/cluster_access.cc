#include "app/cluster_access.h"

#include <utility>

#include "app/secrets.h"
#include "base/own_address.h"

namespace backup_monitor::app {

Result<std::optional<std::string>> FindOtherLeader(redis::RedisClusterPlaces& places) {
  const auto leader = places.LeaderAddress();
  if (!leader) {
    if (leader.error().code == ErrorCode::kNotFound) return std::nullopt;
    return Fail(leader.error());
  }
  const auto own = IsOwnAddress(*leader);
  if (!own) return Fail(own.error());
  if (*own) return std::nullopt;
  return *leader;
}

std::optional<cluster_api::ClusterTasks> MakeClusterTasks(const config::Config& config,
                                                          redis::RedisClusterPlaces& places) {
  if (config.repo_check.credentials_file.empty()) return std::nullopt;
  cluster_api::ClusterApiAccess access{[&places] { return places.ApiServer(); },
                                       config.repo_check.credentials_file};
  return cluster_api::ClusterTasks{std::move(access), {}, KnownSecretsOf(config)};
}

}  // namespace backup_monitor::app
