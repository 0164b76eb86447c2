#include "notify/held_notifier.h"

#include "catch.h"
#include "notify/dispatcher.h"
#include "unit/notify/courier_world.h"

namespace backup_monitor::notify {
namespace {

using testing::CourierWorld;

TEST_CASE("held mail waits, says why, and counts no attempt", "[notify]") {
  CourierWorld world;
  HeldNotifier held;
  const auto id = world.outbox.Post(world.Mail({"a@example.org", "b@example.org"}));

  (void)world.running->Pass(held, world.stop.get_token());

  const auto row = world.outbox.At(id, "b@example.org");
  CHECK(row.state == DeliveryState::kWaiting);
  CHECK(row.delivery.attempts == 0);
  REQUIRE(row.attempts.size() == 1);
  CHECK(row.attempts[0].result == AttemptResult::kDisabled);
  CHECK(row.attempts[0].detail == "mail is held: mail.hold is true");
  CHECK(world.notifier.Tried().empty());
}

TEST_CASE("held mail is not summed up however long it waits", "[notify]") {
  CourierWorld world;
  HeldNotifier held;
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.clock.Advance(std::chrono::days{30});

  (void)world.running->Pass(held, world.stop.get_token());

  CHECK(world.summarized.empty());
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
}

TEST_CASE("mail that is no longer held goes out when the delivery starts anew", "[notify]") {
  CourierWorld world;
  HeldNotifier held;
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  (void)world.running->Pass(held, world.stop.get_token());
  REQUIRE(world.outbox.At(id, "a@example.org").next_attempt > world.clock.Now());
  Dispatcher dispatcher{world.Parts()};

  dispatcher.Start(world.notifier);

  CHECK(world.notifier.WaitForMails(1));
}

TEST_CASE("a relay that is disabled too is said after mail was held", "[notify]") {
  CourierWorld world;
  HeldNotifier held;
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  (void)world.running->Pass(held, world.stop.get_token());
  world.notifier.SetEnabled(false);
  world.running->RelayChanged();

  world.Pass();

  const auto row = world.outbox.At(id, "a@example.org");
  REQUIRE(row.attempts.size() == 2);
  CHECK(row.attempts[1].detail == "the mail relay is disabled");
}

}  // namespace
}  // namespace backup_monitor::notify
