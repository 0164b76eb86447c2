#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"

namespace backup_monitor {

/// When a delivery that did not succeed is tried again, and when it is given up. Pure.
struct RetryPolicy {
  seconds first{30};              ///< Wait after the first attempt; doubles with each one.
  seconds longest{3600};          ///< No wait grows beyond this, jitter aside.
  double jitter = 0.2;            ///< Each wait is off by up to this share, either way.
  seconds patience = std::chrono::days{3};  ///< From the message's creation until it is given up.
  seconds disabled_recheck{240};  ///< How often a disabled relay is looked at again.

  /// Given up only after this many real attempts (about one hour): neither a clock that jumps
  /// forward nor a daemon that was off for days ends a message that was hardly tried.
  int fewest_attempts = 8;
  /// Given up after this many even if the message's creation lies in the future, because the clock
  /// has jumped back since.
  int most_attempts = 200;

  /// The time of the next attempt, never later than the end of `patience`, so that the last attempt
  /// comes just then; none if the delivery is given up.
  ///
  /// \param attempts  made so far, the one that just failed included
  /// \param random    from [0, 1)
  [[nodiscard]] std::optional<Time> Next(int attempts, Time now, Time created_at,
                                         double random) const;

  /// True of a message that is past `patience` but was hardly tried: its relay was disabled, or the
  /// daemon was off. Such are told in one summary.
  [[nodiscard]] bool WaitedTooLong(int attempts, Time now, Time created_at) const;

 private:
  [[nodiscard]] seconds Wait(int attempts, double random) const;
};

}  // namespace backup_monitor
