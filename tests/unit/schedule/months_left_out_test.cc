#include "schedule/months_left_out.h"

#include "catch.h"
#include "unit/schedule/made_up_zone.h"

namespace backup_monitor::testing {
namespace {

using Months = std::vector<int>;

TEST_CASE("a schedule of the last days of a month leaves out those that have not so many",
          "[schedule]") {
  const auto [text, months] =
      GENERATE(table<const char*, Months>({{"*-*-31 02:00", Months{2, 4, 6, 9, 11}},
                                           {"*-*-30", Months{2}},
                                           {"*-*-29", Months{2}},
                                           {"*-*-28", Months{}},
                                           {"*-*-28,31", Months{}},
                                           {"*-*-29..31", Months{2}},
                                           {"*-*-01/30", Months{}},
                                           {"*-01,04-31", Months{4}},
                                           {"*-1/3-31", Months{4}},
                                           {"*-02-29", Months{}},
                                           {"*-*~01", Months{}},
                                           {"Mon *-*-31", Months{2, 4, 6, 9, 11}},
                                           {"daily", Months{}},
                                           {"quarterly", Months{}},
                                           {"Sat", Months{}}}));
  CAPTURE(text);
  const MadeUpZone own{{{Time{}, {seconds{0}, false}}}};
  const auto expression =
      schedule::ParseCalendarExpression(text, MadeUpZones{"Europe/Rome", true}, own, Time{});
  REQUIRE(expression);
  CHECK(schedule::MonthsLeftOut(*expression) == months);
}

}  // namespace
}  // namespace backup_monitor::testing
