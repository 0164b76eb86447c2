#include <fstream>
#include <sstream>

#include "catch.h"
#include "config/config.h"
#include "config/known_keys.h"
#include "unit/config/config_text.h"

namespace backup_monitor::config {
namespace {

std::string Example() {
  std::ostringstream text;
  text << std::ifstream{CONFIG_EXAMPLE}.rdbuf();
  return text.str();
}

/// The full name of each key that a line of the example gives, commented out or not.
std::vector<std::string> KeysOfExample() {
  std::vector<std::string> keys;
  std::vector<std::string> sections;
  std::istringstream lines{Example()};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string::npos) continue;
    std::string rest = line.substr(indent);
    if (rest.rfind("# ", 0) == 0) rest.erase(0, 2);
    const std::size_t colon = rest.find(':');
    if (colon == std::string::npos || rest.find(' ') < colon) continue;
    sections.resize(indent / 2);
    std::string name;
    for (const std::string& section : sections) name += section + ".";
    keys.push_back(name + rest.substr(0, colon));
    sections.push_back(rest.substr(0, colon));
  }
  return keys;
}

void CheckMailDefaults(const MailConfig& mail) {
  const MailConfig untold;
  CHECK(mail.subject_prefix == untold.subject_prefix);
  CHECK(mail.language == untold.language);
  CHECK(mail.notify_on == untold.notify_on);
  CHECK(mail.transport == untold.transport);
  CHECK(mail.hold == untold.hold);
  CHECK(mail.timeout == untold.timeout);
  CHECK(mail.smtp.helo_name == untold.smtp.helo_name);
  CHECK(mail.smtp.host == untold.smtp.host);
  CHECK(mail.smtp.port == untold.smtp.port);
  CHECK(mail.smtp.encryption == untold.smtp.encryption);
  CHECK(mail.smtp.tls_verify == untold.smtp.tls_verify);
  CHECK(mail.smtp.username == untold.smtp.username);
  CHECK(mail.smtp.password_file == untold.smtp.password_file);
  CHECK(mail.sendmail_command == untold.sendmail_command);
}

TEST_CASE("the example says the defaults of the mail section", "[config]") {
  const auto config = ParseConfig(Example(), "config.yml.example");
  REQUIRE(config);

  CHECK(config->mail.from == "ns8-backup-monitor@yourdomain.com");
  CHECK(config->mail.to == std::vector<std::string>{"admin@yourdomain.com"});
  CheckMailDefaults(config->mail);
}

TEST_CASE("the example says the defaults of the other sections", "[config]") {
  const auto config = ParseConfig(Example(), "config.yml.example");
  REQUIRE(config);

  const Config untold;
  CHECK(config->receiver.host == untold.receiver.host);
  CHECK(config->receiver.port == untold.receiver.port);
  CHECK(config->receiver.host_names == untold.receiver.host_names);
  CHECK(config->receiver.token_file == untold.receiver.token_file);
  CHECK(config->receiver.alert_token == untold.receiver.alert_token);
  CHECK(config->receiver.max_body_bytes == untold.receiver.max_body_bytes);
  CHECK(config->correlator.wait == untold.correlator.wait);
  CHECK(config->correlator.recent_window == untold.correlator.recent_window);
  CHECK(config->correlator.early_notice == untold.correlator.early_notice);
  CHECK(config->correlator.reconcile == untold.correlator.reconcile);
  CHECK(config->correlator.quiet == untold.correlator.quiet);
  CHECK(config->correlator.max_run == untold.correlator.max_run);
  CHECK(config->correlator.alert_names == untold.correlator.alert_names);
  CHECK(config->redis.socket == untold.redis.socket);
  CHECK(config->redis.address == untold.redis.address);
  CHECK(config->redis.username == untold.redis.username);
  CHECK(config->redis.password_file == untold.redis.password_file);
  CHECK(config->alertmanager.address == untold.alertmanager.address);
  CHECK(config->cluster_log.read == untold.cluster_log.read);
  CHECK(config->cluster_log.address == untold.cluster_log.address);
  CHECK(config->cluster_log.username == untold.cluster_log.username);
  CHECK(config->cluster_log.password_file == untold.cluster_log.password_file);
  CHECK(config->nodes.read == untold.nodes.read);
  CHECK(config->nodes.prometheus == untold.nodes.prometheus);
  CHECK(config->nodes.path == untold.nodes.path);
  CHECK(config->repo_check.mode == untold.repo_check.mode);
  CHECK(config->repo_check.method == untold.repo_check.method);
  CHECK(config->repo_check.credentials_file == untold.repo_check.credentials_file);
  CHECK(config->repo_check.timeout == untold.repo_check.timeout);
  CHECK(config->repo_check.run_timeout == untold.repo_check.run_timeout);
  CHECK(config->repo_check.command == untold.repo_check.command);
  CHECK(config->repo_check.restic_flags == untold.repo_check.restic_flags);
  CHECK(config->store.path == untold.store.path);
  CHECK(config->store.keep_days == untold.store.keep_days);
  CHECK(config->logging.level == untold.logging.level);
  CHECK(config->logging.file == untold.logging.file);
}

TEST_CASE("the example holds every key that is read, each once", "[config]") {
  const auto given = KeysOfExample();
  const auto known = KnownConfigKeys();

  CHECK(known.size() == 56);
  for (const std::string& key : known) {
    CAPTURE(key);
    CHECK(std::count(given.begin(), given.end(), key) == 1);
  }
}

}  // namespace
}  // namespace backup_monitor::config
