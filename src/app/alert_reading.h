#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "adapters/redis/redis_cluster_places.h"
#include "app/alert_puller.h"
#include "app/alert_route.h"
#include "config/config.h"
#include "intake/alert_source.h"

namespace backup_monitor::app {

/// Everything that asks by one configuration what fires.
class AlertReading {
 public:
  /// What outlives it.
  struct Parts {
    const Clock& clock;
    Metrics& metrics;
    store::Inbox& inbox;
    WitnessBoard& witnesses;
    std::function<void()> wake;  ///< As AlertPuller::Parts::wake.
  };

  /// \return nothing where `alertmanager.address` is empty
  [[nodiscard]] static std::unique_ptr<AlertReading> Make(const config::Config& config, Parts parts,
                                                          const std::stop_token& stop);

  [[nodiscard]] AlertPuller& puller() noexcept { return *puller_; }

 private:
  AlertReading() = default;

  std::unique_ptr<redis::RedisClusterPlaces> places_;  ///< Used by the puller's thread alone.
  std::unique_ptr<intake::AlertSource> alertmanager_;
  std::unique_ptr<intake::AlertSource> cluster_;  ///< None without credentials.
  std::unique_ptr<AlertRoute> route_;
  std::unique_ptr<AlertPuller> puller_;
};

}  // namespace backup_monitor::app
