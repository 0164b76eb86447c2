#pragma once

#include <chrono>
#include <optional>

#include "schedule/time_zone.h"

namespace backup_monitor::schedule {

/// What a wall clock shows, without saying where.
using WallTime = std::chrono::local_seconds;

/// When a wall clock shows a time: what mktime(3) makes of it.
struct WallReading {
  Time moment;
  WallTime
      shown;  ///< At `moment`. Not the time asked for where the clocks were set forward over it.
  bool daylight_saving = false;
};

/// Reads wall-clock times in a zone as glibc's mktime(3) does, on which systemd's timers rest. A time that the clocks
/// show twice is read with the offset of the reading before it, if that fits. One that they never show is read with
/// the offset before or after it: as daylight saving time, or as the kind of time that was not asked for.
///
/// Source: glibc 2.36, time/mktime.c, __mktime_internal.
class WallClock {
 public:
  /// As if the last reading had been `last`.
  WallClock(const TimeZone& zone, Time last)
      : zone_{zone}, last_offset_{zone.At(last).east_of_utc} {}

  /// `daylight_saving`: the kind of time that is meant, or either.
  [[nodiscard]] WallReading Read(WallTime wall, std::optional<bool> daylight_saving);

 private:
  [[nodiscard]] Time MomentOf(WallTime wall, std::optional<bool> daylight_saving) const;
  [[nodiscard]] Time MomentInOtherTime(WallTime wall, Time moment, bool daylight_saving) const;

  const TimeZone& zone_;
  seconds last_offset_;
};

}  // namespace backup_monitor::schedule
