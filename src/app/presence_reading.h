#pragma once

#include <memory>
#include <stop_token>

#include "adapters/redis/redis_cluster_places.h"
#include "app/presence_reader.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "config/config.h"
#include "presence/presence_source.h"

namespace backup_monitor::app {

/// Everything that asks whether nodes could be reached, by one configuration.
class PresenceReading {
 public:
  /// \return nothing with `nodes.read: false`
  [[nodiscard]] static std::unique_ptr<PresenceReading> Make(const config::Config& config,
                                                             const Clock& clock, Metrics& metrics,
                                                             WitnessBoard& witnesses,
                                                             const std::stop_token& stop);

  [[nodiscard]] PresenceReader& reader() noexcept { return *reader_; }

 private:
  PresenceReading() = default;

  std::unique_ptr<redis::RedisClusterPlaces> places_;  ///< Used by the reader's thread alone.
  std::unique_ptr<presence::PresenceSource> source_;
  std::unique_ptr<PresenceReader> reader_;
};

}  // namespace backup_monitor::app
