
#include "catch.h"
#include "integration/smtp/smtp_world.h"

namespace backup_monitor::smtp {
namespace {

using testing::SmtpWorld;

struct Refusal {
  const char* rules;
  AttemptResult result;
  const char* detail;
};

TEST_CASE("the relay's answer decides whether trying again can help", "[smtp]") {
  constexpr auto kPermanent = AttemptResult::kPermanent;
  constexpr auto kTemporary = AttemptResult::kTemporary;
  constexpr auto kRefused = AttemptResult::kRefused;
  const Refusal refusals[] = {
      Refusal{R"({"rcpt": "550 5.1.1 no such user"})", kPermanent, "550 5.1.1 no such user"},
      Refusal{R"({"rcpt": "550-5.1.1 no\r\n550 5.1.1 such user"})", kPermanent,
              "550 5.1.1 no 5.1.1 such user"},
      Refusal{R"({"rcpt": "550 no such user here"})", kPermanent, "550 no such user here"},
      Refusal{R"({"body": "550 5.1.1 no such user"})", kPermanent, "550 5.1.1 no such user"},
      Refusal{R"({"mail": "550 5.1.1 no such user"})", kRefused,
              "550 5.1.1 no such user (the relay does not accept this sender: change it)"},
      Refusal{R"({"mail": "553 5.1.8 sender refused"})", kRefused,
              "553 5.1.8 sender refused (the relay does not accept this sender: change it)"},
      Refusal{R"({"rcpt": "550 5.1.7 bad sender"})", kRefused,
              "550 5.1.7 bad sender (the relay does not accept this sender: change it)"},
      Refusal{R"({"rcpt": "550 relay not permitted"})", kRefused,
              "550 relay not permitted (the relay does not forward our mail; it may want a log-in, "
              "and no user is set)"},
      Refusal{R"({"rcpt": "552 5.2.2 mailbox full"})", kRefused, "552 5.2.2 mailbox full"},
      Refusal{R"({"rcpt": "554 5.4.4 no route"})", kRefused, "554 5.4.4 no route"},
      Refusal{R"({"data": "554 5.7.1 no data"})", kRefused, "554 5.7.1 no data"},
      Refusal{R"({"body": "554 5.6.0 content refused"})", kRefused, "554 5.6.0 content refused"},
      Refusal{R"({"body": "552 5.3.4 too big"})", kRefused,
              "552 5.3.4 too big (the mail is too large for the relay)"},
      Refusal{R"({"rcpt": "451 4.7.1 try later"})", kTemporary, "451 4.7.1 try later"},
      Refusal{R"({"rcpt": "421 4.3.2 shutting down"})", kTemporary, "421 4.3.2 shutting down"},
      Refusal{R"({"mail": "452 4.3.1 full"})", kTemporary, "452 4.3.1 full"},
      Refusal{R"({"body": "451 4.3.0 later"})", kTemporary, "451 4.3.0 later"},
      Refusal{R"({"connect": "421 4.3.2 busy"})", kTemporary, "421 4.3.2 busy"},
      Refusal{R"({"connect": "554 5.3.2 no service"})", kRefused, "554 5.3.2 no service"},
      Refusal{R"({"mail": "530 5.7.0 authentication required"})", kRefused,
              "530 5.7.0 authentication required (the relay wants a log-in, and no user is set)"}};
  SmtpWorld world;
  for (const auto& refusal : refusals) {
    CAPTURE(refusal.rules);
    world.peer.SetRules(refusal.rules);

    const auto attempt = world.Deliver();

    CHECK(attempt.result == refusal.result);
    CHECK(attempt.detail == refusal.detail);
    CHECK(world.peer.Mails().empty());
  }
}

TEST_CASE("one of three recipients refused leaves the others their mail", "[smtp]") {
  SmtpWorld world;
  world.peer.SetRules(R"({"rcpt": {"b@example.org": "550 5.1.1 no such user"}})");

  CHECK(world.Deliver("a@example.org").result == AttemptResult::kDelivered);
  CHECK(world.Deliver("b@example.org").result == AttemptResult::kPermanent);
  CHECK(world.Deliver("c@example.org").result == AttemptResult::kDelivered);

  CHECK(world.peer.Mails().size() == 2);
}

TEST_CASE("what QUIT brings does not undo a delivery", "[smtp]") {
  const auto* rules =
      GENERATE(R"({"quit": "drop"})", R"({"quit": "550 no"})", R"({"quit": "hang"})");
  SmtpWorld world;
  world.peer.SetRules(rules);

  const auto begin = std::chrono::steady_clock::now();
  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kDelivered);
  CHECK(attempt.detail == "250 2.0.0 taken");
  CHECK(std::chrono::steady_clock::now() - begin < seconds{5});
}

TEST_CASE("wrong credentials are refused, said so, and the password is not shown", "[smtp]") {
  const auto* answer = GENERATE("535 5.7.8 credentials invalid",
                                "535 5.7.8 not s3cret/Passw0rd nor czNjcmV0L1Bhc3N3MHJk",
                                "535 5.7.8 AHJlbGF5AHMzY3JldC9QYXNzdzByZA==");
  SmtpWorld world;
  world.UsePassword(SmtpWorld::kPassword);
  world.peer.SetRules(R"({"users": {"relay": "other"}, "auth": ")" + std::string{answer} + "\"}");

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kRefused);
  CHECK(attempt.detail.starts_with("535 5.7.8 "));
  CHECK(attempt.detail.find("the relay refuses the user name or password") != std::string::npos);
  CHECK(attempt.detail.find("s3cret") == std::string::npos);
  CHECK(attempt.detail.find("czNjcmV0L1Bhc3N3MHJk") == std::string::npos);
  CHECK(attempt.detail.find("AHJlbGF5") == std::string::npos);
}

TEST_CASE("a relay that wants credentials we do not have lets the mail wait", "[smtp]") {
  SmtpWorld world;
  world.peer.SetRules(R"({"users": {"relay": "s3cret"}})");

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kRefused);
  CHECK(attempt.detail ==
        "530 5.7.0 authentication required (the relay wants a log-in, and no user is set)");
}

TEST_CASE("a relay's answer cannot forge lines or fill the store", "[smtp][hostile]") {
  SmtpWorld world;
  world.peer.SetRules(R"({"rcpt": "550 \u001b[2J\u0007\u202e)" + std::string(5000, 'x') + R"("})");

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kPermanent);
  CHECK(attempt.detail.size() <= 300);
  CHECK(attempt.detail.starts_with("550 [2J xxx"));
}

}  // namespace
}  // namespace backup_monitor::smtp
