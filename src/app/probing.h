#pragma once

#include <memory>
#include <stop_token>

#include "adapters/cluster_api/cluster_repository.h"
#include "adapters/redis/redis_cluster_places.h"
#include "app/probe_desk.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "config/config.h"
#include "probe/repository.h"

namespace backup_monitor::app {

/// What looking into repositories must still know after a reload of the configuration.
struct ProbingMemory {
  cluster_api::LeftTasks left;
};

/// Everything that checks repositories by one configuration.
class Probing {
 public:
  /// \return nothing with `repo_check.mode: off`, and nothing with `mail.hold`: beside the instance that
  ///         sends, every repository would be read, and locked, twice
  [[nodiscard]] static std::unique_ptr<Probing> Make(const config::Config& config,
                                                     const Clock& clock, Metrics& metrics,
                                                     ProbingMemory& memory,
                                                     const std::stop_token& stop);

  [[nodiscard]] ProbeDesk& desk() noexcept { return *desk_; }

 private:
  Probing() = default;

  std::unique_ptr<redis::RedisClusterPlaces> places_;  ///< Used by the desk's thread alone.
  std::unique_ptr<probe::Repository> repository_;
  std::unique_ptr<ProbeDesk> desk_;
};

}  // namespace backup_monitor::app
