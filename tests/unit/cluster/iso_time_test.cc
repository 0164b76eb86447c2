#include "cluster/iso_time.h"

#include <catch2/catch.hpp>
#include <string>

namespace backup_monitor {
namespace {

TEST_CASE("a moment in UTC is read, fraction and offset zero included", "[cluster]") {
  const std::string text = GENERATE("2024-01-15T03:00:05Z", "2024-01-15T03:00:05.999Z",
                                    "2024-01-15T03:00:05+00:00", "2024-01-15T03:00:05.1+00:00");
  CAPTURE(text);
  const auto time = ParseIsoTime(text);
  REQUIRE(time);
  CHECK(*time == Time{seconds{1705287605}});
}

TEST_CASE("the days of a leap year are known", "[cluster]") {
  CHECK(ParseIsoTime("2024-02-29T00:00:00Z") == Time{seconds{1709164800}});
  CHECK_FALSE(ParseIsoTime("2023-02-29T00:00:00Z"));
}

TEST_CASE("every other text is refused", "[cluster][hostile]") {
  const std::string text =
      GENERATE("", "now", "2024-01-15", "2024-01-15T03:00:05", "2024-01-15 03:00:05Z",
               "2024-01-15T03:00:05+01:00", "2024-13-15T03:00:05Z", "2024-00-15T03:00:05Z",
               "2024-01-32T03:00:05Z", "2024-01-15T24:00:05Z", "2024-01-15T03:60:05Z",
               "2024-01-15T03:00:61Z", "2024-01-15T03:00:05.Z", "2024-01-15T03:00:05ZZ",
               "-024-01-15T03:00:05Z", "2024-01-15T03:00:05Z\n", " 2024-01-15T03:00:05Z");
  CAPTURE(text);
  CHECK_FALSE(ParseIsoTime(text));
}

}  // namespace
}  // namespace backup_monitor
