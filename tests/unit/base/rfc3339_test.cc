#include "base/rfc3339.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

namespace backup_monitor {
namespace {

TEST_CASE("an RFC 3339 time is read with any fraction and any offset", "[base]") {
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

TEST_CASE("what is no RFC 3339 time, or Go's zero time, is none", "[base]") {
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

TEST_CASE("a time is written in UTC, to the second", "[rfc3339]") {
  CHECK(IsoTime(Time{seconds{1795348800}}) == "2026-11-22T12:00:00Z");
  CHECK(IsoTime(Time{seconds{0}}) == "1970-01-01T00:00:00Z");
  CHECK(IsoTime(Time{seconds{-1}}) == "1969-12-31T23:59:59Z");
}

}  // namespace
}  // namespace backup_monitor
