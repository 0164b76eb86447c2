#include <chrono>
#include <thread>

#include "catch.h"
#include "contract/notify/relay_under_test.h"

namespace backup_monitor::notify {
namespace {

using testing::RelayUnderTest;

/// What arrives: the mail as it is, and who gets this copy.
std::string MailTo(const std::string& recipient) {
  return "Date: x\nTo: " + recipient + "\nSubject: y\n\n.\nbody\n..\n";
}

Message Sample() {
  Message message;
  message.sender = "monitor@example.org";
  message.mail = "Date: x\r\nSubject: y\r\n\r\n.\r\nbody\r\n..\r\n";
  return message;
}

std::unique_ptr<RelayUnderTest> EachRelay() {
  const auto make =
      GENERATE(&testing::MakeFakeRelay, &testing::MakeSmtpRelay, &testing::MakeSendmailRelay);
  return make();
}

bool IsOneLine(const std::string& text) {
  return !text.empty() && text.size() <= 300 &&
         text.find_first_not_of(
             "0123456789 .:-_/()'*@"
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
}

TEST_CASE("a notifier hands over the mail once per call, and names no other recipient",
          "[contract]") {
  const auto relay = EachRelay();

  const auto first = relay->notifier().Deliver(Sample(), "a@example.org", {});
  const auto second = relay->notifier().Deliver(Sample(), "b@example.org", {});

  CHECK(first.result == AttemptResult::kDelivered);
  CHECK(IsOneLine(first.detail));
  CHECK(second.result == AttemptResult::kDelivered);
  CHECK(relay->Mails() ==
        std::vector<std::string>{MailTo("a@example.org"), MailTo("b@example.org")});
  CHECK(relay->notifier().Enabled());
}

TEST_CASE("a notifier tells a refusal for good from one for the moment", "[contract]") {
  const auto relay = EachRelay();

  relay->Refuse("bad@example.org", true);
  const auto permanent = relay->notifier().Deliver(Sample(), "bad@example.org", {});
  const auto other = relay->notifier().Deliver(Sample(), "a@example.org", {});
  relay->Refuse("later@example.org", false);
  const auto temporary = relay->notifier().Deliver(Sample(), "later@example.org", {});
  relay->AcceptAll();
  const auto again = relay->notifier().Deliver(Sample(), "later@example.org", {});

  CHECK(permanent.result == AttemptResult::kPermanent);
  CHECK(IsOneLine(permanent.detail));
  CHECK(other.result == AttemptResult::kDelivered);
  CHECK(temporary.result == AttemptResult::kTemporary);
  CHECK(IsOneLine(temporary.detail));
  CHECK(again.result == AttemptResult::kDelivered);
  CHECK(relay->Mails().size() == 2);
}

TEST_CASE("a notifier is cut short within two seconds", "[contract]") {
  const auto relay = EachRelay();
  relay->Hang();
  std::stop_source stop;
  Attempt attempt;
  std::jthread delivery{
      [&] { attempt = relay->notifier().Deliver(Sample(), "a@example.org", stop.get_token()); }};
  REQUIRE(relay->WaitUntilBusy());

  const auto begin = std::chrono::steady_clock::now();
  stop.request_stop();
  delivery.join();

  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{2});
  CHECK(attempt.result == AttemptResult::kTemporary);
}

TEST_CASE("a notifier that is already stopped sends nothing", "[contract]") {
  const auto relay = EachRelay();
  std::stop_source stop;
  stop.request_stop();

  const auto attempt = relay->notifier().Deliver(Sample(), "a@example.org", stop.get_token());

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(relay->Mails().empty());
}

TEST_CASE("a notifier refuses an address that could reach beyond its place",
          "[contract][hostile]") {
  const auto relay = EachRelay();
  for (const auto* address :
       {"a@b>\r\nRCPT TO:<c@d", "a b@example.org", "-oX@example.org", "nobody", ""}) {
    CAPTURE(address);
    const auto attempt = relay->notifier().Deliver(Sample(), address, {});
    CHECK(attempt.result == AttemptResult::kPermanent);
    CHECK(attempt.detail.find('\n') == std::string::npos);
  }
  CHECK(relay->Mails().empty());
}

}  // namespace
}  // namespace backup_monitor::notify
