#include <map>
#include <set>

#include "catch.h"
#include "integration/smtp/smtp_world.h"

namespace backup_monitor::smtp {
namespace {

using testing::SmtpWorld;

/// Every id of tests/data/field/relay.json.
std::set<std::string> CaseIds() {
  constexpr std::string_view kKey = R"("id": ")";
  const auto file = testing::ReadFile(RELAY_CASES);
  std::set<std::string> ids;
  for (auto at = file.find(kKey); at != std::string::npos; at = file.find(kKey, at + 1)) {
    const auto start = at + kKey.size();
    ids.insert(file.substr(start, file.find('"', start) - start));
  }
  return ids;
}

struct Case {
  const char* rules;
  AttemptResult result;
  const char* detail;  ///< What it holds.
  void (*arrange)(SmtpWorld&) = [](SmtpWorld&) {};
};

const std::map<std::string, Case>& Cases() {
  static const std::map<std::string, Case> cases{
      {"auth-required-at-mail",
       {R"({"mail": "550 5.7.1 Authentication is required for relay"})", AttemptResult::kRefused,
        "550 5.7.1 Authentication is required for relay (the relay wants a log-in, and no user is "
        "set)"}},
      {"relay-access-denied",
       {R"({"users": {"relay": "s3cret/Passw0rd"}, "login": "encrypted",
            "rcpt": "554 5.7.1 <a@example.org>: Relay access denied"})",
        AttemptResult::kRefused,
        "the relay offers no log-in without encryption: set it to STARTTLS",
        [](SmtpWorld& world) {
          world.UsePassword(SmtpWorld::kPassword);
          world.smarthost.value->encryption = Encryption::kNone;
        }}},
      {"sender-not-owned",
       {R"({"mail": "553 5.7.1 <a@b>: Sender address rejected: not owned by user relay"})",
        AttemptResult::kRefused, "(the relay does not accept this sender: change it)"}},
      {"helo-not-fqdn",
       {R"({"rcpt": "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname"})",
        AttemptResult::kRefused,
        "(the relay does not accept our host name: set mail.smtp.helo_name)"}},
      {"must-starttls",
       {R"({"mail": "530 5.7.0 Must issue a STARTTLS command first."})", AttemptResult::kRefused,
        "(the relay wants encryption: set it to STARTTLS)"}},
      {"closed-after-mail",
       {R"({"mail": "drop"})", AttemptResult::kTemporary, " closed the connection after MAIL"}},
      {"host-blank",
       {"{}", AttemptResult::kDelivered, "250",
        [](SmtpWorld& world) { world.smarthost.value->host = " localhost \t"; }}},
      {"control-no-such-user",
       {R"({"rcpt": "550 5.1.1 <a@example.org>: User unknown"})", AttemptResult::kPermanent,
        "550 5.1.1 <a@example.org>: User unknown"}},
  };
  return cases;
}

TEST_CASE("relays that people have met are judged and explained", "[smtp]") {
  SmtpWorld world{Encryption::kStartTls};
  const auto relay = world.smarthost.value;
  std::set<std::string> tried;
  for (const auto& [id, one] : Cases()) {
    CAPTURE(id);
    tried.insert(id);
    world.smarthost.value = relay;
    world.smarthost.value->encryption = Encryption::kNone;
    one.arrange(world);
    world.peer.SetRules(one.rules);

    const auto attempt = world.Deliver();

    CAPTURE(attempt.detail);
    CHECK(attempt.result == one.result);
    CHECK(attempt.detail.find(one.detail) != std::string::npos);
  }
  CHECK(tried == CaseIds());
}

TEST_CASE("with a user set nothing goes to a relay that offers no log-in", "[smtp]") {
  const auto* rules = GENERATE("{}", R"({"users": {"relay": "x"}, "login": "encrypted"})",
                               R"({"ehlo": ["502 no EHLO", "250 hello"]})");
  CAPTURE(rules);
  SmtpWorld world;
  world.UsePassword(SmtpWorld::kPassword);
  world.peer.SetRules(rules);

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kRefused);
  CHECK(attempt.detail == "a user is set, but the relay offers no log-in; nothing was sent");
  REQUIRE(world.peer.WaitForLog(R"("event": "end")"));
  CHECK(world.peer.Log().find("MAIL FROM") == std::string::npos);
  CHECK(world.peer.Mails().empty());
}

TEST_CASE("after STARTTLS the log-in that is offered then is used", "[smtp]") {
  SmtpWorld world{Encryption::kStartTls};
  world.UsePassword(SmtpWorld::kPassword);
  world.peer.SetRules(R"({"users": {"relay": "s3cret/Passw0rd"}, "login": "encrypted"})");

  CHECK(world.Deliver().result == AttemptResult::kDelivered);

  CHECK(world.peer.Log().find(R"("user": "relay", "right": true)") != std::string::npos);
}

TEST_CASE("an answer to the mail that is no well-formed 250 delivers nothing", "[smtp][hostile]") {
  struct Answer {
    const char* body;
    const char* detail;
  };
  const auto answer = GENERATE(
      Answer{R"(["250x taken", "drop"])", "the relay's answer to the mail is not understood"},
      Answer{R"("250x taken\r\n250 taken")", "the relay's answer to the mail is not understood"},
      Answer{R"("250-taken\r\n251 taken")", "the relay's answer to the mail is not understood"},
      Answer{R"("550-taken\r\n250 taken")", "the relay's answer to the mail is not understood"},
      Answer{R"("251 will forward")",
             "the relay's answer to the mail is not understood: 251 will forward"},
      Answer{R"("299 whatever")", "the relay's answer to the mail is not understood: 299 whatever"},
      Answer{R"("354 go on")", "the relay's answer to the mail is not understood: 354 go on"},
      Answer{R"("hello")", "did not answer within 1 s"});
  CAPTURE(answer.body);
  SmtpWorld world;
  world.manner.timeout = std::chrono::milliseconds{500};
  world.peer.SetRules(R"({"body": )" + std::string{answer.body} + "}");

  const auto attempt = world.Deliver();

  CAPTURE(attempt.detail);
  CHECK(attempt.result == AttemptResult::kTemporary);
}

TEST_CASE("a well-formed 250 may have no text or several lines", "[smtp]") {
  const auto* body = GENERATE("250", "250 ", "250-queued\\r\\n250 as 1");
  SmtpWorld world;
  world.peer.SetRules(R"({"body": ")" + std::string{body} + "\"}");

  CHECK(world.Deliver().result == AttemptResult::kDelivered);
}

TEST_CASE("what the relay said before it was asked is no answer", "[smtp][hostile]") {
  const auto* rules =
      GENERATE(R"({"data": "354 go on\r\n250 2.0.0 taken", "body": "drop"})",
               R"({"data": "354 go on\r\n250 2.0.0 taken", "body": "554 5.6.0 refused"})",
               R"({"rcpt": "250 ok\r\n354 go on\r\n250 2.0.0 taken", "data": "hang"})",
               R"({"connect": "220 hi\r\n250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken"})");
  CAPTURE(rules);
  SmtpWorld world;
  world.peer.SetRules(rules);

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(attempt.detail.find("answers before it is asked") != std::string::npos);
}

TEST_CASE("an answer from before the question delivers nothing over TLS either",
          "[smtp][hostile]") {
  SmtpWorld world{Encryption::kTls};
  world.peer.SetRules(R"({"data": "354 go on\r\n250 2.0.0 taken", "body": "hang"})");

  const auto attempt = world.Deliver();

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(attempt.detail.find("answers before it is asked") != std::string::npos);
}

TEST_CASE("a relay that closes behind its answer has answered", "[smtp]") {
  SmtpWorld world;
  world.peer.SetRules(R"({"rcpt": "421 4.3.2 going down"})");

  CHECK(world.Deliver().detail == "421 4.3.2 going down");
}

TEST_CASE("a dialogue is told line by line without credentials and without the mail", "[smtp]") {
  const auto* mechanisms = GENERATE("PLAIN", "LOGIN");
  SmtpWorld world;
  world.UsePassword(SmtpWorld::kPassword);
  world.peer.SetRules(R"({"users": {"relay": "s3cret/Passw0rd"}, "mechanisms": ")" +
                      std::string{mechanisms} + R"(", "auth": "235 welcome, s3cret/Passw0rd"})");

  const auto outcome = RunSmtpTransaction(
      *world.smarthost.value,
      {"monitor@example.org", "a@example.org", "Subject: x\r\n\r\nbody\r\n"}, world.manner, {});

  REQUIRE(outcome.taken);
  std::string all;
  for (const auto& line : outcome.dialogue) all += line + "\n";
  CHECK(all.starts_with("< 220 peer.test ESMTP\n> EHLO monitor.example.org\n< 250-peer.test\n"));
  CHECK(all.find("> AUTH ***\n") != std::string::npos);
  CHECK(all.find("< 235 welcome, ***\n> MAIL FROM:<monitor@example.org>") != std::string::npos);
  CHECK(all.find("> DATA\n< 354 go on\n> (the mail)\n< 250 2.0.0 taken\n> QUIT\n") !=
        std::string::npos);
  for (const auto* secret : {"s3cret", "czNjcmV0", "AHJlbGF5", "cmVsYXk=", "Subject", "body"}) {
    CAPTURE(secret);
    CHECK(all.find(secret) == std::string::npos);
  }
}

TEST_CASE("a dialogue is bounded", "[smtp][hostile]") {
  SmtpWorld world;
  std::string hello;
  for (int i = 0; i < 80; ++i) hello += "250-" + std::string(i == 1 ? 500 : 20, 'x') + "\\r\\n";
  world.peer.SetRules(R"({"ehlo": ")" + hello + R"(250 end"})");

  const auto outcome = RunSmtpTransaction(
      *world.smarthost.value, {"a@b.example", "c@d.example", "body\r\n"}, world.manner, {});

  CAPTURE(outcome.curl_text, outcome.curl_code, outcome.early, outcome.malformed,
          outcome.reply_code);
  CHECK(outcome.taken);
  CHECK(outcome.dialogue.size() == 61);
  CHECK(outcome.dialogue.back() == "(further lines are omitted)");
  for (const auto& line : outcome.dialogue) CHECK(line.size() <= 202);
}

}  // namespace
}  // namespace backup_monitor::smtp
