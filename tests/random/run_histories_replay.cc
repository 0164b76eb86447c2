#include <algorithm>

#include "random/run_histories_check.h"

namespace backup_monitor::testing {

namespace {

constexpr std::chrono::hours kStride{2};  ///< More than one look.

}  // namespace

Night Replay(const History& history) {
  Night night{history.rules};
  seconds offset = history.leader_offset;
  night.SetClock(night.now() + offset);
  bool looked = false;
  for (const Happening& happening : history.happenings) {
    // The plans are there before the daemon's first look.
    if (looked || happening.at > At("0 12:00")) {
      looked = true;
      night.Until(happening.at + offset);
    }
    if (happening.clock_step != seconds{0}) {
      offset += happening.clock_step;
      night.SetClock(happening.at + offset);
    }
    if (happening.act) happening.act(night);
  }
  // Until nothing can happen any more.
  while (night.now() < history.end + offset) {
    night.Until(std::min(night.now() + kStride, history.end + offset));
    if (night.now() > At("1 12:00") && !night.tracker().NextDue()) break;
  }
  return night;
}

}  // namespace backup_monitor::testing
