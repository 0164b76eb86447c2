#include "notify/courier.h"

#include "catch.h"
#include "unit/notify/courier_world.h"

namespace backup_monitor::notify {
namespace {

using testing::CourierWorld;

TEST_CASE("a message goes to each recipient once, as the same bytes", "[notify]") {
  CourierWorld world;
  const auto id = world.outbox.Post(world.Mail({"a@example.org", "b@example.org"}));

  world.Pass();
  world.Pass();

  const auto mails = world.notifier.AcceptedMails();
  REQUIRE(mails.size() == 2);
  CHECK(mails[0].message.mail == mails[1].message.mail);
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.outbox.At(id, "b@example.org").attempts.at(0).detail == "250 2.0.0 taken");
  CHECK(world.Exposes("backup_monitor_messages_delivered_total 2"));
  CHECK(world.Exposes("backup_monitor_relay_reachable 1"));
}

TEST_CASE("a refused recipient does not touch the others", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("b@example.org", AttemptResult::kPermanent, "550 5.1.1 no such user");
  const auto id =
      world.outbox.Post(world.Mail({"a@example.org", "b@example.org", "c@example.org"}));

  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.StateOf(id, "b@example.org") == DeliveryState::kFailed);
  CHECK(world.StateOf(id, "c@example.org") == DeliveryState::kDelivered);
  CHECK(world.Exposes("backup_monitor_messages_failed 1"));
  CHECK(world.Exposes(R"(backup_monitor_delivery_attempts_total{result="permanent"} 1)"));
}

TEST_CASE("a delivery that failed for now is due again exactly when its wait is over", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "451 4.7.1 try later");
  world.outbox.Post(world.Mail({"a@example.org"}));

  CHECK(world.Pass() == world.clock.Now() + seconds{30});
  world.clock.Advance(seconds{29});
  world.Pass();
  CHECK(world.notifier.Tried().size() == 1);
  world.clock.Advance(seconds{1});
  CHECK(world.Pass() == world.clock.Now() + seconds{60});
  CHECK(world.notifier.Tried().size() == 2);
}

TEST_CASE("after three days of refusals a delivery is shown as undeliverable", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection to the relay");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  const Time end = world.clock.Now() + std::chrono::days{3};

  world.RunUntil(end - seconds{1});
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
  CHECK(world.Exposes("backup_monitor_relay_reachable 0"));
  world.RunUntil(end);

  const auto row = world.outbox.At(id, "a@example.org");
  CHECK(row.state == DeliveryState::kFailed);
  CHECK(row.attempts.back().at == end);
  CHECK(row.delivery.attempts > 70);
  CHECK(row.delivery.attempts < 90);
  CHECK(world.summarized.empty());
}

TEST_CASE("what was never tried goes before what failed already", "[notify]") {
  CourierWorld world;
  world.notifier.Answer("slow@example.org", AttemptResult::kTemporary, "no answer");
  world.outbox.Post(world.Mail({"slow@example.org"}));
  world.Pass();
  world.clock.Advance(seconds{30});
  world.outbox.Post(world.Mail({"new@example.org"}));

  world.Pass();

  CHECK(world.notifier.Tried() ==
        std::vector<std::string>{"slow@example.org", "new@example.org", "slow@example.org"});
}

TEST_CASE("a disabled relay lets everything wait without counting attempts", "[notify]") {
  CourierWorld world;
  world.notifier.SetEnabled(false);
  const auto id = world.outbox.Post(world.Mail({"a@example.org", "b@example.org"}));

  world.RunUntil(world.clock.Now() + std::chrono::days{2});

  const auto row = world.outbox.At(id, "b@example.org");
  CHECK(row.state == DeliveryState::kWaiting);
  CHECK(row.delivery.attempts == 0);
  REQUIRE(row.attempts.size() == 1);  // said once, not every few minutes
  CHECK(row.attempts[0].result == AttemptResult::kDisabled);
  CHECK(world.Exposes("backup_monitor_messages_waiting 2"));

  world.notifier.SetEnabled(true);
  world.RunUntil(world.clock.Now() + seconds{240});
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.StateOf(id, "b@example.org") == DeliveryState::kDelivered);
}

TEST_CASE("with nothing to do it looks again within a minute, since the clock may jump",
          "[notify]") {
  CourierWorld world;
  CHECK(world.Pass() == world.clock.Now() + seconds{60});
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "451 4.7.1 try later");
  world.outbox.Post(world.Mail({"a@example.org"}));
  world.RunUntil(world.clock.Now() + seconds{1800});
  CHECK(world.Pass() == world.clock.Now() + seconds{60});
}

TEST_CASE("a relay that answers with three digits and no more has answered", "[notify]") {
  CourierWorld world;
  const auto [detail, reachable] =
      GENERATE(table<std::string, std::string>({{"451", "1"}, {"45", "0"}, {"45x busy", "0"}}));
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, detail);
  world.outbox.Post(world.Mail({"a@example.org"}));
  world.Pass();
  CHECK(world.Exposes("backup_monitor_relay_reachable " + reachable));
}

TEST_CASE("a changed relay is tried at once", "[notify]") {
  CourierWorld world;
  world.notifier.SetEnabled(false);
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.Pass();
  world.notifier.SetEnabled(true);
  world.Pass();
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);

  world.running->RelayChanged();
  world.Pass();

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kDelivered);
}

}  // namespace
}  // namespace backup_monitor::notify
