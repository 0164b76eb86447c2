#pragma once

#include <algorithm>
#include <atomic>

#include "base/clock.h"

namespace backup_monitor::testing {

/// A clock that only moves when told to. Any thread.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time now = Time{seconds{1'763'800'000}}) : now_{now} {}

  [[nodiscard]] Time Now() const override { return now_; }
  [[nodiscard]] seconds Steady() const override { return steady_; }

  /// Time passes.
  void Advance(seconds by) {
    now_ = now_.load() + by;
    steady_ = steady_.load() + by;
  }
  /// Time passes until `now`, if that is later.
  void Set(Time now) {
    steady_ = steady_.load() + std::max(now - now_.load(), seconds{0});
    now_ = now;
  }
  /// Somebody sets the wall clock; no time passes.
  void Jump(Time now) { now_ = now; }

 private:
  std::atomic<Time> now_;
  std::atomic<seconds> steady_{std::chrono::days{1}};
};

}  // namespace backup_monitor::testing
