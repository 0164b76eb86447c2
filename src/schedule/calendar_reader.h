#pragma once

#include <string_view>

#include "schedule/calendar_expression.h"

namespace backup_monitor::schedule {

/// Is this the name of a day, "Mon" or "monday"?
[[nodiscard]] bool IsWeekday(std::string_view word) noexcept;

/// Reads `[weekdays] [date] [time]` or `@number` of the grammar of calendar_expression.h, without a zone. Numbers are
/// taken as they are written; their bounds are the caller's. An `@number` sets the zone to UTC.
///
/// \return False: not of the grammar.
[[nodiscard]] bool ReadCalendarParts(std::string_view text, CalendarExpression& expression);

}  // namespace backup_monitor::schedule
