// In the place of src/base/system_clock.cc: the machine's clock, moved by as many seconds as the file that
// BACKUP_MONITOR_CLOCK_OFFSET names holds now. A test moves it forward only, as time passes; without the variable
// it is the machine's.

#include <cstdlib>
#include <fstream>

#include "base/clock.h"

namespace backup_monitor {
namespace {

seconds Offset() {
  const char* file = std::getenv("BACKUP_MONITOR_CLOCK_OFFSET");
  if (file == nullptr) return {};
  seconds::rep offset = 0;
  if (!(std::ifstream{file} >> offset)) std::abort();
  return seconds{offset};
}

}  // namespace

Time SystemClock::Now() const {
  return std::chrono::floor<seconds>(std::chrono::system_clock::now()) + Offset();
}

seconds SystemClock::Steady() const {
  return std::chrono::floor<seconds>(std::chrono::steady_clock::now().time_since_epoch()) +
         Offset();
}

}  // namespace backup_monitor
