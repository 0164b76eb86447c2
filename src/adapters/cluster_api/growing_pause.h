#pragma once

#include <algorithm>
#include <chrono>

namespace backup_monitor::cluster_api {

/// Pauses between questions: each twice the one before, up to the longest.
class GrowingPause {
 public:
  using Duration = std::chrono::milliseconds;

  GrowingPause(Duration first, Duration longest)
      : next_{std::min(first, longest)}, longest_{longest} {}

  [[nodiscard]] Duration Next() noexcept {
    const Duration pause = next_;
    next_ = std::min(2 * next_, longest_);
    return pause;
  }

 private:
  Duration next_;
  Duration longest_;
};

}  // namespace backup_monitor::cluster_api
