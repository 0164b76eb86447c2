#include <thread>

#include "catch.h"
#include "integration/smtp/smtp_world.h"

namespace backup_monitor::smtp {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::SmtpWorld;

TEST_CASE("a refused connection is temporary and names the relay", "[smtp]") {
  SmtpWorld world;
  world.smarthost.value->port = 1;

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(attempt.detail.starts_with("no connection to the relay localhost:1: "));
}

TEST_CASE("an unknown or unusable host name is temporary", "[smtp][hostile]") {
  SmtpWorld world;
  for (const auto* host : {"no-such-host.invalid", "", "a b", "evil/../x", "a@b", "x\r\ny"}) {
    CAPTURE(host);
    world.smarthost.value->host = host;

    const auto attempt = world.Deliver();

    CHECK(attempt.result == AttemptResult::kTemporary);
    CHECK(attempt.detail.starts_with("the relay's host name is not "));
  }
  CHECK(world.peer.Log().empty());
}

TEST_CASE("a relay that falls silent costs the timeout and no more", "[smtp]") {
  SmtpWorld world;
  world.manner.timeout = milliseconds{400};
  for (const auto* step : {"connect", "ehlo", "mail", "rcpt", "data", "body"}) {
    CAPTURE(step);
    world.peer.SetRules(R"({")" + std::string{step} + R"(": "hang"})");

    const auto begin = steady_clock::now();
    const auto attempt = world.Deliver();

    CHECK(attempt.result == AttemptResult::kTemporary);
    CHECK(attempt.detail.find("did not answer within 1 s") != std::string::npos);
    CHECK(steady_clock::now() - begin < seconds{3});
  }
}

TEST_CASE("a stop cuts a hanging delivery short", "[smtp]") {
  SmtpWorld world;
  world.peer.SetRules(R"({"rcpt": "hang"})");
  Attempt attempt;
  std::jthread delivery{[&] { attempt = world.Deliver(); }};
  REQUIRE(world.peer.WaitForLog("RCPT TO"));

  const auto begin = steady_clock::now();
  world.stop.request_stop();
  delivery.join();

  CHECK(steady_clock::now() - begin < seconds{2});
  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(attempt.detail == "cut short: the service is stopping");
}

TEST_CASE("a delivery cut short never leaves a part of the mail as the whole", "[smtp]") {
  SmtpWorld world;
  world.peer.SetRules(R"({"reading": "late"})");
  Attempt attempt;
  std::jthread delivery{[&] { attempt = world.Deliver(); }};
  REQUIRE(world.peer.WaitForLog(R"("line": "DATA")"));

  world.stop.request_stop();
  delivery.join();

  CHECK(attempt.detail == "cut short: the service is stopping");
  REQUIRE(world.peer.WaitForLog(R"("event": "end")"));
  CHECK(world.peer.Mails().empty());
}

TEST_CASE("a connection that breaks leaves the delivery to be tried again", "[smtp]") {
  const auto* rules =
      GENERATE(R"({"reading": "drop"})", R"({"body": "drop"})", R"({"rcpt": "drop"})",
               R"({"connect": "drop"})", R"({"body": "lose"})");
  CAPTURE(rules);
  SmtpWorld world;
  world.peer.SetRules(rules);

  std::string body(300'000, 'x');
  body += "\r\n";
  const auto mail = SmtpWorld::Mail(body);
  const auto attempt = world.Deliver("a@example.org", mail);

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(attempt.detail.starts_with("the relay localhost:"));
  CHECK(attempt.detail.find(" closed the connection ") != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::smtp
