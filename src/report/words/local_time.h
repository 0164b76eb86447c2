#pragma once

#include <functional>
#include <string>

#include "base/clock.h"

namespace backup_monitor::report::words {

/// A moment as a wall clock shows it.
struct LocalTime {
  int year = 1970;
  int month = 1;  ///< 1 to 12.
  int day = 1;
  int weekday = 0;  ///< 0 is Sunday.
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string zone;  ///< "CET"; "UTC-03:00" where the zone has no letters of its own.
};

/// A time zone.
using Zone = std::function<LocalTime(Time)>;

/// The process's own zone: TZ, else /etc/localtime.
[[nodiscard]] Zone SystemZone();

/// A zone that never changes, `offset` east of Greenwich.
[[nodiscard]] Zone FixedZone(seconds offset, std::string name);

}  // namespace backup_monitor::report::words
