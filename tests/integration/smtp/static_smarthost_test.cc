#include "adapters/smtp/static_smarthost.h"

#include <cstdlib>
#include <fstream>

#include "adapters/smtp/ca_bundle.h"
#include "catch.h"
#include "integration/smtp/smtp_peer.h"

namespace backup_monitor::smtp {
namespace {

TEST_CASE("the configured relay is read with the password of the moment", "[smtp]") {
  const testing::TemporaryFolder folder;
  config::SmtpConfig config;
  config.host = "relay.example.org";
  config.port = 587;
  config.encryption = Encryption::kStartTls;
  config.username = "monitor";
  config.password_file = folder.path() / "password";
  StaticSmarthost source{config};

  std::ofstream{config.password_file} << "first \n\n";
  const auto first = source.Read();
  std::ofstream{config.password_file} << "second\r\n";
  const auto second = source.Read();

  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->enabled);
  CHECK(first->host == "relay.example.org");
  CHECK(first->port == 587);
  CHECK(first->encryption == Encryption::kStartTls);
  CHECK(first->password.Reveal() == "first ");
  CHECK(second->password.Reveal() == "second");
}

TEST_CASE("a password file that is missing or holds no password is an error", "[smtp][hostile]") {
  const testing::TemporaryFolder folder;
  config::SmtpConfig config;
  config.password_file = folder.path() / "password";
  StaticSmarthost source{config};

  const auto missing = source.Read();
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::kUnavailable);
  CHECK(missing.error().message.find(config.password_file.string()) != std::string::npos);

  std::ofstream{config.password_file} << std::string(5000, 'x');
  CHECK_FALSE(source.Read());
  config.password_file = folder.path();
  CHECK_FALSE(StaticSmarthost{config}.Read());
}

TEST_CASE("SSL_CERT_FILE chooses the trusted certificates", "[smtp]") {
  ::setenv("SSL_CERT_FILE", "/some/where.pem", 1);
  CHECK(FindCaBundle() == "/some/where.pem");
  ::unsetenv("SSL_CERT_FILE");
  CHECK(FindCaBundle() != "/some/where.pem");
}

}  // namespace
}  // namespace backup_monitor::smtp
