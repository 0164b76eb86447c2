#include "schedule/months_left_out.h"

#include <algorithm>
#include <array>

namespace backup_monitor::schedule {
namespace {

constexpr std::array<int, 12> kDaysInMonth{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

bool Holds(const CalendarRange& range, int value) {
  if (value < range.first || value > range.last.value_or(value)) return false;
  return range.step == 0 ? value == range.first : (value - range.first) % range.step == 0;
}

bool Holds(const CalendarList& list, int value) {
  return list.empty() ||
         std::ranges::any_of(list, [&](const CalendarRange& range) { return Holds(range, value); });
}

}  // namespace

std::vector<int> MonthsLeftOut(const CalendarExpression& expression) {
  std::vector<int> left_out;
  if (expression.days_from_the_end) return left_out;  // each month has these
  bool any_month = false;
  for (int month = 1; month <= static_cast<int>(kDaysInMonth.size()); ++month) {
    if (!Holds(expression.lists[kMonth], month)) continue;
    bool any_day = false;
    for (int day = 1; day <= kDaysInMonth.at(static_cast<std::size_t>(month - 1)); ++day)
      any_day |= Holds(expression.lists[kDay], day);
    any_month |= any_day;
    if (!any_day) left_out.push_back(month);
  }
  return any_month ? left_out : std::vector<int>{};
}

}  // namespace backup_monitor::schedule
