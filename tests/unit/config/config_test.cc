#include "config/config.h"

#include "catch.h"
#include "unit/config/config_text.h"

namespace backup_monitor::config {
namespace {

using std::chrono::seconds;
using testing::FaultsOf;
using testing::Minimal;

constexpr const char* kPublished = R"(mail:
  from: "ns8-backup-monitor@yourdomain.com"
  to: ["admin@yourdomain.com"]
  subject_prefix: "[NS8 Backup]"
receiver:
  host: "127.0.0.1"
  port: 9099
correlator:
  wait_seconds: 30
  recent_window: 3600
redis:
  socket: "/var/lib/nethserver/cluster/state/redis.sock"
repo_check:
  timeout: 60
  restic_flags: ""
logging:
  level: INFO            # DEBUG, INFO, WARNING, ERROR
  file: "/var/log/ns8-backup-monitor.log"   # rotating, 5 MB × 3; empty: standard output only
)";

TEST_CASE("the published configuration is read as it stands", "[config]") {
  const auto config = ParseConfig(kPublished, "config.yml");

  REQUIRE(config);
  CHECK(config->mail.from == "ns8-backup-monitor@yourdomain.com");
  CHECK(config->mail.to == std::vector<std::string>{"admin@yourdomain.com"});
  CHECK(config->mail.subject_prefix == "[NS8 Backup]");
  CHECK(config->receiver.host == "127.0.0.1");
  CHECK(config->receiver.port == 9099);
  CHECK(config->correlator.wait == seconds{30});
  CHECK(config->correlator.recent_window == seconds{3600});
  CHECK(config->redis.socket == "/var/lib/nethserver/cluster/state/redis.sock");
  CHECK(config->repo_check.timeout == seconds{60});
  CHECK(config->repo_check.restic_flags.empty());
  CHECK(config->logging.level == LogLevel::kInfo);
  CHECK(config->logging.file == "/var/log/ns8-backup-monitor.log");
}

TEST_CASE("every key of the mail section is read", "[config]") {
  const auto config = ParseConfig(R"(mail:
  from: a@example.org
  to: [b@example.org, c@example.org]
  subject_prefix: "Più ⚠"
  language: it
  notify_on: problems
  transport: smtp
  hold: true
  timeout: 5
  smtp: {host: relay.example.org, port: 465, encryption: tls, tls_verify: false,
         username: monitor, password_file: /etc/password, helo_name: node1.example.org}
  sendmail_command: [sendmail, -t]
)",
                                  "config.yml");

  REQUIRE(config);
  const MailConfig& mail = config->mail;
  CHECK(mail.to == std::vector<std::string>{"b@example.org", "c@example.org"});
  CHECK(mail.subject_prefix == "Più ⚠");
  CHECK(mail.language == Language::kItalian);
  CHECK(mail.notify_on == NotifyOn::kProblems);
  CHECK(mail.transport == Transport::kSmtp);
  CHECK(mail.hold);
  CHECK(mail.timeout == seconds{5});
  CHECK(mail.smtp.host == "relay.example.org");
  CHECK(mail.smtp.port == 465);
  CHECK(mail.smtp.encryption == Encryption::kTls);
  CHECK_FALSE(mail.smtp.tls_verify);
  CHECK(mail.smtp.username == "monitor");
  CHECK(mail.smtp.helo_name == "node1.example.org");
  CHECK(mail.smtp.password_file == "/etc/password");
  CHECK(mail.sendmail_command == std::vector<std::string>{"sendmail", "-t"});
}

TEST_CASE("every key of the other sections is read", "[config]") {
  const auto config = ParseConfig(Minimal(R"(
receiver: {host: "::", port: 1, token_file: /etc/token, alert_token: false, max_body_bytes: 65536}
correlator:
  wait_seconds: 0
  recent_window: 60
  early_notice_seconds: 1
  reconcile_seconds: 2
  quiet_seconds: 3
  max_run_hours: 0.5
  alert_names: [Mine]
redis: {socket: "", address: "[::1]:6380", username: monitor, password_file: /etc/redis}
alertmanager: {address: ""}
cluster_log: {read: false, address: "127.0.0.1:3100", username: loki, password_file: /etc/loki}
nodes: {read: false, prometheus: "[::1]:9090", path: /metrics_1/prom-2}
repo_check:
  mode: all
  method: command
  credentials_file: /run/credentials
  timeout: 1
  run_timeout: 11
  command: [show, "{restic_flags}"]
  restic_flags: "--no-lock --option 's3.connections=1 2'"
store: {path: /tmp/a.db, keep_days: 1}
logging: {level: warning, file: ""}
)"),
                                  "config.yml");

  REQUIRE(config);
  CHECK(config->receiver.host == "::");
  CHECK(config->receiver.port == 1);
  CHECK(config->receiver.token_file == "/etc/token");
  CHECK_FALSE(config->receiver.alert_token);
  CHECK(config->receiver.max_body_bytes == 65'536);
  CHECK(config->correlator.wait == seconds{0});
  CHECK(config->correlator.recent_window == seconds{60});
  CHECK(config->correlator.early_notice == seconds{1});
  CHECK(config->correlator.reconcile == seconds{2});
  CHECK(config->correlator.quiet == seconds{3});
  CHECK(config->correlator.max_run == seconds{1800});
  CHECK(config->correlator.alert_names == std::vector<std::string>{"Mine"});
  CHECK(config->redis.socket.empty());
  CHECK(config->redis.address == "[::1]:6380");
  CHECK(config->redis.username == "monitor");
  CHECK(config->redis.password_file == "/etc/redis");
  CHECK(config->alertmanager.address.empty());
  CHECK_FALSE(config->cluster_log.read);
  CHECK(config->cluster_log.address == "127.0.0.1:3100");
  CHECK(config->cluster_log.username == "loki");
  CHECK(config->cluster_log.password_file == "/etc/loki");
  CHECK_FALSE(config->nodes.read);
  CHECK(config->nodes.prometheus == "[::1]:9090");
  CHECK(config->nodes.path == "/metrics_1/prom-2");
  CHECK(config->repo_check.timeout == seconds{1});
  CHECK(config->repo_check.mode == ProbeMode::kAll);
  CHECK(config->repo_check.method == ProbeMethod::kCommand);
  CHECK(config->repo_check.credentials_file == "/run/credentials");
  CHECK(config->repo_check.run_timeout == seconds{11});
  CHECK(config->repo_check.command == std::vector<std::string>{"show", "{restic_flags}"});
  CHECK(config->repo_check.restic_flags ==
        std::vector<std::string>{"--no-lock", "--option", "s3.connections=1 2"});
  CHECK(config->store.path == "/tmp/a.db");
  CHECK(config->store.keep_days == 1);
  CHECK(config->logging.level == LogLevel::kWarning);
}

TEST_CASE("forms of YAML that mean the same are read the same", "[config]") {
  CHECK(FaultsOf("---\n" + Minimal()).empty());
  CHECK(FaultsOf(Minimal() + "...\n").empty());
  CHECK(FaultsOf("\xEF\xBB\xBF" + Minimal()).empty());
  CHECK(FaultsOf("mail: {from: a@example.org, to: b@example.org}").empty());
  CHECK(FaultsOf("mail:\r\n  from: a@example.org\r\n  to: b@example.org\r\n").empty());
  CHECK(FaultsOf("mail:\n  from: a@example.org\n  to:\n  - b@example.org\n  - c@x.org\n").empty());
}

TEST_CASE("a section whose keys are all comments is empty", "[config]") {
  CHECK(FaultsOf(Minimal("redis:\n  # socket: /x\nlogging:\n")).empty());
}

TEST_CASE("localhost is listened on by its address", "[config]") {
  const auto config = ParseConfig(Minimal("receiver: {host: localhost}\n"), "config.yml");

  REQUIRE(config);
  CHECK(config->receiver.host == "127.0.0.1");
}

}  // namespace
}  // namespace backup_monitor::config
