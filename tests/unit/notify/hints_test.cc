
#include "catch.h"
#include "unit/notify/courier_world.h"

namespace backup_monitor::notify {
namespace {

using std::chrono::days;
using testing::CourierWorld;

TEST_CASE("two hundred hints in 26 s use up nothing", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.Pass();
  REQUIRE(world.notifier.Tried().size() == 1);

  for (int hint = 0; hint < 200; ++hint) {
    world.running->RelayChanged();
    world.Pass();
    if (hint % 8 == 7) world.clock.Advance(seconds{1});
  }

  CHECK(world.notifier.Tried().size() == 2);
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
}

TEST_CASE("a hint within the minute after another is not lost", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection");
  world.outbox.Post(world.Mail({"a@example.org"}));
  world.RunUntil(world.clock.Now() + seconds{3600});  // the next attempt of its own is far away
  const auto before = world.notifier.Tried().size();
  world.running->RelayChanged();
  world.Pass();
  REQUIRE(world.notifier.Tried().size() == before + 1);

  world.clock.Advance(seconds{10});
  world.running->RelayChanged();
  CHECK(world.Pass() == world.clock.Now() + seconds{50});
  world.clock.Advance(seconds{49});
  world.Pass();
  CHECK(world.notifier.Tried().size() == before + 1);
  world.clock.Advance(seconds{1});
  world.Pass();

  CHECK(world.notifier.Tried().size() == before + 2);
}

TEST_CASE("a hint with nothing to bring forward uses up no minute", "[notify]") {
  CourierWorld world;
  world.running->RelayChanged();
  world.Pass();
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection");
  world.outbox.Post(world.Mail({"a@example.org"}));
  world.Pass();
  world.running->RelayChanged();
  world.Pass();

  CHECK(world.notifier.Tried().size() == 2);
}

TEST_CASE("a daemon that restarts every 30 s uses up nothing and tries once a minute", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  const Time end = world.clock.Now() + std::chrono::hours{2};
  while (world.clock.Now() < end) {
    world.Restart();
    world.RunUntil(world.clock.Now() + seconds{30});
  }

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
  CHECK(world.notifier.Tried().size() > 60);
  CHECK(world.notifier.Tried().size() <= 125);
}

TEST_CASE("restarts every 30 s for three days end in giving up at three days, as ever",
          "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  const Time end = world.clock.Now() + days{3};
  while (world.clock.Now() < end - seconds{60}) {
    world.Restart();
    world.RunUntil(world.clock.Now() + seconds{30});
  }
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
  world.RunUntil(end + seconds{60});

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kFailed);
}

TEST_CASE("a smarthost that was disabled is used at once, whatever was hinted before", "[notify]") {
  CourierWorld world;
  world.notifier.SetEnabled(false);
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.Pass();
  world.running->RelayChanged();
  world.Pass();
  world.notifier.SetEnabled(true);
  world.running->RelayChanged();
  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
}

}  // namespace
}  // namespace backup_monitor::notify
