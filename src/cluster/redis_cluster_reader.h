#pragma once

#include <memory>
#include <utility>

#include "cluster/cluster_reader.h"
#include "cluster/key_reader.h"

namespace backup_monitor::cluster {

/// Reads the three layouts of cluster/layouts.h through the port KeySource. Each look is a
/// conversation of its own: a store that was away is simply tried again, and no look mixes what was
/// before and after a restart. One thread at a time.
class RedisClusterReader final : public ClusterReader {
 public:
  explicit RedisClusterReader(std::unique_ptr<KeySource> source) : source_{std::move(source)} {}

  Result<ClusterView> Look(Time now) override;

 private:
  std::unique_ptr<KeySource> source_;
};

}  // namespace backup_monitor::cluster
