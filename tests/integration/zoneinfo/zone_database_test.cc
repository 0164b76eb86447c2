#include "adapters/zoneinfo/zone_database.h"

#include "catch.h"

namespace backup_monitor::testing {
namespace {

using zoneinfo::ZoneDatabase;
using namespace std::chrono;

constexpr Time kSummer = sys_days{2026y / July / 1};
constexpr Time kWinter = sys_days{2026y / December / 1};

TEST_CASE("a zone shows what the database says, before and after a change of clocks",
          "[zoneinfo]") {
  const ZoneDatabase zones;
  CHECK(zones.HasDatabase());
  const auto rome = zones.Find("Europe/Rome");
  REQUIRE(rome);
  const Time change = sys_days{2026y / March / 29} + 1h;
  CHECK(rome->At(change - 1s).east_of_utc == 1h);
  CHECK_FALSE(rome->At(change - 1s).daylight_saving);
  CHECK(rome->At(change).east_of_utc == 2h);
  CHECK(rome->At(change).daylight_saving);
}

TEST_CASE("the abbreviations of a zone are those of its two kinds of time", "[zoneinfo]") {
  const ZoneDatabase zones;
  const auto moment = GENERATE(kSummer, kWinter);
  const auto rome = zones.Find("Europe/Rome")->AbbreviationsAt(moment);
  CHECK(rome.standard == "CET");
  CHECK(rome.daylight_saving == "CEST");
  const auto tokyo = zones.Find("Asia/Tokyo")->AbbreviationsAt(moment);
  CHECK(tokyo.standard == "JST");
  CHECK(tokyo.daylight_saving == "JST");
}

TEST_CASE("what is no name of a zone is not looked for in the file system", "[zoneinfo][hostile]") {
  const ZoneDatabase zones;
  for (const auto* name :
       {"", "../../../etc/localtime", "/etc/localtime", "Europe/../Europe/Rome", "Europe//Rome",
        "Europe/", "Europe", "Mars/Olympus", "zone.tab", ":Europe/Rome", "Fixed/UTC+01:00:00"}) {
    INFO(name);
    CHECK_FALSE(zones.Find(name));
  }
  CHECK_FALSE(zones.Find(std::string(65, 'a')));
}

TEST_CASE("the machine's own zone is there", "[zoneinfo]") { CHECK(ZoneDatabase{}.Local()); }

}  // namespace
}  // namespace backup_monitor::testing
