#pragma once

#include <array>
#include <bitset>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schedule/time_zone.h"

// The language of systemd's OnCalendar, in which NS8 keeps the schedule of a plan:
//
//   expression = ( shorthand | "@" number | [weekdays] [date] [time] ) [ " " zone ]    at least one of the parts
//   shorthand  = "minutely" | "hourly" | "daily" | "weekly" | "monthly" | "quarterly" | "semiannually"
//              | "semi-annually" | "biannually" | "bi-annually" | "yearly" | "annually" | "anually"
//   weekdays   = weekday { "," weekday } [","] blanks            weekday = name [ (".." | "-") name ]
//   name       = "Mon" | "Monday" | … | "Sun" | "Sunday"         a range goes forward: no "Sat..Mon"
//   date       = [ list "-" ] list ("-" | "~") list blanks       [year-]month-day, "~": days from the month's end
//   time       = list ":" list [ ":" seconds ]                   none: 00:00:00; no seconds: ":00"
//   list       = "*" | range { "," range }
//   range      = number [ ".." number ] [ "/" number ]
//   seconds    = list, whose numbers may have a fraction          "0..59/1.5"
//   zone       = "UTC" | an abbreviation of the node's own zone | an IANA name
//   blanks     = { " " }, and the end of the expression or a part after them
//
// Letters count the same in either case. Years below 70 are 20xx, those below 100 are 19xx.
//
// Source: systemd.time(7), "Calendar Events", and systemd 252, src/shared/calendarspec.c, for what the manual leaves
// open; the tests compare with the real `systemd-analyze calendar`.

namespace backup_monitor::schedule {

/// `first`, or `first`, `first + step`, … up to `last`, or up to where the field ends.
struct CalendarRange {
  int first = 0;
  std::optional<int> last;
  int step = 0;  ///< 0: `first` alone.

  friend auto operator<=>(const CalendarRange&, const CalendarRange&) = default;
};

/// What a field may be, in order. Empty: anything.
using CalendarList = std::vector<CalendarRange>;

/// The fields of a calendar time, the largest first.
enum CalendarField { kYear, kMonth, kDay, kHour, kMinute, kMicrosecond };
inline constexpr std::size_t kCalendarFields = 6;

/// When something elapses, as written; `NextAfter` says when that is.
struct CalendarExpression {
  std::array<CalendarList, kCalendarFields>
      lists;                       ///< By CalendarField; the last counts within its minute.
  std::bitset<7> weekdays;         ///< Bit 0 is Monday. None: any.
  bool days_from_the_end = false;  ///< Days count backwards: 1 is the last of the month.
  std::string zone;                ///< IANA name or "UTC". Empty: the node's own.
  /// The node's own zone, and its standard or its daylight saving time all year, as an abbreviation at the end says.
  std::optional<bool> daylight_saving;
};

inline constexpr std::size_t kLongestExpression = 64;  ///< Bytes.

/// Reads an expression as systemd 252 does on a node of the zone `own` at `now`.
///
/// \return kInvalidInput: systemd refuses it, so NS8 has no timer.
///         kUnavailable: not known, since it is longer than kLongestExpression, or since it may end with the name of a
///         zone and there is no database.
[[nodiscard]] Result<CalendarExpression> ParseCalendarExpression(std::string_view text,
                                                                 const TimeZones& zones,
                                                                 const TimeZone& own, Time now);

}  // namespace backup_monitor::schedule
