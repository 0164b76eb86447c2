#pragma once

#include <memory>
#include <stop_token>

#include "adapters/redis/redis_cluster_places.h"
#include "app/log_reader.h"
#include "app/upload_reader.h"
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
  [[nodiscard]] UploadReader& uploads() noexcept { return *uploads_; }

 private:
  LogReading() = default;

  /// Of each reader, and used by its thread alone.
  struct Way {
    std::unique_ptr<redis::RedisClusterPlaces> places;
    std::unique_ptr<journal::Journal> journal;
  };
  [[nodiscard]] static Way MakeWay(const config::Config& config, const std::stop_token& stop);

  Way way_;
  Way way_of_uploads_;
  std::unique_ptr<LogReader> reader_;
  std::unique_ptr<UploadReader> uploads_;
};

}  // namespace backup_monitor::app
