#pragma once

#include <memory>
#include <stop_token>

#include "adapters/cluster_api/cluster_repository.h"
#include "adapters/redis/redis_cluster_places.h"
#include "app/repository_checker.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "config/config.h"
#include "probe/repository.h"

namespace backup_monitor::app {

/// What looking into repositories must still know after a reload of the configuration.
struct RepositoryChecksMemory {
  cluster_api::LeftTasks left;
};

/// Everything that checks repositories by one configuration.
class RepositoryChecks {
 public:
  /// \return nothing with `repo_check.mode: off`, and nothing with `mail.hold`: beside the instance that
  ///         sends, every repository would be read, and locked, twice
  [[nodiscard]] static std::unique_ptr<RepositoryChecks> Make(const config::Config& config,
                                                              const Clock& clock, Metrics& metrics,
                                                              WitnessBoard& witnesses,
                                                              RepositoryChecksMemory& memory,
                                                              const std::stop_token& stop);

  [[nodiscard]] RepositoryChecker& checker() noexcept { return *checker_; }

 private:
  RepositoryChecks() = default;

  std::unique_ptr<redis::RedisClusterPlaces> places_;  ///< Used by the checker's thread alone.
  std::unique_ptr<probe::Repository> repository_;
  std::unique_ptr<RepositoryChecker> checker_;
};

}  // namespace backup_monitor::app
