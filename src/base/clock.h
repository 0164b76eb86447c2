#pragma once

#include <chrono>

namespace backup_monitor {

/// A moment, as NS8 counts them: whole seconds since the Unix epoch, UTC.
using Time = std::chrono::sys_seconds;
using std::chrono::seconds;

/// Wall-clock time. It may jump either way: nothing may wait on a difference of two readings
/// without a bound.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Time Now() const = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Time Now() const override {
    return std::chrono::floor<seconds>(std::chrono::system_clock::now());
  }
};

}  // namespace backup_monitor
