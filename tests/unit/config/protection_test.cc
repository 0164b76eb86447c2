// The sections `schedule` and `protection`.

#include "catch.h"
#include "text/utc_time.h"
#include "unit/config/config_text.h"

namespace backup_monitor::config {
namespace {

using Catch::Matchers::Contains;
using testing::FaultsOf;
using testing::Minimal;

constexpr const char* kUuid = "14030a59-a4e6-54cc-b8ea-cd5f97fe44c8";

std::string Protection(const std::string& text) { return Minimal("protection:\n  " + text + "\n"); }

std::string Exempt(const std::string& uuid, const std::string& value) {
  return Protection("exempt: {\"" + uuid + "\": \"" + value + "\"}");
}

TEST_CASE("targets are hours by plan", "[config]") {
  const auto config = ParseConfig(Protection("target_hours: {1: 50, \"weekly\": \"17568\"}"), "c");
  REQUIRE(config);
  CHECK(config->protection.targets ==
        std::map<std::string, std::chrono::seconds>{{"1", std::chrono::hours{50}},
                                                    {"weekly", std::chrono::hours{17'568}}});
  CHECK(ParseConfig(Minimal(), "c")->protection.targets.empty());
  for (const char* bad : {"0", "17569", "1.5", "-1", "x", "\"\"", "99999999999999999999"}) {
    CAPTURE(bad);
    CHECK_THAT(FaultsOf(Protection(std::string{"target_hours: {1: "} + bad + "}")),
               Contains("protection.target_hours: ") &&
                   Contains("is not a whole number of hours from 1 to 17568"));
  }
  CHECK_THAT(FaultsOf(Protection("target_hours: {\"\": 1}")), Contains("is not the id of a plan"));
  CHECK(FaultsOf(Protection("target_hours: {" + std::string(64, 'p') + ": 1}")).empty());
  CHECK_FALSE(FaultsOf(Protection("target_hours: {" + std::string(65, 'p') + ": 1}")).empty());
}

TEST_CASE("an exemption belongs to a UUID, and has a last day and a reason", "[config]") {
  const auto config = ParseConfig(Exempt(kUuid, "2027-01-31 test machine"), "c");
  REQUIRE(config);
  REQUIRE(config->protection.exempt.size() == 1);
  CHECK(config->protection.exempt.at(kUuid) ==
        Exemption{*ParseIsoTime("2027-02-01T00:00:00Z"), "test machine"});
  for (const std::string uuid :
       {"mail1", "14030A59-a4e6-54cc-b8ea-cd5f97fe44c8", "14030a59-a4e6-54cc-b8ea-cd5f97fe44c",
        "14030a59xa4e6-54cc-b8ea-cd5f97fe44c8", "1403-a59a4e6-54cc-b8ea-cd5f97fe44c8a"}) {
    CAPTURE(uuid);
    CHECK_THAT(FaultsOf(Exempt(uuid, "2027-01-31 test machine")),
               Contains("is not the UUID of an application"));
  }
  for (const std::string value : {"2027-01-31", "2027-01-31 ", "2027-02-29 no such day",
                                  "test machine", "2027-01-31test machine", "31.01.2027 test"}) {
    CAPTURE(value);
    CHECK_THAT(FaultsOf(Exempt(kUuid, value)), Contains("is not a last day and a reason"));
  }
  CHECK(FaultsOf(Exempt(kUuid, "2027-01-31 " + std::string(200, 'r'))).empty());
  CHECK_THAT(FaultsOf(Exempt(kUuid, "2027-01-31 " + std::string(201, 'r'))),
             Contains("longer than 200 bytes"));
}

TEST_CASE("the grace time and the zones of nodes", "[config]") {
  const auto config =
      ParseConfig(Minimal("schedule: {grace_minutes: 1440, zones: {2: Europe/Rome}}\n"), "c");
  REQUIRE(config);
  CHECK(config->schedule.grace == std::chrono::hours{24});
  CHECK(config->schedule.zones == std::map<std::string, std::string>{{"2", "Europe/Rome"}});
  for (const char* bad : {"0", "1441"}) {
    CHECK_THAT(FaultsOf(Minimal(std::string{"schedule: {grace_minutes: "} + bad + "}\n")),
               Contains("schedule.grace_minutes: ") && Contains("is not between 1 and 1440"));
  }
  for (const char* bad : {"0", "x", "1234567890", "02"}) {
    CHECK_THAT(FaultsOf(Minimal(std::string{"schedule: {zones: {\""} + bad + "\": UTC}}\n")),
               Contains("is not the number of a node"));
  }
  CHECK_THAT(FaultsOf(Minimal("schedule: {zones: {2: ../etc/passwd}}\n")),
             Contains("is not the name of a time zone"));
}

}  // namespace
}  // namespace backup_monitor::config
