#include "notify/dispatcher.h"

#include "catch.h"
#include "unit/notify/courier_world.h"

namespace backup_monitor::notify {
namespace {

using testing::CourierWorld;

TEST_CASE("a posted message is delivered as soon as the dispatcher is woken", "[notify]") {
  CourierWorld world;
  Dispatcher dispatcher{world.Parts()};
  dispatcher.Start(world.notifier);
  world.outbox.Post(world.Mail({"a@example.org"}));
  dispatcher.Wake();

  CHECK(world.notifier.WaitForMails(1));
}

TEST_CASE("stopping does not wait for a relay that hangs", "[notify]") {
  CourierWorld world;
  world.notifier.SetHanging(true);
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  Dispatcher dispatcher{world.Parts()};
  dispatcher.Start(world.notifier);
  REQUIRE(world.notifier.WaitForAttempts(1));

  const auto begin = std::chrono::steady_clock::now();
  dispatcher.Stop();

  CHECK(std::chrono::steady_clock::now() - begin < seconds{2});
  CHECK(world.outbox.At(id, "a@example.org").attempts.empty());
}

TEST_CASE("what could not be stored survives a restart of the dispatcher", "[notify]") {
  CourierWorld world;
  world.outbox.SetWriteFault(Error{ErrorCode::kUnavailable, "the disk is full"});
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  Dispatcher dispatcher{world.Parts()};
  dispatcher.Start(world.notifier);
  REQUIRE(world.notifier.WaitForMails(1));
  dispatcher.Stop();

  world.outbox.Heal();
  const auto next = world.outbox.Post(world.Mail({"b@example.org"}));
  dispatcher.Start(world.notifier);
  REQUIRE(world.notifier.WaitForMails(2));
  dispatcher.Stop();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.StateOf(next, "b@example.org") == DeliveryState::kDelivered);
  CHECK(world.notifier.Tried() == std::vector<std::string>{"a@example.org", "b@example.org"});
}

TEST_CASE("a changed relay wakes the dispatcher", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection");
  world.outbox.Post(world.Mail({"a@example.org"}));
  Dispatcher dispatcher{world.Parts()};
  dispatcher.Start(world.notifier);
  REQUIRE(world.notifier.WaitForAttempts(1));

  dispatcher.RelayChanged();

  CHECK(world.notifier.WaitForAttempts(2));
}

}  // namespace
}  // namespace backup_monitor::notify
