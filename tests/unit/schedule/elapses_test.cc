#include "schedule/elapses.h"

#include "catch.h"
#include "unit/schedule/made_up_zone.h"

namespace backup_monitor::testing {
namespace {

using schedule::LastAtOrBefore;
using schedule::Moment;
using schedule::NextAfter;
using namespace std::chrono;

constexpr Time kDay = sys_days{2026y / March / 10};
// An hour forward on 10 March at 01:00 UTC, and back on 20 March at 01:00 UTC.
const MadeUpZone kTwoChanges{{{Time{}, {1h, false}},
                              {sys_days{2026y / March / 10} + 1h, {2h, true}},
                              {sys_days{2026y / March / 20} + 1h, {1h, false}}}};

schedule::CalendarExpression Read(std::string_view text) {
  return *schedule::ParseCalendarExpression(text, MadeUpZones{"", true}, kTwoChanges, Time{});
}

TEST_CASE("what elapses at a moment elapses after the one before it, and not after it",
          "[schedule]") {
  const schedule::FixedZone utc{0s};
  const auto daily = Read("03:00");
  const Moment at = kDay + 3h;
  CHECK(NextAfter(daily, utc, at - microseconds{1}) == at);
  CHECK(NextAfter(daily, utc, at) == at + days{1});
  CHECK(LastAtOrBefore(daily, utc, at) == at);
  CHECK(LastAtOrBefore(daily, utc, at - microseconds{1}) == at - days{1});
}

TEST_CASE("a time that the clocks skip is left out", "[schedule]") {
  const auto daily = Read("02:30");  // shown as 01:30 and then 03:30 on 10 March
  CHECK(NextAfter(daily, kTwoChanges, kDay) == Moment{kDay + days{1} + 30min});
  CHECK(LastAtOrBefore(daily, kTwoChanges, kDay + 12h) == Moment{kDay - days{1} + 90min});
}

TEST_CASE("of a time that the clocks show twice the first counts", "[schedule]") {
  const Time change = sys_days{2026y / March / 20};
  const auto daily = Read("02:30");
  CHECK(NextAfter(daily, kTwoChanges, change) == Moment{change + 30min});
  CHECK(NextAfter(daily, kTwoChanges, change + 30min) == Moment{change + days{1} + 90min});
  CHECK(LastAtOrBefore(daily, kTwoChanges, change + 12h) == Moment{change + 30min});
  // From 02:45 on, summer time, until 03:45, winter time, nothing elapses: two hours, not one.
  const auto hourly = Read("*:45");
  CHECK(NextAfter(hourly, kTwoChanges, change + 45min) == Moment{change + 45min + 2h});
  CHECK(LastAtOrBefore(hourly, kTwoChanges, change + 2h) == Moment{change + 45min});
}

TEST_CASE("what never elapses again has no next, and what lies 40 years back no last",
          "[schedule]") {
  const schedule::FixedZone utc{0s};
  const auto once = Read("2020-01-01");
  const Time at = sys_days{2020y / January / 1};
  CHECK_FALSE(NextAfter(once, utc, kDay));
  CHECK(LastAtOrBefore(once, utc, kDay) == Moment{at});
  CHECK_FALSE(LastAtOrBefore(once, utc, at - 1s));
  CHECK_FALSE(NextAfter(Read("*-02-30"), utc, kDay));
  CHECK_FALSE(LastAtOrBefore(Read("*-02-30"), utc, kDay));
}

TEST_CASE("a last among very many is found too", "[schedule][bounds]") {
  const schedule::FixedZone utc{0s};
  const auto bursts = Read("Tue *:*:*");  // 10 March is one
  CHECK(LastAtOrBefore(bursts, utc, kDay + days{3}) == Moment{kDay + days{1} - 1s});
  CHECK(LastAtOrBefore(Read("*:*:0/0.000001"), utc, kDay) == Moment{kDay});
}

}  // namespace
}  // namespace backup_monitor::testing
