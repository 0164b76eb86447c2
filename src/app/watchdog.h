#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backup_monitor::app {

/// How often the service manager wants to hear from us: WATCHDOG_USEC, where that is meant for this process
/// (sd_watchdog_enabled(3), systemd 252). A container sees no WATCHDOG_PID: the unit gives it the first alone.
[[nodiscard]] std::optional<std::chrono::microseconds> WatchdogTimeout();

/// Answers the service manager's watchdog, as long as every thread without which no alert is stored and no
/// run is reported makes progress. If one does not, the manager restarts the daemon. Deliveries and looks
/// into repositories are not watched: each has a time limit of its own. One thread.
class Watchdog {
 public:
  using SteadyClock = std::chrono::steady_clock;

  /// A thread, and for how long it has made no progress.
  struct Thread {
    std::string name;
    std::function<SteadyClock::duration(SteadyClock::time_point)> silence;
  };

  /// `notify` gets "WATCHDOG=1". Without a timeout it is never called.
  ///
  /// A thread may be silent for twice the timeout. That must be more than the longest that it may wait: 15 s
  /// for Redis, 10 s for its turn to write, and what a slow disk takes.
  Watchdog(std::optional<std::chrono::microseconds> timeout, std::vector<Thread> threads,
           std::function<void(std::string_view)> notify);

  /// Call Check() this often: half the timeout, as sd_watchdog_enabled(3) recommends; else a long time.
  [[nodiscard]] std::chrono::microseconds interval() const noexcept;

  /// Notifies unless a thread has been silent for too long; then it logs which, once until that has changed.
  void Check(SteadyClock::time_point now);

 private:
  const std::optional<std::chrono::microseconds> timeout_;
  const std::vector<Thread> threads_;
  const std::function<void(std::string_view)> notify_;
  std::string hung_;  ///< The thread that the log has named.
};

}  // namespace backup_monitor::app
