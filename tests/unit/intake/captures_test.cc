// What Alertmanager 0.25.0 really sent: tests/data/alertmanager holds the requests byte by byte.
#include <fstream>
#include <sstream>
#include <string>

#include "catch.h"
#include "intake/alert_payload.h"

namespace backup_monitor::intake {
namespace {

AlertIntake Captured(const std::string& name) {
  std::ifstream file{std::string{ALERTMANAGER_CAPTURES} + "/" + name, std::ios::binary};
  std::ostringstream all;
  all << file.rdbuf();
  const std::string request = all.str();
  const auto body = request.find("\r\n\r\n");
  REQUIRE(body != std::string::npos);
  auto intake = ParseAlerts(std::string_view{request}.substr(body + 4), {"BackupFailed"});
  REQUIRE(intake);
  return *std::move(intake);
}

TEST_CASE("a captured group with two failing plans gives two alerts", "[intake]") {
  const auto intake = Captured("firing.http");

  REQUIRE(intake.firing.size() == 2);
  CHECK(intake.firing[0].plan()->text == "1");
  CHECK(intake.firing[1].plan()->text == "2");
  CHECK(intake.firing[0].starts_at == Time{seconds{1795348800}});
  CHECK(intake.firing[0].labels.at("name") == "Backup 1");
  CHECK(intake.firing[0].identity() != intake.firing[1].identity());
}

TEST_CASE("a captured group with one plan resolved gives the other one's alert", "[intake]") {
  const auto intake = Captured("partly_resolved.http");

  REQUIRE(intake.firing.size() == 1);
  CHECK(intake.firing[0].plan()->text == "2");
  CHECK(intake.resolved == 1);
}

TEST_CASE("a captured group that is all resolved gives none", "[intake]") {
  const auto intake = Captured("resolved.http");

  CHECK(intake.firing.empty());
  CHECK(intake.resolved > 0);
  CHECK(intake.foreign == 0);
}

}  // namespace
}  // namespace backup_monitor::intake
