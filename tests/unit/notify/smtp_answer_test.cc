#include "notify/smtp_answer.h"

#include "catch.h"

namespace backup_monitor::notify {
namespace {

TEST_CASE("a refusal names the recipient by its enhanced code", "[notify]") {
  for (const auto* code : {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}) {
    CAPTURE(code);
    const auto text = std::string{code} + " gone";
    CHECK(NamesRecipient(SmtpStep::kRecipient, 550, text));
    CHECK(NamesRecipient(SmtpStep::kRecipient, 556, text));
    CHECK(NamesRecipient(SmtpStep::kContent, 554, text));
    CHECK_FALSE(NamesRecipient(SmtpStep::kMail, 550, text));
    CHECK_FALSE(NamesRecipient(SmtpStep::kRecipient, 450, text));
  }
  for (const auto* code :
       {"5.0.0", "5.1.0", "5.1.4", "5.1.5", "5.1.7", "5.1.8", "5.1.9", "5.1.11", "5.1.100", "5.2.0",
        "5.2.2", "5.3.4", "5.4.4", "5.5.2", "5.6.0", "5.7.1", "4.1.1", "5.11.1"}) {
    CAPTURE(code);
    CHECK_FALSE(NamesRecipient(SmtpStep::kRecipient, 550, std::string{code} + " no such user"));
  }
}

TEST_CASE("without an enhanced code only 550, 551 and 553 at RCPT name the recipient", "[notify]") {
  for (const int code : {550, 551, 553}) {
    CAPTURE(code);
    CHECK(NamesRecipient(SmtpStep::kRecipient, code, "no such user"));
    CHECK(NamesRecipient(SmtpStep::kRecipient, code, ""));
    for (const auto step :
         {SmtpStep::kGreeting, SmtpStep::kHello, SmtpStep::kStartTls, SmtpStep::kLogin,
          SmtpStep::kMail, SmtpStep::kData, SmtpStep::kContent}) {
      CHECK_FALSE(NamesRecipient(step, code, "no such user"));
    }
  }
  for (const int code : {500, 504, 521, 530, 535, 549, 552, 554, 555, 556}) {
    CHECK_FALSE(NamesRecipient(SmtpStep::kRecipient, code, "no such user"));
  }
}

TEST_CASE("words of what a relay's administrator decides name no recipient", "[notify]") {
  for (const auto* text :
       {"relay not permitted", "Relaying denied", "Authentication required", "Access denied",
        "Sender verify failed", "invalid HELO", "rejected by policy", "looks like SPAM",
        "your host is blocked", "please log in first"}) {
    CAPTURE(text);
    CHECK_FALSE(NamesRecipient(SmtpStep::kRecipient, 550, text));
  }
  // With a code of its own the words do not matter: Postfix says so of an unknown user.
  CHECK(NamesRecipient(SmtpStep::kRecipient, 550,
                       "5.1.1 <a@b>: User unknown in relay recipient table"));
}

TEST_CASE("an enhanced code is found behind what some relays put before it", "[notify][hostile]") {
  CHECK(NamesRecipient(SmtpStep::kRecipient, 550, "#5.1.1 bad"));
  CHECK_FALSE(NamesRecipient(SmtpStep::kRecipient, 550, "#5.1.0 Address rejected"));
  CHECK(NamesRecipient(SmtpStep::kRecipient, 550, "(5.1.1) bad"));
  CHECK(NamesRecipient(SmtpStep::kRecipient, 550, "5.1"));  // none: 550 alone
  CHECK(NamesRecipient(SmtpStep::kRecipient, 550, "5.1."));
  CHECK(NamesRecipient(SmtpStep::kRecipient, 550, "5.7777.1"));
}

TEST_CASE("two answers are compared by their codes", "[notify]") {
  CHECK(AnswerCodes("550 5.1.1 <a@b>: unknown") == "550 5.1.1");
  CHECK(AnswerCodes("550 unknown") == "550");
  CHECK(AnswerCodes("550") == "550");
  CHECK(AnswerCodes("5500 x").empty());
  CHECK(AnswerCodes("no connection").empty());
  CHECK(AnswerCodes("").empty());
}

}  // namespace
}  // namespace backup_monitor::notify
