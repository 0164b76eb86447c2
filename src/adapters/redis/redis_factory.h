#pragma once

#include <memory>

#include "cluster/cluster_reader.h"
#include "config/config.h"
#include "notify/smarthost_source.h"

namespace backup_monitor {

/// Neither connects before its first use; each has connections of its own, so they may be used on
/// different threads.
[[nodiscard]] std::unique_ptr<ClusterReader> MakeClusterReader(const RedisConfig& config);
[[nodiscard]] std::unique_ptr<SmarthostSource> MakeSmarthostSource(const RedisConfig& config);

}  // namespace backup_monitor
