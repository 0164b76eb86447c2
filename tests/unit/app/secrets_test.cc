#include "app/secrets.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace backup_monitor {
namespace {

class SecretFile {
 public:
  explicit SecretFile(const std::string& content) {
    std::string name = (std::filesystem::temp_directory_path() / "backup-monitor-secret-XXXXXX").string();
    const int file = mkstemp(name.data());
    REQUIRE(file >= 0);
    close(file);
    path_ = name;
    std::ofstream{path_} << content;
  }
  ~SecretFile() { std::filesystem::remove(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST_CASE("a secret is the file's content without its last line end", "[secrets]") {
  const auto* content = GENERATE("s3cr3t", "s3cr3t\n", "s3cr3t\r\n");
  const SecretFile file{content};
  const auto secret = ReadSecretFile(file.path());
  REQUIRE(secret);
  CHECK(secret->Reveal() == "s3cr3t");
}

TEST_CASE("an empty, missing or huge secret is refused and the file named", "[secrets][hostile]") {
  const SecretFile empty{"\n"};
  const SecretFile huge{std::string(5000, 'x')};
  for (const auto& path : {empty.path(), huge.path(), std::filesystem::path{"/nonexistent/token"}}) {
    CAPTURE(path);
    const auto secret = ReadSecretFile(path);
    REQUIRE_FALSE(secret);
    CHECK(secret.error().message.find(path.string()) != std::string::npos);
  }
}

TEST_CASE("every secret file that cannot be read is told at once, under its key", "[secrets]") {
  Config config;
  config.receiver.token_file = "/nonexistent/token";
  config.redis.password_file = "/nonexistent/redis";

  const auto token = ReadWebhookToken(config);

  REQUIRE_FALSE(token);
  CHECK(token.error().message.find("receiver.token_file: ") != std::string::npos);
  CHECK(token.error().message.find("redis.password_file: ") != std::string::npos);
}

TEST_CASE("without files there is no token", "[secrets]") {
  const auto token = ReadWebhookToken(Config{});
  REQUIRE(token);
  CHECK(token->empty());
}

}  // namespace
}  // namespace backup_monitor
