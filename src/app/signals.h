#pragma once

#include <chrono>

namespace backup_monitor::app {

/// What the process has been asked to do.
enum class Asked { kNothing, kStop, kReload };

/// Signals as events of one thread. Made before any thread starts, so that all inherit the blocked
/// signals; works as process 1 too, where unblocked ones without a handler would be dropped.
class Signals {
 public:
  Signals();

  /// Waits for SIGTERM, SIGINT (kStop) or SIGHUP (kReload), at most `patience`.
  [[nodiscard]] Asked Wait(std::chrono::microseconds patience);
};

}  // namespace backup_monitor::app
