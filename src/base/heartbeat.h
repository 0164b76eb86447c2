#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>

namespace backup_monitor {

/// A thread that has nothing to do beats at least so often.
inline constexpr std::chrono::seconds kHeartbeatInterval{1};

/// A thread's sign that it makes progress, for the watchdog. The thread itself beats; any thread may ask.
class Heartbeat {
 public:
  using SteadyClock = std::chrono::steady_clock;

  /// Progress has been made. The first beat makes the next ones expected.
  void Beat() noexcept {
    last_.store(SteadyClock::now().time_since_epoch().count(), std::memory_order_relaxed);
  }

  /// The thread ends, or has not begun: no beat is expected.
  void End() noexcept { last_.store(kNone, std::memory_order_relaxed); }

  /// The time since the last beat; zero where none is expected.
  [[nodiscard]] SteadyClock::duration silence(SteadyClock::time_point now) const noexcept {
    const SteadyClock::rep last = last_.load(std::memory_order_relaxed);
    if (last == kNone) return SteadyClock::duration::zero();
    return std::max(SteadyClock::duration::zero(),
                    now - SteadyClock::time_point{SteadyClock::duration{last}});
  }

 private:
  static constexpr SteadyClock::rep kNone = SteadyClock::duration::min().count();
  std::atomic<SteadyClock::rep> last_{kNone};
};

/// The name of the calling thread in the tools of the system (ps -L, gdb); at most 15 bytes.
void NameThread(const char* name) noexcept;

}  // namespace backup_monitor
