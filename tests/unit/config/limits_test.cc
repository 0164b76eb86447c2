#include <string>

#include "catch.h"
#include "unit/config/config_text.h"

namespace backup_monitor::config {
namespace {

using testing::FaultsOf;

struct Limit {
  const char* section;
  const char* key;
  const char* least;
  const char* most;
  const char* below;
  const char* above;
};

std::string WithValue(const Limit& limit, const std::string& value) {
  std::string section = limit.section;
  std::string line = std::string{limit.key} + ": " + value;
  if (section == "mail.smtp") line = "smtp: {" + line + "}";
  const bool mail = section.rfind("mail", 0) == 0;
  // The cap is as long as it can be, unless it is what is tried.
  const bool cap = std::string{limit.key} == "max_run_hours";
  if (section == "correlator") line += cap ? ", quiet_seconds: 1" : ", max_run_hours: 168";
  // And the time for a run of looks is enough for one.
  const bool run = std::string{limit.key} == "run_timeout";
  if (section == "repo_check") line += run ? ", timeout: 1" : ", run_timeout: 3610";
  return "mail: {from: a@example.org, to: b@example.org" + (mail ? ", " + line + "}\n" : "}\n") +
         (mail ? "" : section + ": {" + line + "}\n");
}

TEST_CASE("the Alertmanager that is asked is host and port, or none", "[config]") {
  CHECK(FaultsOf(testing::Minimal("alertmanager: {address: \"\"}")).empty());
  CHECK(FaultsOf(testing::Minimal("alertmanager: {address: \"[::1]:9093\"}")).empty());
  CHECK(FaultsOf(testing::Minimal("alertmanager: {address: \"http://127.0.0.1:9093\"}")) ==
        "config.yml:4: alertmanager.address: 'http://127.0.0.1:9093' is not host:port, like "
        "127.0.0.1:6379");
}

TEST_CASE("a log that is given has an address, and a password with its user", "[config]") {
  const auto faults = [](const char* section) {
    return FaultsOf(testing::Minimal("cluster_log: {" + std::string{section} + "}"));
  };
  CHECK(faults("address: \"127.0.0.1:3100\"").empty());
  CHECK(faults("address: \"127.0.0.1:3100\", username: a, password_file: /b").empty());
  CHECK(faults("address: \"http://127.0.0.1\"").find("cluster_log.address:") != std::string::npos);
  CHECK(faults("address: \"127.0.0.1:3100\", username: a") ==
        "config.yml:4: cluster_log.username: needs cluster_log.password_file too");
  CHECK(faults("address: \"127.0.0.1:3100\", password_file: /b") ==
        "config.yml:4: cluster_log.password_file: needs cluster_log.username too");
  CHECK(faults("username: a, password_file: /b") ==
        "config.yml:4: cluster_log.username: needs cluster_log.address too: NS8's own log has the "
        "login of NS8");
}

TEST_CASE("a Prometheus that is given has an address, and a path that may stand in a URL",
          "[config]") {
  const auto faults = [](const std::string& section) {
    return FaultsOf(testing::Minimal("nodes: {" + section + "}"));
  };
  CHECK(faults("prometheus: \"\"").empty());
  CHECK(faults("prometheus: \"prometheus:9090\"").empty());
  CHECK(faults("prometheus: \"prometheus\"").find("nodes.prometheus:") != std::string::npos);
  CHECK(faults("path: \"" + std::string(100, 'a') + "\"").empty());
  CHECK(faults("path: \"" + std::string(101, 'a') + "\"").find("nodes.path:") != std::string::npos);
  CHECK(faults("path: \"a?b\"") ==
        "config.yml:4: nodes.path: 'a?b' is not the path of a URL, like /prometheus");
}

TEST_CASE("each number is accepted at its limits and refused one beyond", "[config]") {
  const auto limit =
      GENERATE(Limit{"mail", "timeout", "5", "600", "4", "601"},
               Limit{"mail.smtp", "port", "1", "65535", "0", "65536"},
               Limit{"receiver", "port", "1", "65535", "0", "65536"},
               Limit{"receiver", "max_body_bytes", "65536", "67108864", "65535", "67108865"},
               Limit{"correlator", "wait_seconds", "0", "3600", "-1", "3601"},
               Limit{"correlator", "recent_window", "60", "604800", "59", "604801"},
               Limit{"correlator", "early_notice_seconds", "0", "604800", "-1", "604801"},
               Limit{"correlator", "reconcile_seconds", "1", "86400", "0", "86401"},
               Limit{"correlator", "quiet_seconds", "1", "86400", "0", "86401"},
               Limit{"correlator", "max_run_hours", "0.1", "168", "0.09", "168.1"},
               Limit{"repo_check", "timeout", "1", "3600", "0", "3601"},
               Limit{"repo_check", "run_timeout", "11", "86400", "10", "86401"},
               Limit{"store", "keep_days", "1", "3650", "0", "3651"});
  const std::string key = std::string{limit.section} + "." + limit.key;
  CAPTURE(key);

  CHECK(FaultsOf(WithValue(limit, limit.least)).empty());
  CHECK(FaultsOf(WithValue(limit, limit.most)).empty());
  for (const std::string value :
       {limit.below, limit.above, "-9223372036854775809", "99999999999999999999"}) {
    const std::string faults = FaultsOf(WithValue(limit, value));
    CHECK(faults.find(key + ": " + value + " is not between " + limit.least + " and " +
                      limit.most) != std::string::npos);
  }
}

TEST_CASE("a subject prefix may have 100 characters, not bytes", "[config]") {
  std::string prefix;
  for (int i = 0; i < 100; ++i) prefix += "è";
  const std::string head = "mail: {from: a@example.org, to: b@example.org, subject_prefix: '";

  CHECK(FaultsOf(head + prefix + "'}").empty());
  CHECK_FALSE(FaultsOf(head + prefix + "è'}").empty());
}

TEST_CASE("a list may have 100 values", "[config]") {
  std::string names = "n0";
  for (int i = 1; i < 100; ++i) names += ", n" + std::to_string(i);

  CHECK(FaultsOf(testing::Minimal("correlator: {alert_names: [" + names + "]}")).empty());
  CHECK(FaultsOf(testing::Minimal("correlator: {alert_names: [" + names + ", more]}")) ==
        "config.yml:4: correlator.alert_names: holds more than 100 values");
}

TEST_CASE("a socket's path may have 107 bytes", "[config]") {
  CHECK(FaultsOf(testing::Minimal("redis: {socket: /" + std::string(106, 'a') + "}")).empty());
  CHECK_FALSE(
      FaultsOf(testing::Minimal("redis: {socket: /" + std::string(107, 'a') + "}")).empty());
}

}  // namespace
}  // namespace backup_monitor::config
