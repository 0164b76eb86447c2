
#include "catch.h"
#include "integration/smtp/smtp_world.h"

namespace backup_monitor::smtp {
namespace {

using testing::SmtpWorld;

const std::string kTo = "To: a@example.org\r\n";

TEST_CASE("a mail arrives as the bytes it has, with its envelope", "[smtp]") {
  SmtpWorld world;

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kDelivered);
  CHECK(attempt.detail == "250 2.0.0 taken");
  CHECK(world.peer.Mails() == std::vector<std::string>{kTo + "Subject: hello\r\n\r\nbody\r\n"});
  CHECK(world.peer.WaitForLog(R"("line": "QUIT")"));
  CHECK(world.peer.Log().find(R"("line": "EHLO monitor.example.org")") != std::string::npos);
  CHECK(world.peer.Log().find(R"("line": "MAIL FROM:<monitor@example.org>)") != std::string::npos);
  CHECK(world.peer.Log().find(R"("line": "RCPT TO:<a@example.org>")") != std::string::npos);
}

TEST_CASE("lines of dots neither end the mail nor change", "[smtp][hostile]") {
  const std::string mail =
      GENERATE(std::string{".\r\n\r\n.\r\n..\r\n...\r\nafter\r\n"},
               std::string{"Subject: x\r\n\r\nbefore\r\n.\r\nMAIL FROM:<x@y>\r\n"},
               "Subject: big\r\n\r\n" + std::string(70'000, '.') + "\r\n.\r\nend\r\n");
  SmtpWorld world;

  CHECK(world.Deliver("a@example.org", SmtpWorld::Mail(mail)).result == AttemptResult::kDelivered);

  CHECK(world.peer.Mails() == std::vector<std::string>{kTo + mail});
}

TEST_CASE("a mail of several megabytes arrives whole", "[smtp]") {
  std::string mail = "Subject: big\r\n\r\n";
  while (mail.size() < 4'000'000) mail += ".line " + std::to_string(mail.size()) + "\r\n";
  SmtpWorld world;

  CHECK(world.Deliver("a@example.org", SmtpWorld::Mail(mail)).result == AttemptResult::kDelivered);

  REQUIRE(world.peer.Mails().size() == 1);
  CHECK((world.peer.Mails()[0] == kTo + mail));
}

TEST_CASE("an address that could inject a command reaches no relay", "[smtp][hostile]") {
  SmtpWorld world;

  const auto attempt = world.Deliver("a@b>\r\nRCPT TO:<victim@example.org");
  CHECK(attempt.result == AttemptResult::kPermanent);
  auto forged = SmtpWorld::Mail();
  forged.sender = "a@b>\r\nDATA";
  CHECK(world.Deliver("a@example.org", forged).result == AttemptResult::kPermanent);

  CHECK(world.peer.Log().empty());
}

TEST_CASE("the user name and password are used where they are given", "[smtp]") {
  const auto* mechanisms = GENERATE("PLAIN LOGIN", "PLAIN", "LOGIN");
  SmtpWorld world;
  world.UsePassword(SmtpWorld::kPassword);
  world.peer.SetRules(R"({"users": {"relay": "s3cret/Passw0rd"}, "mechanisms": ")" +
                      std::string{mechanisms} + R"("})");

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kDelivered);
  CHECK(world.peer.Log().find(R"("user": "relay", "right": true)") != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::smtp
