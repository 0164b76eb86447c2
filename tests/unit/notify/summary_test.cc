
#include "catch.h"
#include "unit/notify/courier_world.h"

namespace backup_monitor::notify {
namespace {

using std::chrono::days;
using testing::CourierWorld;

TEST_CASE("what waited over three days for a disabled relay is told in one summary", "[notify]") {
  CourierWorld world;
  world.notifier.SetEnabled(false);
  const auto first = world.outbox.Post(world.Mail({"a@example.org", "b@example.org"}));
  world.RunUntil(world.clock.Now() + seconds{3600});
  const auto second = world.outbox.Post(world.Mail({"a@example.org"}));
  world.RunUntil(world.clock.Now() + days{3});
  const auto fresh = world.outbox.Post(world.Mail({"a@example.org"}));
  world.RunUntil(world.clock.Now() + seconds{3600});
  CHECK(world.summarized.empty());

  world.notifier.SetEnabled(true);
  world.running->RelayChanged();
  world.Pass();

  CHECK(world.StateOf(first, "a@example.org") == DeliveryState::kSummarized);
  CHECK(world.StateOf(first, "b@example.org") == DeliveryState::kSummarized);
  CHECK(world.StateOf(second, "a@example.org") == DeliveryState::kSummarized);
  CHECK(world.StateOf(fresh, "a@example.org") == DeliveryState::kDelivered);
  REQUIRE(world.summarized.size() == 2);
  CHECK(world.summarized[0].subject == "report 1");
  CHECK(world.summarized[1].subject == "report 2");
  REQUIRE(world.notifier.AcceptedMails().size() == 2);
}

TEST_CASE("at exactly three days a message is still sent itself", "[notify]") {
  CourierWorld world;
  world.notifier.SetEnabled(false);
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.RunUntil(world.clock.Now() + days{3});

  world.notifier.SetEnabled(true);
  world.running->RelayChanged();
  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.summarized.empty());
}

TEST_CASE("one tick past three days it is summed up", "[notify]") {
  CourierWorld world;
  world.notifier.SetEnabled(false);
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.RunUntil(world.clock.Now() + days{3} + seconds{1});

  world.notifier.SetEnabled(true);
  world.running->RelayChanged();
  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kSummarized);
  CHECK(world.summarized.size() == 1);
}

TEST_CASE("a summary is never summed up itself", "[notify]") {
  CourierWorld world;
  world.notifier.SetEnabled(false);
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}, ReportKind::kUndelivered));
  world.RunUntil(world.clock.Now() + days{10});

  world.notifier.SetEnabled(true);
  world.running->RelayChanged();
  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.summarized.empty());
}

TEST_CASE("a summary that cannot be stored is written again later", "[notify]") {
  CourierWorld world;
  world.notifier.SetEnabled(false);
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.RunUntil(world.clock.Now() + days{4});
  world.notifier.SetEnabled(true);
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "451 later");
  world.outbox.SetWriteFault(Error{ErrorCode::kUnavailable, "the disk is full"});
  world.RunUntil(world.clock.Now() + seconds{600});
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);

  world.outbox.Heal();
  world.RunUntil(world.clock.Now() + seconds{7200});

  CHECK(world.outbox.Messages().size() == 2);
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kSummarized);
}

}  // namespace
}  // namespace backup_monitor::notify
