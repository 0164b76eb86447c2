#include <string>

#include "catch.h"
#include "intake/alert_payload.h"

namespace backup_monitor::intake {
namespace {

const std::vector<std::string> kLimitedNames{"BackupFailed"};

Alert OnlyAlert(const std::string& labels) {
  const auto intake = ParseAlerts(R"({"alerts":[{"labels":{)" + labels + "}}]}", kLimitedNames);
  REQUIRE(intake);
  REQUIRE(intake->firing.size() == 1);
  return intake->firing[0];
}

std::string Group(int alerts) {
  std::string body = R"({"alerts":[)";
  for (int i = 0; i < alerts; ++i) body += i == 0 ? "{}" : ",{}";
  return body + "]}";
}

TEST_CASE("ten thousand alerts are read; one more counts as truncated", "[intake][hostile]") {
  const auto full = ParseAlerts(Group(10'000), kLimitedNames);
  REQUIRE(full);
  CHECK(full->foreign == 10'000);
  CHECK_FALSE(full->truncated);

  const auto over = ParseAlerts(Group(10'001), kLimitedNames);
  REQUIRE(over);
  CHECK(over->foreign == 10'000);
  CHECK(over->truncated);
}

TEST_CASE("of too many labels those that name the alert and the plan stay", "[intake][hostile]") {
  std::string labels;
  for (int i = 0; i < 200; ++i) labels += "\"a" + std::to_string(i) + "\":\"x\",";
  const Alert alert =
      OnlyAlert(labels + R"("alertname":"BackupFailed","backup_id":"7","name":"Nightly")");

  CHECK(alert.labels.size() == 3 + 16);
  CHECK(alert.labels.at("alertname") == "BackupFailed");
  CHECK(alert.labels.at("backup_id") == "7");
  CHECK(alert.labels.at("name") == "Nightly");
}

TEST_CASE("a decisive label is cut at 1024 bytes, between two characters", "[intake][hostile]") {
  const std::string exact(1024, 'x');
  const std::string accent = "\xc3\xa8";  // two bytes, the second of which would be the 1025th
  const Alert alert = OnlyAlert(R"("alertname":"BackupFailed","id":")" + exact + R"(","name":")" +
                                exact.substr(1) + accent + R"(","node":")" + exact + R"(x")");

  CHECK(alert.labels.at("id") == exact);
  CHECK(alert.labels.at("name") == exact.substr(1));
  CHECK(alert.labels.at("node") == exact);
}

TEST_CASE("a label that is only quoted is cut sooner", "[intake][hostile]") {
  const std::string name(64, 'n');
  const std::string value(256, 'v');
  const Alert exact =
      OnlyAlert(R"("alertname":"BackupFailed",")" + name + R"(":")" + value + R"(")");
  CHECK(exact.labels.at(name) == value);
  const Alert over =
      OnlyAlert(R"("alertname":"BackupFailed",")" + name + R"(n":")" + value + R"(v")");
  CHECK(over.labels.at(name) == value);
}

TEST_CASE("what is left out of an alert still tells it from others", "[intake][hostile]") {
  const auto identity = [](const std::string& last, const std::string& long_one) {
    std::string labels = R"({"alerts":[{"startsAt":"2026-01-02T03:04:05Z","labels":{)";
    for (int i = 10; i < 40; ++i) labels += "\"a" + std::to_string(i) + "\":\"x\",";
    labels += R"("alertname":"BackupFailed","z":")" + last + R"(","b":")" + std::string(2000, 'b') +
              long_one + R"("}}]})";
    return ParseAlerts(labels, kLimitedNames).value().firing.at(0).identity();
  };
  CHECK(identity("1", "") == identity("1", ""));
  CHECK(identity("1", "") != identity("2", ""));
  CHECK(identity("1", "") != identity("1", "c"));
}

TEST_CASE("an alert of which all is kept has the identity of its labels", "[intake]") {
  const auto intake = ParseAlerts(
      R"({"alerts":[{"startsAt":"2026-01-02T03:04:05Z","labels":{"alertname":"BackupFailed","id":"1"}}]})",
      kLimitedNames);
  const Alert& alert = intake->firing.at(0);
  CHECK(alert.whole_identity.empty());
  CHECK(alert.identity() ==
        IdentityOf({{"alertname", "BackupFailed"}, {"id", "1"}}, Time{seconds{1'767'323'045}}));
}

}  // namespace
}  // namespace backup_monitor::intake
