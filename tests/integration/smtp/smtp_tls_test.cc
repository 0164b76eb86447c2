
#include "catch.h"
#include "integration/smtp/smtp_world.h"

namespace backup_monitor::smtp {
namespace {

using testing::SmtpWorld;

bool Says(const Attempt& attempt, const char* words) {
  return attempt.detail.find(words) != std::string::npos;
}

TEST_CASE("a trusted certificate makes an encrypted delivery", "[smtp]") {
  const auto encryption = GENERATE(Encryption::kStartTls, Encryption::kTls);
  SmtpWorld world{encryption};
  world.UsePassword(SmtpWorld::kPassword);
  world.peer.SetRules(R"({"users": {"relay": "s3cret/Passw0rd"}})");

  CHECK(world.Deliver().result == AttemptResult::kDelivered);

  CHECK(world.peer.Log().find(R"("tls": true)") != std::string::npos);
}

TEST_CASE("a certificate that nobody vouches for is refused before anything is said", "[smtp]") {
  const auto encryption = GENERATE(Encryption::kStartTls, Encryption::kTls);
  SmtpWorld world{encryption};
  world.manner.ca_bundle = "/etc/ssl/certs/ca-certificates.crt";

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(Says(attempt, "the relay's certificate is not trusted: "));
  CHECK(world.peer.Mails().empty());
  CHECK(world.peer.Log().find("MAIL FROM") == std::string::npos);
}

TEST_CASE("a certificate for another name is refused", "[smtp]") {
  SmtpWorld world{Encryption::kTls};
  world.smarthost.value->host = "other.localhost";  // RFC 6761 section 6.3: always loopback

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(Says(attempt, "the relay's certificate is not trusted: "));
  CHECK(Says(attempt, "other.localhost"));
  CHECK(world.peer.Mails().empty());
}

TEST_CASE("without verification any certificate is accepted", "[smtp]") {
  const auto encryption = GENERATE(Encryption::kStartTls, Encryption::kTls);
  SmtpWorld world{encryption};
  world.smarthost.value->tls_verify = false;
  for (const auto* bundle : {"", "/etc/ssl/certs/ca-certificates.crt"}) {
    world.manner.ca_bundle = bundle;
    CHECK(world.Deliver().result == AttemptResult::kDelivered);
  }
}

TEST_CASE("where STARTTLS is not offered nothing goes out in the clear", "[smtp]") {
  SmtpWorld world{Encryption::kStartTls};
  world.UsePassword(SmtpWorld::kPassword);
  world.peer.SetRules(R"({"starttls": "missing", "users": {"relay": "s3cret/Passw0rd"}})");

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kRefused);
  CHECK(attempt.detail == "the relay does not offer STARTTLS");
  CHECK(world.peer.Log().find("AUTH") == std::string::npos);
  CHECK(world.peer.Log().find("MAIL FROM") == std::string::npos);
}

TEST_CASE("where STARTTLS is refused nothing goes out in the clear", "[smtp]") {
  SmtpWorld world{Encryption::kStartTls};
  world.peer.SetRules(R"({"starttls": "454 4.7.0 TLS not available"})");

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(attempt.detail == "454 4.7.0 TLS not available (the relay refuses STARTTLS)");
  CHECK(world.peer.Log().find("MAIL FROM") == std::string::npos);
}

TEST_CASE("TLS spoken to a relay without it is temporary and said so", "[smtp]") {
  SmtpWorld world;
  world.smarthost.value->encryption = Encryption::kTls;
  world.smarthost.value->tls_verify = false;

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kTemporary);
  CAPTURE(attempt.detail);
  CHECK(Says(attempt, "no TLS on port "));
  CHECK(
      Says(attempt, " of the relay localhost: set the encryption to STARTTLS, or the port to 465"));
}

TEST_CASE("a missing file of trusted certificates is said so", "[smtp]") {
  SmtpWorld world{Encryption::kTls};
  world.manner.ca_bundle = GENERATE("", "/nonexistent/ca.crt");

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(Says(attempt, "trusted"));
}

}  // namespace
}  // namespace backup_monitor::smtp
