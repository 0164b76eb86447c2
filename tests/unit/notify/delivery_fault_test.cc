
#include "catch.h"
#include "unit/notify/courier_world.h"

namespace backup_monitor::notify {
namespace {

using testing::CourierWorld;

const Error kDiskFull{ErrorCode::kUnavailable, "the disk is full"};

TEST_CASE("what the relay took is not sent again while that cannot be stored", "[notify]") {
  CourierWorld world;
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.outbox.SetWriteFault(kDiskFull);

  world.RunUntil(world.clock.Now() + seconds{600});
  CHECK(world.notifier.Tried().size() == 1);
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
  world.running->RelayChanged();
  world.RunUntil(world.clock.Now() + seconds{600});
  CHECK(world.notifier.Tried().size() == 1);

  world.outbox.Heal();
  world.RunUntil(world.clock.Now() + seconds{60});
  CHECK(world.notifier.Tried().size() == 1);
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.outbox.At(id, "a@example.org").attempts.at(0).result == AttemptResult::kDelivered);
}

TEST_CASE("retries keep their growing waits while they cannot be stored", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "451 later");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.outbox.SetWriteFault(kDiskFull);

  world.RunUntil(world.clock.Now() + seconds{3600});
  CHECK(world.notifier.Tried().size() >= 5);
  CHECK(world.notifier.Tried().size() <= 8);

  world.notifier.Answer("a@example.org", AttemptResult::kDelivered, "");
  world.outbox.Heal();
  world.RunUntil(world.clock.Now() + seconds{3700});
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
}

TEST_CASE("an outbox that cannot be read is looked at again soon", "[notify]") {
  CourierWorld world;
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.outbox.SetReadFault(kDiskFull);

  CHECK(world.Pass() == world.clock.Now() + seconds{30});
  world.outbox.Heal();
  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
}

TEST_CASE("a clock that steps back delays no retry beyond the next look", "[notify]") {
  CourierWorld world;
  const Time now = world.clock.Now();
  world.clock.Jump(now + std::chrono::days{1500});
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "451 later");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.Pass();

  world.notifier.Answer("a@example.org", AttemptResult::kDelivered, "");
  world.clock.Jump(now);
  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
}

TEST_CASE("a delivery cut short by our own end is no attempt", "[notify]") {
  CourierWorld world;
  const auto id = world.outbox.Post(world.Mail({"a@example.org", "b@example.org"}));
  world.stop.request_stop();

  world.Pass();

  CHECK(world.outbox.At(id, "a@example.org").attempts.empty());
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
}

}  // namespace
}  // namespace backup_monitor::notify
