#include "app/secrets.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "catch.h"

namespace backup_monitor::app {
namespace {

class SecretFile {
 public:
  explicit SecretFile(const std::string& content, mode_t mode = 0600) {
    std::string name =
        (std::filesystem::temp_directory_path() / "backup-monitor-secret-XXXXXX").string();
    const int file = mkstemp(name.data());
    REQUIRE(file >= 0);
    REQUIRE(fchmod(file, mode) == 0);
    close(file);
    path_ = name;
    std::ofstream{path_} << content;
  }
  ~SecretFile() { std::filesystem::remove(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST_CASE("every secret file that cannot be read is told at once, under its key", "[secrets]") {
  config::Config config;
  config.receiver.token_file = "/nonexistent/token";
  config.redis.password_file = "/nonexistent/redis";

  const auto secrets = ReadSecrets(config);

  REQUIRE_FALSE(secrets);
  CHECK(secrets.error().message.find("receiver.token_file: ") != std::string::npos);
  CHECK(secrets.error().message.find("redis.password_file: ") != std::string::npos);
}

TEST_CASE("without files there is no token", "[secrets]") {
  const auto secrets = ReadSecrets(config::Config{});
  REQUIRE(secrets);
  CHECK(secrets->webhook_token.empty());
  CHECK(secrets->warnings.empty());
}

TEST_CASE("a token that can be guessed or read by others is warned about", "[secrets]") {
  const SecretFile good{"0123456789abcdef"};
  config::Config config;
  config.receiver.token_file = good.path();
  CHECK(ReadSecrets(config)->warnings.empty());
  CHECK(ReadSecrets(config)->webhook_token.Reveal() == "0123456789abcdef");

  const SecretFile bad{"0123456789abcde", 0644};
  config.receiver.token_file = bad.path();
  const auto secrets = ReadSecrets(config);
  REQUIRE(secrets);
  REQUIRE(secrets->warnings.size() == 2);
  CHECK(secrets->warnings[0] ==
        "warning: receiver.token_file: " + bad.path().string() +
            " can be read by every user; give it to the daemon's user, with mode 600");
  CHECK(secrets->warnings[1].find("fewer than 16 characters") != std::string::npos);
}

TEST_CASE("every secret file is looked at, and warnings follow the faults", "[secrets]") {
  const SecretFile wide{"s3cr3t", 0640};
  config::Config config;
  config.redis.password_file = wide.path();
  config.mail.smtp.password_file = wide.path();
  config.repo_check.credentials_file = wide.path();
  config.repo_check.method = config::ProbeMethod::kCluster;
  CHECK(ReadSecrets(config)->warnings.size() == 3);

  config.receiver.token_file = "/nonexistent/token";
  const auto secrets = ReadSecrets(config);
  REQUIRE_FALSE(secrets);
  const std::string& all = secrets.error().message;
  CHECK(all.rfind("receiver.token_file: cannot read /nonexistent/token: No such file or "
                  "directory\nwarning: ",
                  0) == 0);
  CHECK(std::count(all.begin(), all.end(), '\n') == 3);
}

}  // namespace
}  // namespace backup_monitor::app
