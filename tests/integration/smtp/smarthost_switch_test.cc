
#include "catch.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_outbox.h"
#include "integration/smtp/smtp_world.h"
#include "notify/courier.h"

namespace backup_monitor::smtp {
namespace {

using testing::FakeClock;
using testing::FakeOutbox;
using testing::SmtpWorld;

struct DeliveryWorld : SmtpWorld {
  FakeClock clock;
  FakeOutbox outbox;
  Metrics metrics;
  SmtpNotifier notifier{smarthost, manner};
  notify::Courier courier{
      {.outbox = outbox,
       .clock = clock,
       .metrics = metrics,
       .write_summary = [this](const auto& subjects) { return Summary(subjects); },
       .random = [] { return 0.5; }}};

  Message Dated(std::string mail) const {
    auto message = Mail(std::move(mail));
    message.recipients = {"a@example.org"};
    message.created_at = clock.Now();
    return message;
  }
  Message Summary(const std::vector<WaitingSubject>& subjects) const {
    auto message = Dated("summary of " + std::to_string(subjects.size()) + "\r\n");
    message.kind = ReportKind::kUndelivered;
    return message;
  }
  void Pass() { static_cast<void>(courier.Pass(notifier, stop.get_token())); }
};

TEST_CASE("a disabled smarthost keeps the mail until it is enabled", "[smtp]") {
  DeliveryWorld world;
  world.smarthost.value->enabled = false;
  world.outbox.Post(world.Dated("hello\r\n"));
  world.Pass();
  CHECK(world.peer.Log().empty());

  world.smarthost.value->enabled = true;
  world.courier.RelayChanged();
  world.Pass();

  CHECK(world.peer.Mails() == std::vector<std::string>{"To: a@example.org\r\nhello\r\n"});
}

TEST_CASE("what waited over three days arrives as one summary", "[smtp]") {
  DeliveryWorld world;
  world.smarthost.value->enabled = false;
  world.outbox.Post(world.Dated("first\r\n"));
  world.outbox.Post(world.Dated("second\r\n"));
  world.Pass();
  world.clock.Advance(std::chrono::days{4});
  world.outbox.Post(world.Dated("third\r\n"));
  world.Pass();

  world.smarthost.value->enabled = true;
  world.courier.RelayChanged();
  world.Pass();

  CHECK(world.peer.Mails() == std::vector<std::string>{"To: a@example.org\r\nthird\r\n",
                                                       "To: a@example.org\r\nsummary of 2\r\n"});
}

TEST_CASE("settings that cannot be read leave the mail waiting", "[smtp]") {
  DeliveryWorld world;
  world.smarthost.value = Fail(ErrorCode::kUnavailable, "redis: connection refused");
  const auto id = world.outbox.Post(world.Dated("hello\r\n"));
  world.Pass();

  const auto row = world.outbox.At(id, "a@example.org");
  CHECK(row.state == DeliveryState::kWaiting);
  CHECK(row.attempts.at(0).detail ==
        "the relay's settings cannot be read: redis: connection refused");
}

TEST_CASE("no password is in anything that is kept or shown", "[smtp]") {
  DeliveryWorld world;
  world.UsePassword(SmtpWorld::kPassword);
  const auto* rules = GENERATE(R"({"users": {"relay": "s3cret/Passw0rd"}})",
                               R"({"users": {"relay": "x"}, "auth": "535 not s3cret/Passw0rd"})",
                               R"({"auth": "drop", "users": {"relay": "x"}})");
  world.peer.SetRules(rules);
  const auto id = world.outbox.Post(world.Dated("hello\r\n"));
  world.Pass();

  const auto row = world.outbox.At(id, "a@example.org");
  REQUIRE(row.attempts.size() == 1);
  CHECK(row.attempts[0].detail.find("s3cret") == std::string::npos);
  CHECK(world.metrics.Expose().find("s3cret") == std::string::npos);
  CHECK(world.peer.Log().find("s3cret") == std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::smtp
