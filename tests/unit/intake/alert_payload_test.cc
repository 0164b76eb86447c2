#include "intake/alert_payload.h"

#include <string>

#include "catch.h"

namespace backup_monitor::intake {
namespace {

const std::vector<std::string> kAllNames{"NethServerBackupFailed", "BackupFailed", "backup_failed"};

AlertIntake Parsed(const std::string& body) {
  auto intake = ParseAlerts(body, kAllNames);
  REQUIRE(intake);
  return *std::move(intake);
}

TEST_CASE("the smallest body that must work is one firing alert without a start", "[intake]") {
  const auto intake =
      Parsed(R"({"alerts":[{"status":"firing","labels":{"alertname":"NethServerBackupFailed"}}]})");

  REQUIRE(intake.firing.size() == 1);
  CHECK(intake.firing[0].labels ==
        std::map<std::string, std::string>{{"alertname", "NethServerBackupFailed"}});
  CHECK_FALSE(intake.firing[0].starts_at);
  CHECK_FALSE(intake.firing[0].group_was_truncated);
  CHECK(intake.resolved == 0);
  CHECK(intake.foreign == 0);
}

TEST_CASE("the alert's own status decides, not its group's", "[intake]") {
  const auto intake = Parsed(R"({"status":"firing","alerts":[
      {"status":"resolved","labels":{"alertname":"BackupFailed","id":"1"}},
      {"status":"firing","labels":{"alertname":"BackupFailed","id":"2"}}]})");

  REQUIRE(intake.firing.size() == 1);
  CHECK(intake.firing[0].labels.at("id") == "2");
  CHECK(intake.resolved == 1);
}

TEST_CASE("an alert without a status takes its group's, and without that it is firing",
          "[intake]") {
  CHECK(Parsed(R"({"status":"resolved","alerts":[{"labels":{"alertname":"BackupFailed"}}]})")
            .resolved == 1);
  CHECK(Parsed(R"({"status":"firing","alerts":[{"labels":{"alertname":"BackupFailed"}}]})")
            .firing.size() == 1);
  CHECK(Parsed(R"({"alerts":[{"labels":{"alertname":"BackupFailed"}}]})").firing.size() == 1);
  CHECK(
      Parsed(R"({"alerts":[{"status":7,"labels":{"alertname":"BackupFailed"}}]})").firing.size() ==
      1);
}

TEST_CASE("other alerts are counted and ignored", "[intake]") {
  const auto intake = Parsed(R"({"alerts":[
      {"status":"firing","labels":{"alertname":"HostDown"}},
      {"status":"firing","labels":{"alertname":"backupfailed"}},
      {"status":"firing","labels":{}}, {"status":"firing"}, 7, null, [],
      {"status":"firing","labels":"BackupFailed"}, {"labels":{"alertname":["BackupFailed"]}}]})");

  CHECK(intake.firing.empty());
  CHECK(intake.foreign == 9);
}

TEST_CASE("a truncated group says so on each of its alerts", "[intake]") {
  const std::string alerts = R"("alerts":[{"labels":{"alertname":"BackupFailed"}}])";
  const auto cut = Parsed("{\"truncatedAlerts\":3," + alerts + "}");
  CHECK(cut.truncated);
  CHECK(cut.firing.at(0).group_was_truncated);
  CHECK_FALSE(Parsed("{\"truncatedAlerts\":0," + alerts + "}").firing.at(0).group_was_truncated);
  for (const char* none : {"0.0", "-3", "null", "true", "[3]"}) {
    CAPTURE(none);
    CHECK_FALSE(Parsed("{\"truncatedAlerts\":" + std::string{none} + "," + alerts + "}").truncated);
  }
}

TEST_CASE("what newer versions add is ignored, what is no text and no number is no label",
          "[intake]") {
  const auto intake =
      Parsed(R"({"version":"5","notification_reason":"x","routeLabels":{"a":{"b":[1]}},
      "alerts":[{"labels":{"alertname":"BackupFailed","b":true,"z":null,"o":{},"id":"1"},
                 "startsAt":"2026-11-22T12:00:00.5+01:00","endsAt":17,"more":[[[]]]}]})");

  REQUIRE(intake.firing.size() == 1);
  CHECK(intake.firing[0].labels ==
        std::map<std::string, std::string>{{"alertname", "BackupFailed"}, {"id", "1"}});
  CHECK(intake.firing[0].starts_at == Time{seconds{1795345200}});
}

TEST_CASE("a number as a label is read as it is written", "[intake]") {
  const std::string number =
      GENERATE(as<std::string>{}, "1", "0", "-7", "12345678901234567890123", "1.50");
  CAPTURE(number);
  const auto intake =
      Parsed(R"({"alerts":[{"status":"firing","labels":{"alertname":"BackupFailed","id":)" +
             number + "}}]}");

  REQUIRE(intake.firing.size() == 1);
  CHECK(intake.firing[0].labels.at("id") == number);
  CHECK(intake.firing[0].plan()->text == number);
}

TEST_CASE("a label of another type leaves the alert its other labels", "[intake]") {
  const std::string odd = GENERATE(as<std::string>{}, "true", "null", "{\"a\":\"1\"}", "[\"1\"]");
  CAPTURE(odd);
  const auto intake = Parsed(
      R"({"alerts":[{"labels":{"alertname":"BackupFailed","name":"Nightly","id":)" + odd + "}}]}");

  REQUIRE(intake.firing.size() == 1);
  CHECK(intake.firing[0].labels ==
        std::map<std::string, std::string>{{"alertname", "BackupFailed"}, {"name", "Nightly"}});
}

TEST_CASE("of a repeated member the last one counts", "[intake]") {
  const auto intake = Parsed(R"({"alerts":[{}],"alerts":[
      {"status":"resolved","status":"firing","labels":{"id":"8"},
       "labels":{"alertname":"Other","alertname":"BackupFailed","id":"2","severity":"a","id":"1","severity":"b"},
       "startsAt":"2026-11-22T11:00:00Z","startsAt":"2026-11-22T12:00:00Z"}]})");

  CHECK(intake.foreign == 0);
  REQUIRE(intake.firing.size() == 1);
  CHECK(intake.firing[0].labels == std::map<std::string, std::string>{{"alertname", "BackupFailed"},
                                                                      {"id", "1"},
                                                                      {"severity", "b"}});
  CHECK(intake.firing[0].starts_at == Time{seconds{1795348800}});
}

TEST_CASE("a status is read in upper and lower case", "[intake]") {
  const std::string resolved = GENERATE(as<std::string>{}, "resolved", "Resolved", "RESOLVED");
  const auto alert = [](const std::string& status) {
    return Parsed(R"({"alerts":[{"status":")" + status +
                  R"(","labels":{"alertname":"BackupFailed"}}]})");
  };
  CHECK(alert(resolved).resolved == 1);
  CHECK(Parsed(R"({"status":")" + resolved +
               R"(","alerts":[{"labels":{"alertname":"BackupFailed"}}]})")
            .resolved == 1);
  CHECK(alert("FIRING").firing.size() == 1);
  CHECK(alert("resolve").firing.size() == 1);
  CHECK(alert("resolvedd").firing.size() == 1);
}

TEST_CASE("a start that is absent, zero or unreadable is none", "[intake]") {
  const std::string start =
      GENERATE(as<std::string>{}, "", R"(,"startsAt":"0001-01-01T00:00:00Z")",
               R"(,"startsAt":"yesterday")", R"(,"startsAt":1763812800)", R"(,"startsAt":null)");
  CAPTURE(start);
  const auto intake =
      Parsed(R"({"alerts":[{"labels":{"alertname":"BackupFailed"})" + start + "}]}");

  CHECK_FALSE(intake.firing.at(0).starts_at);
}

TEST_CASE("a body that can never be read is refused, and told why", "[intake]") {
  struct Case {
    std::string body;
    std::string message;
  };
  const auto bad = GENERATE(
      Case{"", "not JSON at byte 0: The document is empty"}, Case{"[]", "not a JSON object"},
      Case{"\"alerts\"", "not a JSON object"}, Case{"{}", "'alerts' is missing"},
      Case{R"({"alerts":{}})", "'alerts' is not a list"},
      Case{R"({"alerts":[}")", "not JSON at byte 11: Invalid value"});
  CAPTURE(bad.body);

  const auto intake = ParseAlerts(bad.body, kAllNames);

  REQUIRE_FALSE(intake);
  CHECK(intake.error().code == ErrorCode::kInvalidInput);
  CHECK(intake.error().message == bad.message);
}

TEST_CASE("an empty group is accepted, also as Go writes a list never filled", "[intake]") {
  CHECK(Parsed(R"({"alerts":[]})").firing.empty());
  CHECK(Parsed(R"({"alerts":null,"truncatedAlerts":1})").truncated);
}

Alert OneWithStatus(const std::string& status) {
  const auto intake = Parsed(
      R"({"alerts":[{"labels":{"alertname":"BackupFailed"},"startsAt":"2026-11-22T12:00:00Z",)"
      R"("status":)" +
      status + "}]}");
  REQUIRE(intake.firing.size() == 1);
  return intake.firing[0];
}

TEST_CASE(
    "an alert is silenced if Alertmanager's list names a silence, and the same alert all the same",
    "[intake]") {
  const Alert active =
      OneWithStatus(R"({"inhibitedBy":[],"mutedBy":[],"silencedBy":[],"state":"active"})");
  CHECK_FALSE(active.silenced);
  const Alert silenced = OneWithStatus(
      R"({"inhibitedBy":[],"silencedBy":["c4d6dd6f-5a1e-4b0a-8c2b-0e5cb8a0cf3d"],"state":"suppressed"})");
  CHECK(silenced.silenced);
  CHECK(silenced.identity() == active.identity());
  CHECK_FALSE(
      OneWithStatus(R"({"inhibitedBy":["2a01"],"silencedBy":[],"state":"suppressed"})").silenced);
}

TEST_CASE("what does not say that it is silenced is not", "[intake][hostile]") {
  for (const char* status :
       {R"("firing")", "{}", "null", "[]", R"({"silencedBy":"a"})", R"({"silencedBy":{"a":1}})",
        R"({"silencedBy":true})", R"({"silencedBy":["a"],"silencedBy":[]})"}) {
    CAPTURE(status);
    CHECK_FALSE(OneWithStatus(status).silenced);
  }
}

}  // namespace
}  // namespace backup_monitor::intake
