#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "catch.h"
#include "unit/config/config_text.h"

namespace backup_monitor::config {
namespace {

using testing::FaultsOf;
using testing::Minimal;

TEST_CASE("listening beyond this machine needs a token", "[config]") {
  const auto* host = GENERATE("0.0.0.0", "192.168.1.5", "'::'", "'fe80::1'", "'::ffff:10.0.0.1'");
  const std::string section = std::string{"receiver:\n  host: "} + host + "\n";
  CAPTURE(host);

  CHECK(FaultsOf(Minimal(section)).rfind("config.yml:5: receiver.host: ", 0) == 0);
  CHECK(FaultsOf(Minimal(section)).find("give receiver.token_file too") != std::string::npos);
  CHECK_FALSE(FaultsOf(Minimal(section + "  token_file: ''\n")).empty());
  CHECK(FaultsOf(Minimal(section + "  token_file: /etc/token\n")).empty());
}

TEST_CASE("listening on this machine alone needs none, and everybody is told so", "[config]") {
  const auto* host = GENERATE("127.0.0.1", "127.8.9.10", "'::1'", "localhost", "'::ffff:127.0.0.1'",
                              "'0:0:0:0:0:0:0:1'", "'0000::0001'", "'::ffff:7f00:1'");
  CAPTURE(host);

  const auto config =
      ParseConfig(Minimal(std::string{"receiver: {host: "} + host + "}"), "config.yml");
  REQUIRE(config);
  CHECK(config->receiver.loopback);
  CHECK(Config{}.receiver.loopback);
  CHECK_FALSE(ParseConfig(Minimal("receiver: {host: 0.0.0.0, token_file: /a}"), "config.yml")
                  ->receiver.loopback);
}

TEST_CASE("the smtp transport needs a relay", "[config]") {
  CHECK(FaultsOf(Minimal("  transport: smtp\n")) ==
        "config.yml:1: mail.smtp.host: is missing: mail.transport is smtp");
  CHECK(FaultsOf(Minimal("  transport: smtp\n  smtp: {port: 25}\n")) ==
        "config.yml:5: mail.smtp.host: is missing: mail.transport is smtp");
  CHECK(FaultsOf(Minimal("  transport: smtp\n  smtp: {host: relay}\n")).empty());
  CHECK(FaultsOf(Minimal("  transport: smarthost\n  smtp: {port: 25}\n")).empty());
}

TEST_CASE("a user of the relay needs a password, and the other way round", "[config]") {
  CHECK(FaultsOf(Minimal("  smtp: {username: a}\n")) ==
        "config.yml:4: mail.smtp.username: needs mail.smtp.password_file too");
  CHECK(FaultsOf(Minimal("  smtp: {password_file: /a}\n")) ==
        "config.yml:4: mail.smtp.password_file: needs mail.smtp.username too");
}

TEST_CASE("a run must be allowed to last longer than the wait for silent modules", "[config]") {
  CHECK(FaultsOf(Minimal("correlator:\n  max_run_hours: 1\n")) ==
        "config.yml:5: correlator.max_run_hours: quiet_seconds (4200) must be shorter than "
        "max_run_hours (3600 seconds)");
  CHECK(FaultsOf(Minimal("correlator:\n  max_run_hours: 1\n  quiet_seconds: 3600\n"))
            .rfind("config.yml:6: correlator.quiet_seconds: ", 0) == 0);
  CHECK(FaultsOf(Minimal("correlator:\n  max_run_hours: 1\n  quiet_seconds: 3599\n")).empty());
}

/// PATH is one folder, with or without a `runagent`.
class ProgramFolder {
 public:
  explicit ProgramFolder(bool with_runagent = false) {
    std::string name =
        (std::filesystem::temp_directory_path() / "backup-monitor-path-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
    if (with_runagent) {
      std::ofstream{path_ / "runagent"} << "#!/bin/sh\n";
      REQUIRE(chmod((path_ / "runagent").c_str(), 0755) == 0);
    }
    setenv("PATH", path_.c_str(), 1);
  }
  ~ProgramFolder() {
    setenv("PATH", before_.c_str(), 1);
    std::filesystem::remove_all(path_);
  }
  ProgramFolder(const ProgramFolder&) = delete;
  ProgramFolder& operator=(const ProgramFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::string before_ = std::getenv("PATH");
  std::filesystem::path path_;
};

RepoCheckConfig RepoCheckOf(const std::string& section) {
  return ParseConfig(Minimal("repo_check: {" + section + "}\n"), "config.yml").value().repo_check;
}

std::vector<std::string> WarningsOf(const std::string& section) {
  return ParseConfig(Minimal("repo_check: {" + section + "}\n"), "config.yml").value().warnings;
}

TEST_CASE("checks are asked for by a time or flags too, where runagent is there", "[config]") {
  const ProgramFolder folder{true};
  const auto* section = GENERATE("timeout: 60, restic_flags: ''", "timeout: 30",
                                 "restic_flags: '--no-cache'", "run_timeout: 600", "mode: failed");
  CAPTURE(section);
  CHECK(RepoCheckOf(section).method == ProbeMethod::kCommand);
  CHECK(RepoCheckOf(section).mode == ProbeMode::kFailed);
  CHECK(WarningsOf(section).empty());
}

TEST_CASE("the command may be a file, and the mode is the given one", "[config]") {
  const ProgramFolder folder{true};
  const std::string command = "command: [" + (folder.path() / "runagent").string() + "]";
  setenv("PATH", "/nonexistent", 1);
  CHECK(RepoCheckOf(command).method == ProbeMethod::kCommand);
  CHECK(RepoCheckOf(command + ", mode: all").mode == ProbeMode::kAll);
  CHECK(RepoCheckOf(command + ", mode: off").method == ProbeMethod::kNone);
}

TEST_CASE("without runagent, settings of checks are said to have no effect", "[config]") {
  const ProgramFolder folder;
  CHECK(RepoCheckOf("timeout: 60, restic_flags: ''").mode == ProbeMode::kOff);
  CHECK(WarningsOf("timeout: 60, restic_flags: ''") ==
        std::vector<std::string>{
            "warning: config.yml:4: repo_check.timeout: has no effect: repo_check.method is not "
            "given, and there is no program 'runagent' for method command. Give a method, or "
            "remove the section"});
  CHECK(WarningsOf("mode: off, timeout: 60").empty());
  CHECK(WarningsOf("").empty());
  CHECK(WarningsOf("method: cluster, credentials_file: /a, timeout: 60").empty());
  CHECK(WarningsOf("method: command").size() == 1);
}

TEST_CASE("warnings follow the faults", "[config]") {
  const ProgramFolder folder;
  const std::string all =
      ParseConfig(Minimal("repo_check: {timeout: 60}\nstore: {keep_days: 0}\n"), "config.yml")
          .error()
          .message;
  CHECK(all.rfind("config.yml:5: store.keep_days: 0 is not between 1 and 3650\nwarning: "
                  "config.yml:4: repo_check",
                  0) == 0);
}

TEST_CASE("repositories are looked into only where it is said how", "[config]") {
  const ProgramFolder none;
  CHECK(FaultsOf(Minimal("repo_check: {mode: failed}\n")) ==
        "config.yml:4: repo_check.method: is missing: repo_check.mode is not off");
  CHECK(FaultsOf(Minimal("repo_check: {mode: off, timeout: 30, restic_flags: ''}\n")).empty());
  CHECK(ParseConfig(Minimal(""), "config.yml")->repo_check.mode == ProbeMode::kOff);
  const auto given = ParseConfig(Minimal("repo_check: {method: command}\n"), "config.yml");
  CHECK(given->repo_check.mode == ProbeMode::kFailed);
  const auto unused =
      ParseConfig(Minimal("repo_check: {mode: off, method: command}\n"), "config.yml");
  CHECK(unused->repo_check.mode == ProbeMode::kOff);
}

TEST_CASE("the cluster's API needs credentials", "[config]") {
  CHECK(FaultsOf(Minimal("repo_check:\n  method: cluster\n")) ==
        "config.yml:4: repo_check.credentials_file: is missing: method cluster logs in with it");
  CHECK(FaultsOf(Minimal("repo_check:\n  method: cluster\n  credentials_file: /a\n")).empty());
}

TEST_CASE("the time for a run is enough for one repository to begin and end", "[config]") {
  CHECK(FaultsOf(Minimal("repo_check:\n  timeout: 591\n")) ==
        "config.yml:5: repo_check.timeout: run_timeout (600) must be at least 10 seconds longer "
        "than timeout (591)");
  CHECK(FaultsOf(Minimal("repo_check:\n  run_timeout: 69\n"))
            .rfind("config.yml:5: repo_check.run_timeout: ", 0) == 0);
  CHECK(FaultsOf(Minimal("repo_check: {run_timeout: 70}\n")).empty());
  CHECK(FaultsOf(Minimal("repo_check: {timeout: 3600, run_timeout: 3610}\n")).empty());
}

TEST_CASE("flags for restic are words of a shell and have a place", "[config]") {
  CHECK(FaultsOf(Minimal("repo_check: {restic_flags: \"--tag 'a\"}\n"))
            .rfind("config.yml:4: repo_check.restic_flags: ", 0) == 0);
  CHECK(
      FaultsOf(Minimal("repo_check: {method: command, command: [a], restic_flags: -v}\n")) ==
      "config.yml:4: repo_check.restic_flags: have no place: repo_check.command lacks the argument "
      "{restic_flags}");
  CHECK(
      FaultsOf(
          Minimal("repo_check: {method: cluster, credentials_file: /a, restic_flags: -v}\n")) ==
      "config.yml:4: repo_check.restic_flags: reach no restic with method cluster: leave them out");
}

TEST_CASE("a recipient stands in the list once, whatever its case", "[config]") {
  CHECK(FaultsOf("mail:\n  from: a@x.org\n  to:\n  - b@x.org\n  - c@x.org\n  - B@X.org\n") ==
        "config.yml:6: mail.to: 'B@X.org' is given twice");
}

}  // namespace
}  // namespace backup_monitor::config
