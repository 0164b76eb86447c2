#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"

namespace backup_monitor {

/// Counters and gauges with labels, written in Prometheus' text format. Any thread.
///
/// Not prometheus-cpp: Debian 12 has no static library of it.
class Metrics {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  /// Makes a family known before it has a value, so that it is there from the first scrape on.
  void DeclareCounter(std::string name, std::string help);
  void DeclareGauge(std::string name, std::string help);

  /// Families must have been declared. Counters end in `_total`.
  void Add(std::string_view name, const Labels& labels, double amount = 1);
  void Set(std::string_view name, const Labels& labels, double value);
  struct Sample {
    Labels labels;
    double value;
  };
  /// Gives a family these values alone, at once: what is gone does not stay, and no scrape finds it empty.
  void Replace(std::string_view name, const std::vector<Sample>& samples);

  /// Prometheus text exposition format 0.0.4.
  [[nodiscard]] std::string Expose() const;

 private:
  struct Family {
    std::string help;
    bool counter = false;
    std::map<std::string, double> values;  ///< By rendered labels.
  };
  void Declare(std::string name, std::string help, bool counter);

  mutable Mutex mutex_;
  std::map<std::string, Family, std::less<>> families_ GUARDED_BY(mutex_);
};

}  // namespace backup_monitor
