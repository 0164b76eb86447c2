#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"

namespace backup_monitor::notify {

/// When a delivery that did not succeed is tried again, and when it is given up. Pure.
///
/// Given up is by time alone: hints, reloads and restarts may cause as many attempts as they like.
/// How long a delivery has waited is WaitingTime's to say.
struct RetryPolicy {
  seconds first{30};      ///< Wait after the first attempt; doubles with each one.
  seconds longest{3600};  ///< No wait grows beyond this, jitter aside.
  double jitter = 0.2;    ///< Each wait is off by up to this share, either way.
  seconds patience = std::chrono::days{3};  ///< So long a delivery is tried before it is given up.
  seconds disabled_recheck{240};            ///< How often a disabled relay is looked at again.
  seconds between_hints{60};                ///< What waits is brought forward at most that often.

  /// Not given up with fewer real attempts (about one hour): a relay that was disabled, or a daemon that
  /// was off, for days ends no message that was hardly tried.
  int fewest_attempts = 8;

  /// The time of the next attempt, never later than the end of `patience`, so that the last attempt
  /// comes just then; none if the delivery is given up.
  ///
  /// \param attempts  made so far, the one that just failed included
  /// \param waited    so long it has been to be delivered
  /// \param random    from [0, 1)
  [[nodiscard]] std::optional<Time> Next(int attempts, Time now, seconds waited,
                                         double random) const;

  /// True of a message that is past `patience` but was hardly tried: its relay was disabled, or the
  /// daemon was off. Such are reported in one summary.
  [[nodiscard]] bool WaitedTooLong(int attempts, seconds waited) const;

 private:
  [[nodiscard]] seconds Wait(int attempts, double random) const;
};

}  // namespace backup_monitor::notify
