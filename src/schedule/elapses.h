#pragma once

#include <chrono>
#include <optional>

#include "schedule/calendar_expression.h"
#include "schedule/time_zone.h"

namespace backup_monitor::schedule {

/// A moment of a timer; expressions count microseconds.
using Moment = std::chrono::sys_time<std::chrono::microseconds>;

/// When a timer of this expression that is set at `after` elapses, in `zone`: the expression's own if it names one,
/// else the node's. Nothing: never again. Where clocks change, as systemd 252 does: a time that clocks skip is left
/// out, and of one that they show twice the first counts.
///
/// Takes microseconds, and 1000 steps at most, after which systemd too gives up.
/// Source: systemd 252, src/shared/calendarspec.c, find_next.
[[nodiscard]] std::optional<Moment> NextAfter(const CalendarExpression& expression,
                                              const TimeZone& zone, Moment after);

/// The last moment up to `moment` at which a timer that has long been running elapsed; nothing if there was none in
/// the 40 years before. Where midnight is shown twice, systemd chooses by the season of the elapse before it, and this
/// may say the other of the two.
[[nodiscard]] std::optional<Moment> LastAtOrBefore(const CalendarExpression& expression,
                                                   const TimeZone& zone, Moment moment);

}  // namespace backup_monitor::schedule
