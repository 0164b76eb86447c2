#pragma once

#include <memory>
#include <stop_token>

#include "adapters/redis/redis_cluster_places.h"
#include "app/log_reader.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "config/config.h"
#include "journal/journal.h"

namespace backup_monitor::app {

/// Everything that reads the cluster's log by one configuration.
class LogReading {
 public:
  /// \return nothing with `cluster_log.read: false`
  [[nodiscard]] static std::unique_ptr<LogReading> Make(const config::Config& config,
                                                        const Clock& clock, Metrics& metrics,
                                                        WitnessBoard& witnesses,
                                                        const std::stop_token& stop);

  [[nodiscard]] LogReader& reader() noexcept { return *reader_; }

 private:
  LogReading() = default;

  std::unique_ptr<redis::RedisClusterPlaces> places_;  ///< Used by the reader's thread alone.
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<LogReader> reader_;
};

}  // namespace backup_monitor::app
