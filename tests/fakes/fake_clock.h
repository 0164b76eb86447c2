#pragma once

#include <atomic>

#include "base/clock.h"

namespace backup_monitor::testing {

/// A clock that only moves when told to. Any thread.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time now = Time{seconds{1'763'800'000}}) : now_{now} {}

  [[nodiscard]] Time Now() const override { return now_; }
  void Advance(seconds by) { now_ = now_.load() + by; }
  void Set(Time now) { now_ = now; }

 private:
  std::atomic<Time> now_;
};

}  // namespace backup_monitor::testing
