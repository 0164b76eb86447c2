#pragma once

#include <chrono>

namespace backup_monitor {

/// A moment, as NS8 counts them: whole seconds since the Unix epoch, UTC.
using Time = std::chrono::sys_seconds;
using std::chrono::seconds;

/// The end of the year 9999: later is no time that anybody can print.
inline constexpr Time kLatestTime{seconds{253'402'300'799}};

class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall-clock time. It may jump either way: nothing may wait on a difference of two readings
  /// without a bound.
  [[nodiscard]] virtual Time Now() const = 0;
  /// Time that has passed, since a moment before this process began. Never steps; may stand still
  /// while the machine is suspended.
  [[nodiscard]] virtual seconds Steady() const = 0;
};

/// The machine's own clock. A program of the tests that links tests/simulated_clock gets another.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Time Now() const override;
  [[nodiscard]] seconds Steady() const override;
};

}  // namespace backup_monitor
