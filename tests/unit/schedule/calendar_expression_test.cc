#include "schedule/calendar_expression.h"

#include "catch.h"
#include "unit/schedule/made_up_zone.h"

namespace backup_monitor::testing {
namespace {

using schedule::CalendarList;

const MadeUpZone kOwnZone{{{Time{}, {seconds{0}, false}}}};

Result<schedule::CalendarExpression> Parse(std::string_view text, bool database = true) {
  return schedule::ParseCalendarExpression(text, MadeUpZones{"Europe/Rome", database}, kOwnZone,
                                           Time{});
}

TEST_CASE("the fields of an expression are what is written", "[schedule]") {
  const auto expression = Parse("Mon..Wed,Fri 2026-*-1..9/2,15 03,04:*:30.5");
  REQUIRE(expression);
  CHECK(expression->weekdays.to_string() == "0010111");  // Sunday first
  CHECK(expression->lists[schedule::kYear] == CalendarList{{2026, std::nullopt, 0}});
  CHECK(expression->lists[schedule::kMonth].empty());
  CHECK(expression->lists[schedule::kDay] == CalendarList{{1, 9, 2}, {15, std::nullopt, 0}});
  CHECK(expression->lists[schedule::kHour] ==
        CalendarList{{3, std::nullopt, 0}, {4, std::nullopt, 0}});
  CHECK(expression->lists[schedule::kMinute].empty());
  CHECK(expression->lists[schedule::kMicrosecond] == CalendarList{{30'500'000, std::nullopt, 0}});
  CHECK(expression->zone.empty());
}

TEST_CASE("an expression of 64 bytes is read, and one of 65 is not known", "[schedule][bounds]") {
  const std::string blanks(64 - std::string_view{"*-*-*03:00"}.size(), ' ');
  const std::string longest = "*-*-*" + blanks + "03:00";
  REQUIRE(longest.size() == schedule::kLongestExpression);
  CHECK(Parse(longest));
  const auto longer = Parse("*-*-* " + blanks + "03:00");
  REQUIRE_FALSE(longer);
  CHECK(longer.error().code == ErrorCode::kUnavailable);
}

TEST_CASE("what systemd refuses is refused", "[schedule]") {
  const auto* text =
      GENERATE("", " ", "30 2 * * *", "@daily", "Sat..Mon 03:00", "*-*-* 24:00", "*-13-*", "*-*-32",
               "*-*~29", "1969-*-*", "2200-*-*", "*:60", "*:*:60", "*-*-* 0/24:00", "*:*:0..0.5",
               "Mon *-*-* 3", "*-*-* 03:00 Mars/Olympus", "*-*-*\t03:00", "@-1", "@7258118400");
  INFO(text);
  const auto refused = Parse(text);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("the edge of what is read", "[schedule]") {
  CHECK(Parse(GENERATE("*-*-* 23:59:59.999999", "*-12-31", "*-*~28", "1970-*-*", "2199-*-*",
                       "*-*-* 0/23:00", "@0", "@7258118399", "Sat..Sun 03:00", "*:*:0..1",
                       "*-*~1..25/3,25")));
  // A list from the end of the month: the bound goes down by three with each element, as in systemd.
  CHECK_FALSE(Parse("*-*~1,26"));
}

TEST_CASE("a nul in an expression ends nothing", "[schedule][hostile]") {
  CHECK_FALSE(Parse(std::string_view{"*-*-* 03:00\0:00", 15}));
}

TEST_CASE("a zone is UTC, the node's own by abbreviation, or a name of the database, in this order",
          "[schedule]") {
  CHECK(Parse("03:00 utc")->zone == "UTC");
  CHECK(Parse("03:00 Europe/Rome")->zone == "Europe/Rome");
  CHECK(Parse("03:00 dst")->daylight_saving == true);
  CHECK(Parse("03:00 STD")->daylight_saving == false);
  CHECK_FALSE(Parse("03:00")->daylight_saving);
  CHECK_FALSE(Parse("03:00 europe/rome"));  // files have their case
}

TEST_CASE("without a database a named zone is not known, and all else is", "[schedule]") {
  const auto named = Parse("03:00 Europe/Rome", false);
  REQUIRE_FALSE(named);
  CHECK(named.error().code == ErrorCode::kUnavailable);
  CHECK(Parse("03:00 UTC", false));
  CHECK(Parse("03:00 STD", false));
  CHECK(Parse("Mon *-*-*", false));
  CHECK(Parse("mon,tue 03:00", false));
}

}  // namespace
}  // namespace backup_monitor::testing
