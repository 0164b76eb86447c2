#include "text/utc_time.h"

#include <chrono>
#include <cstdint>
#include <string>

#include "catch.h"

namespace backup_monitor {
namespace {

using std::chrono::seconds;
using Time = std::chrono::sys_seconds;

TEST_CASE("an RFC 3339 time is read with any fraction and any offset", "[text]") {
  struct Case {
    std::string text;
    std::int64_t unix_seconds;
  };
  const auto good = GENERATE(
      Case{"2026-11-22T12:00:00Z", 1795348800}, Case{"2026-11-22T12:00:00.1Z", 1795348800},
      Case{"2026-11-22T12:00:00.999999999Z", 1795348800},
      Case{"2026-11-22T13:00:00+01:00", 1795348800},
      Case{"2026-11-22T06:30:00.5-05:30", 1795348800}, Case{"2026-11-22t12:00:00z", 1795348800},
      Case{"2026-11-22 12:00:00Z", 1795348800}, Case{"2024-02-29T00:00:00Z", 1709164800},
      Case{"1970-01-01T00:00:00Z", 0}, Case{"2016-12-31T23:59:60Z", 1483228799},
      Case{"9999-12-31T23:59:59Z", 253402300799});
  CAPTURE(good.text);

  const auto time = ParseRfc3339(good.text);

  REQUIRE(time);
  CHECK(time->time_since_epoch().count() == good.unix_seconds);
}

TEST_CASE("what is no RFC 3339 time, or Go's zero time, is none", "[text]") {
  const std::string bad =
      GENERATE(as<std::string>{}, "", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
               "1970-01-01T00:00:00+00:01", "2026-11-22", "2026-11-22T12:00Z",
               "2026-11-22T12:00:00", "2026-11-22T12:00:00.Z", "2026-11-22T12:00:00.1234567890Z",
               "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2026-11-22T24:00:00Z",
               "2026-11-22T12:60:00Z", "2026-11-22T12:00:61Z", "2026-11-22T12:00:00+24:00",
               "2026-11-22T12:00:00+0100", "2026-11-22T12:00:00Zx", "2026-11-2",
               "+026-11-22T12:00:00Z", " 2026-11-22T12:00:00Z", "1763812800");
  CAPTURE(bad);

  CHECK_FALSE(ParseRfc3339(bad));
}

TEST_CASE("a time is written in UTC, to the second", "[text]") {
  CHECK(IsoTime(Time{seconds{1795348800}}) == "2026-11-22T12:00:00Z");
  CHECK(IsoTime(Time{seconds{0}}) == "1970-01-01T00:00:00Z");
  CHECK(IsoTime(Time{seconds{-1}}) == "1969-12-31T23:59:59Z");
  CHECK(IsoTime(Time{seconds{-30'610'224'001}}) == "0999-12-31T23:59:59Z");
  CHECK(IsoTime(Time{seconds{253'402'300'799}}) == "9999-12-31T23:59:59Z");
}

TEST_CASE("the date is RFC 5322's", "[text]") {
  CHECK(HeaderDate(Time{seconds{1795310040}}) == "Sun, 22 Nov 2026 01:14:00 +0000");
}

TEST_CASE("each day of a week and month of a year has its name in a mail's date", "[text]") {
  CHECK(HeaderDate(Time{seconds{0}}) == "Thu, 01 Jan 1970 00:00:00 +0000");
  CHECK(HeaderDate(Time{seconds{1709251199}}) == "Thu, 29 Feb 2024 23:59:59 +0000");
  CHECK(HeaderDate(Time{seconds{1735603200}}) == "Tue, 31 Dec 2024 00:00:00 +0000");
}

TEST_CASE("the journal is asked in UTC", "[text]") {
  CHECK(JournalTime(Time{seconds{1795348800}}) == "2026-11-22 12:00:00 UTC");
  CHECK(JournalTime(Time{seconds{59}}) == "1970-01-01 00:00:59 UTC");
}

TEST_CASE("a moment in UTC is read, fraction and offset zero included", "[text]") {
  const std::string text = GENERATE("2024-01-15T03:00:05Z", "2024-01-15T03:00:05.999Z",
                                    "2024-01-15T03:00:05+00:00", "2024-01-15T03:00:05.1+00:00");
  CAPTURE(text);
  const auto time = ParseIsoTime(text);
  REQUIRE(time);
  CHECK(*time == Time{seconds{1705287605}});
}

TEST_CASE("the days of a leap year are known", "[text]") {
  CHECK(ParseIsoTime("2024-02-29T00:00:00Z") == Time{seconds{1709164800}});
  CHECK_FALSE(ParseIsoTime("2023-02-29T00:00:00Z"));
}

TEST_CASE("every other text is refused", "[text][hostile]") {
  const std::string text =
      GENERATE("", "now", "2024-01-15", "2024-01-15T03:00:05", "2024-01-15 03:00:05Z",
               "2024-01-15T03:00:05+01:00", "2024-13-15T03:00:05Z", "2024-00-15T03:00:05Z",
               "2024-01-32T03:00:05Z", "2024-01-15T24:00:05Z", "2024-01-15T03:60:05Z",
               "2024-01-15T03:00:61Z", "2024-01-15T03:00:05.Z", "2024-01-15T03:00:05ZZ",
               "-024-01-15T03:00:05Z", "2024-01-15T03:00:05Z\n", " 2024-01-15T03:00:05Z");
  CAPTURE(text);
  CHECK_FALSE(ParseIsoTime(text));
}

TEST_CASE("the two readers differ in three things", "[text]") {
  const std::string leap = "2016-12-31T23:59:60Z";
  CHECK(ParseRfc3339(leap) == Time{seconds{1483228799}});
  CHECK(ParseIsoTime(leap) == Time{seconds{1483228800}});
  const std::string early = "1969-12-31T23:59:59Z";
  CHECK_FALSE(ParseRfc3339(early));
  CHECK(ParseIsoTime(early) == Time{seconds{-1}});
  const std::string fine = "2026-11-22T12:00:00.1234567890Z";
  CHECK_FALSE(ParseRfc3339(fine));
  CHECK(ParseIsoTime(fine) == Time{seconds{1795348800}});
}

}  // namespace
}  // namespace backup_monitor
