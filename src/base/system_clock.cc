#include "base/clock.h"

namespace backup_monitor {

Time SystemClock::Now() const {
  return std::chrono::floor<seconds>(std::chrono::system_clock::now());
}

seconds SystemClock::Steady() const {
  return std::chrono::floor<seconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace backup_monitor
