#pragma once

#include <vector>

#include "schedule/calendar_expression.h"

namespace backup_monitor::schedule {

/// The months, 1 to 12, in which an expression means to elapse by its list of months, and that have none of its days:
/// of "*-*-31" those of 30 days, and February, which also counts where it has the day in leap years alone. Empty where no
/// other month is left.
[[nodiscard]] std::vector<int> MonthsLeftOut(const CalendarExpression& expression);

}  // namespace backup_monitor::schedule
