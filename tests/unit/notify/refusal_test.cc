
#include "catch.h"
#include "unit/notify/courier_world.h"

namespace backup_monitor::notify {
namespace {

using testing::CourierWorld;

constexpr auto kPermanent = AttemptResult::kPermanent;
constexpr auto kUnknown = "550 5.1.1 no such user";

TEST_CASE("what a relay refuses us waits, and shows", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kRefused,
                        "550 5.7.1 Authentication is required");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));

  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
  CHECK(world.Exposes("backup_monitor_messages_refused 1"));
  CHECK(world.Exposes(R"(backup_monitor_delivery_attempts_total{result="refused"} 1)"));
  CHECK(world.Exposes("backup_monitor_relay_reachable 1"));
  CHECK(world.outbox.Count()->refusal == "550 5.7.1 Authentication is required");

  world.notifier.Answer("a@example.org", AttemptResult::kDelivered, "");
  world.RunUntil(world.clock.Now() + seconds{30});
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.Exposes("backup_monitor_messages_refused 0"));
}

TEST_CASE("a refusal for three days is given up, not before", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kRefused, "550 5.7.1 no");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  const Time end = world.clock.Now() + std::chrono::days{3};

  world.RunUntil(end - seconds{1});
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
  world.RunUntil(end);

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kFailed);
  CHECK(world.Exposes("backup_monitor_messages_refused 0"));
}

TEST_CASE("the only recipient that the relay does not know fails at once", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", kPermanent, kUnknown);
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));

  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kFailed);
}

TEST_CASE("an address that no relay was asked about fails at once", "[notify]") {
  CourierWorld world;
  for (const auto* who : {"a@example.org", "b@example.org"})
    world.notifier.Answer(who, kPermanent, kUnknown);
  const auto id = world.outbox.Post(world.Mail({"a@example.org", "no address", "b@example.org"}));

  world.Pass();

  CHECK(world.StateOf(id, "no address") == DeliveryState::kFailed);
  CHECK(world.StateOf(id, "a@example.org") ==
        DeliveryState::kWaiting);  // that says nothing about the relay
}

TEST_CASE("the same refusal of every recipient is the relay's", "[notify]") {
  CourierWorld world;
  for (const auto* who : {"a@example.org", "b@example.org", "c@example.org"}) {
    world.notifier.Answer(who, kPermanent, std::string{kUnknown} + " " + who);
  }
  const auto id =
      world.outbox.Post(world.Mail({"a@example.org", "b@example.org", "c@example.org"}));

  world.RunUntil(world.clock.Now() + std::chrono::days{2});

  for (const auto* who : {"a@example.org", "b@example.org", "c@example.org"}) {
    CHECK(world.StateOf(id, who) == DeliveryState::kWaiting);
    CHECK(world.outbox.At(id, who).attempts.back().result == AttemptResult::kRefused);
    CHECK(world.outbox.At(id, who).attempts.back().detail.starts_with(kUnknown));
  }
  CHECK(world.Exposes("backup_monitor_messages_refused 3"));
}

TEST_CASE("the first of several recipients is asked about again when another has got the mail",
          "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", kPermanent, kUnknown);
  const auto id = world.outbox.Post(world.Mail({"a@example.org", "b@example.org"}));

  world.Pass();
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
  CHECK(world.StateOf(id, "b@example.org") == DeliveryState::kDelivered);
  world.RunUntil(world.clock.Now() + seconds{30});

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kFailed);
  CHECK(world.notifier.Tried() ==
        std::vector<std::string>{"a@example.org", "b@example.org", "a@example.org"});
}

TEST_CASE("recipients that are refused with different codes each fail", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", kPermanent, kUnknown);
  world.notifier.Answer("b@example.org", kPermanent, "550 5.2.1 disabled");
  const auto id = world.outbox.Post(world.Mail({"a@example.org", "b@example.org"}));

  world.RunUntil(world.clock.Now() + seconds{30});

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kFailed);
  CHECK(world.StateOf(id, "b@example.org") == DeliveryState::kFailed);
}

TEST_CASE("a relay that knew nobody for a while delivers when it knows them again", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", kPermanent, kUnknown);
  world.notifier.Answer("b@example.org", kPermanent, kUnknown);
  const auto id = world.outbox.Post(world.Mail({"a@example.org", "b@example.org"}));
  world.Pass();

  world.notifier.Answer("a@example.org", AttemptResult::kDelivered, "");
  world.clock.Advance(seconds{30});
  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.StateOf(id, "b@example.org") ==
        DeliveryState::kFailed);  // now it is known to be about b
}

TEST_CASE("what a relay said while it knew nobody ends nothing later", "[notify]") {
  CourierWorld world;
  const std::vector<std::string> all{"a@example.org", "b@example.org", "c@example.org"};
  for (const auto& who : all) world.notifier.Answer(who, kPermanent, kUnknown);
  const auto id = world.outbox.Post(world.Mail(all));
  world.Pass();

  for (const auto& who : {all[1], all[2]})
    world.notifier.Answer(who, AttemptResult::kDelivered, "");
  world.RunUntil(world.clock.Now() + seconds{3600});

  CHECK(world.StateOf(id, all[0]) == DeliveryState::kFailed);
  CHECK(world.StateOf(id, all[1]) == DeliveryState::kDelivered);
  CHECK(world.StateOf(id, all[2]) == DeliveryState::kDelivered);
}

TEST_CASE("a refusal waits for the others' fate when the relay is away for them", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", kPermanent, kUnknown);
  world.notifier.Answer("b@example.org", AttemptResult::kTemporary, "no connection");
  const auto id = world.outbox.Post(world.Mail({"a@example.org", "b@example.org"}));

  world.RunUntil(world.clock.Now() + seconds{600});
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
  world.notifier.Answer("b@example.org", AttemptResult::kDelivered, "");
  world.RunUntil(world.clock.Now() + seconds{3600});

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kFailed);
}

}  // namespace
}  // namespace backup_monitor::notify
