#include <string>

#include "catch.h"
#include "unit/config/config_text.h"

namespace backup_monitor::config {
namespace {

using testing::FaultsOf;
using testing::Minimal;

TEST_CASE("every fault is told at once, in the order of the file", "[config]") {
  const std::string text = R"(mail:
  to: []
  langauge: en
receiver:
  host: example.org
  # a comment
  port: 70000
  alert_token: yes
corelator:
  wait_seconds: 1
redis: nothing
logging:
  level: LOUD
)";
  const std::string expected =
      "config.yml:1: mail.from: is missing\n"
      "config.yml:2: mail.to: must hold at least one value\n"
      "config.yml:3: mail.langauge: unknown key, did you mean mail.language?\n"
      "config.yml:5: receiver.host: 'example.org' is not an IP address (or localhost)\n"
      "config.yml:7: receiver.port: 70000 is not between 1 and 65535\n"
      "config.yml:8: receiver.alert_token: 'yes' is not true or false\n"
      "config.yml:9: corelator: unknown key, did you mean correlator?\n"
      "config.yml:11: redis: must be a section with keys below it\n"
      "config.yml:13: logging.level: 'LOUD' is not one of DEBUG, INFO, WARNING, ERROR";

  const auto config = ParseConfig(text, "config.yml");

  REQUIRE_FALSE(config);
  CHECK(config.error().code == ErrorCode::kInvalidInput);
  CHECK(config.error().message == expected);
}

TEST_CASE("a file that says nothing lacks both addresses", "[config]") {
  const std::string missing =
      "config.yml:1: mail.from: is missing\nconfig.yml:1: mail.to: is missing";

  CHECK(FaultsOf("") == missing);
  CHECK(FaultsOf("# only a comment\n") == missing);
  CHECK(FaultsOf("mail:\n") == missing);
  CHECK(FaultsOf("\n\nmail: {}\n") ==
        "config.yml:3: mail.from: is missing\nconfig.yml:3: mail.to: is missing");
}

struct Case {
  std::string more;  // begins on line 4
  std::string fault;
};

TEST_CASE("a key of the wrong kind is told by its line", "[config]") {
  const auto wrong = GENERATE(
      Case{"receiver: {port: ninety}", "receiver.port: 'ninety' is not a whole number"},
      Case{"receiver: {port: 90.5}", "receiver.port: '90.5' is not a whole number"},
      Case{"receiver: {port: 010}", "receiver.port: '010' is not a whole number"},
      Case{"receiver: {port: 0x10}", "receiver.port: '0x10' is not a whole number"},
      Case{"receiver: {port: '9099'}",
           "receiver.port: '9099' is text: write the number without quotes"},
      Case{"receiver: {port: [1]}", "receiver.port: must be a single value"},
      Case{"receiver: {port: }",
           "receiver.port: has no value (remove the line to get the default)"},
      Case{"receiver: {port: ~}",
           "receiver.port: has no value (remove the line to get the default)"},
      Case{"receiver: {alert_token: 'true'}", "receiver.alert_token: 'true' is not true or false"},
      Case{"receiver: {alert_token: True}", "receiver.alert_token: 'True' is not true or false"},
      Case{"receiver: {alert_token: 1}", "receiver.alert_token: '1' is not true or false"},
      Case{"receiver: {host: {}}", "receiver.host: must be a single value"},
      Case{"correlator: {max_run_hours: .5}", "correlator.max_run_hours: '.5' is not a number"},
      Case{"correlator: {max_run_hours: 5.}", "correlator.max_run_hours: '5.' is not a number"},
      Case{"correlator: {max_run_hours: 2e1}", "correlator.max_run_hours: '2e1' is not a number"},
      Case{"correlator: {max_run_hours: nan}", "correlator.max_run_hours: 'nan' is not a number"},
      Case{"correlator: {alert_names: One}",
           "correlator.alert_names: must be a list, as [\"…\", \"…\"]"},
      Case{"correlator: {alert_names: [[One]]}",
           "correlator.alert_names: each value must be a text"},
      Case{"correlator: {alert_names: [One, '']}", "correlator.alert_names: is empty"},
      Case{"correlator: {alert_names: [One, one]}", "correlator.alert_names: 'one' is given twice"},
      Case{"correlator: []", "correlator: must be a section with keys below it"},
      Case{"store: {path: ''}", "store.path: is empty"});
  CAPTURE(wrong.more);

  CHECK(FaultsOf(Minimal(wrong.more)) == "config.yml:4: " + wrong.fault);
}

TEST_CASE("a key of the mail section that is wrong is told by its line", "[config]") {
  const auto wrong = GENERATE(
      Case{"language: de", "mail.language: 'de' is not one of en, it"},
      Case{"notify_on: never",
           "mail.notify_on: 'never' is not one of every_run, problems_and_recoveries, problems"},
      Case{"transport: uucp", "mail.transport: 'uucp' is not one of smarthost, smtp, sendmail"},
      Case{"smtp: {encryption: ssl}",
           "mail.smtp.encryption: 'ssl' is not one of none, starttls, tls"},
      Case{"smtp: {host: 'a b'}", "mail.smtp.host: 'a b' is not a host name or IP address"},
      Case{"smtp: {helo_name: node1}",
           "mail.smtp.helo_name: 'node1' is not a full host name like node1.example.org, nor an "
           "address like [192.0.2.1]"},
      Case{"smtp: relay", "mail.smtp: must be a section with keys below it"},
      Case{"sendmail_command: sendmail -t",
           "mail.sendmail_command: must be a list, as [\"…\", \"…\"]"},
      Case{"sendmail_command: ['']", "mail.sendmail_command: is empty"},
      Case{R"(subject_prefix: "a\r\nBcc: x")",
           "mail.subject_prefix: 'a??Bcc: x' holds a line end or another control character"},
      Case{R"(subject_prefix: "a\u2028b")",
           "mail.subject_prefix: 'a\u2028b' holds a line end or another control character"},
      Case{"subject_prefix: " + std::string(101, 'x'),
           "mail.subject_prefix: 101 characters are more than 100"});
  CAPTURE(wrong.more);

  CHECK(FaultsOf(Minimal("  " + wrong.more)) == "config.yml:4: " + wrong.fault);
}

TEST_CASE("a key given twice is told with both lines", "[config]") {
  CHECK(FaultsOf(Minimal("receiver:\n  port: 1\n  port: 2\nreceiver:\n")) ==
        "config.yml:6: receiver.port: is given twice (first on line 5)\n"
        "config.yml:7: receiver: is given twice (first on line 4)");
}

TEST_CASE("an unknown key is told with what was meant", "[config]") {
  const auto wrong = GENERATE(
      Case{"receiver: {prot: 1}", "receiver.prot: unknown key, did you mean receiver.port?"},
      Case{"receiver: {token-file: a}",
           "receiver.token-file: unknown key, did you mean receiver.token_file?"},
      Case{"port: 1", "port: unknown key"},  // mail.smtp.port or receiver.port
      Case{"subject_prefix: a", "subject_prefix: unknown key, did you mean mail.subject_prefix?"},
      Case{"receiver: {wait_seconds: 1}",
           "receiver.wait_seconds: unknown key, did you mean correlator.wait_seconds?"},
      Case{"receiver: {password: hunter2}", "receiver.password: unknown key"},
      Case{"Receiver: {port: 1}", "Receiver: unknown key, did you mean receiver?"},
      Case{"'': 1", "'': unknown key"}, Case{R"("a\nb": 1)", "'a?b': unknown key"},
      Case{"<<: {a: b}", "<<: unknown key"});
  CAPTURE(wrong.more);

  CHECK(FaultsOf(Minimal(wrong.more)) == "config.yml:4: " + wrong.fault);
}

TEST_CASE("an unknown key of the inner section is told by its full name", "[config]") {
  CHECK(FaultsOf(Minimal("  smtp:\n    pasword_file: a\n")) ==
        "config.yml:5: mail.smtp.pasword_file: unknown key, did you mean mail.smtp.password_file?");
}

TEST_CASE("what is no YAML is told by the line where it stops being it", "[config]") {
  CHECK(FaultsOf("mail:\n  from: [a\n").rfind("config.yml:3: this is not YAML: ", 0) == 0);
  CHECK(FaultsOf("mail:\n\tfrom: a\n").rfind("config.yml:2: this is not YAML: ", 0) == 0);
  CHECK(FaultsOf("mail: {from: 'a}\n").find("this is not YAML: ") != std::string::npos);
  CHECK(FaultsOf("- a\n") == "config.yml:1: the file must hold sections, as 'mail:' is one");
  CHECK(FaultsOf("just text") == "config.yml:1: the file must hold sections, as 'mail:' is one");
  CHECK(FaultsOf(Minimal("---\nmail: {}\n")) ==
        "config.yml:4: a second document ('---') is not read");
}

}  // namespace
}  // namespace backup_monitor::config
