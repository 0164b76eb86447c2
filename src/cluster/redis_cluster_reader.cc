#include "cluster/redis_cluster_reader.h"

#include <chrono>
#include <utility>

#include "cluster/cluster_look.h"

namespace backup_monitor::cluster {
namespace {

constexpr std::chrono::seconds kLongestLook{15};

}  // namespace

Result<ClusterView> RedisClusterReader::Look(Time now) {
  auto reader = source_->Open(std::chrono::steady_clock::now() + kLongestLook);
  if (!reader) return Fail(std::move(reader.error()).While("look at the cluster"));
  Result<ClusterView> view = ClusterLook{**reader, now}.Run();
  if (!view) return Fail(std::move(view.error()).While("look at the cluster"));
  return view;
}

}  // namespace backup_monitor::cluster
