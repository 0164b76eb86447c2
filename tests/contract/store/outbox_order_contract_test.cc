
#include "catch.h"
#include "contract/store/outbox_worlds.h"

namespace backup_monitor::testing {
namespace {

TEMPLATE_LIST_TEST_CASE("a posted message is due at once for each recipient", "[store]",
                        OutboxWorlds) {
  TestType world;
  CHECK_FALSE(world.outbox().NextDue().value());
  const MessageId id = world.Posted(MessageTo({"b@example.org", "a@example.org"}, 1000));

  CHECK(world.outbox().Due(At(999), 10)->empty());
  const auto due = world.outbox().Due(At(1000), 10);
  REQUIRE(due);
  REQUIRE(due->size() == 2);
  CHECK((*due)[0].message == id);
  CHECK((*due)[0].recipient == "b@example.org");
  CHECK((*due)[0].since == At(1000));
  CHECK((*due)[0].attempts == 0);
  CHECK((*due)[1].recipient == "a@example.org");
  CHECK(world.outbox().NextDue().value() == At(1000));
  CHECK(world.outbox().Count()->waiting == 2);
}

TEMPLATE_LIST_TEST_CASE(
    "due deliveries come those never tried first, then oldest, at most as many as asked", "[store]",
    OutboxWorlds) {
  TestType world;
  const MessageId old = world.Posted(MessageTo({"a@example.org", "b@example.org"}, 1000));
  const MessageId young = world.Posted(MessageTo({"a@example.org"}, 1001));
  REQUIRE(world.outbox().Record(old, "a@example.org", Tried(AttemptResult::kTemporary),
                                DeliveryState::kWaiting, At(2000)));

  const auto two = world.outbox().Due(At(3000), 2);
  REQUIRE(two);
  REQUIRE(two->size() == 2);
  CHECK((*two)[0].message == old);
  CHECK((*two)[0].recipient == "b@example.org");
  CHECK((*two)[1].message == young);
  const auto all = world.outbox().Due(At(3000), 10);
  REQUIRE(all->size() == 3);
  CHECK((*all)[2].recipient == "a@example.org");
  CHECK((*all)[2].attempts == 1);
}

TEMPLATE_LIST_TEST_CASE("reports of runs are due before alerts, requests and tests", "[store]",
                        OutboxWorlds) {
  TestType world;
  std::vector<MessageId> posted;
  for (const auto kind :
       {ReportKind::kAlertSummary, ReportKind::kTest, ReportKind::kOnRequest,
        ReportKind::kUnknownPlan, ReportKind::kNoStatus, ReportKind::kUndelivered,
        ReportKind::kUpdate, ReportKind::kFinal, ReportKind::kEarlyNotice, ReportKind::kLateNotice,
        ReportKind::kNeverDue, ReportKind::kRecoveryPoint, ReportKind::kUnprotected}) {
    auto message = MessageTo({"a@example.org"}, 1000);
    message.kind = kind;
    posted.push_back(world.Posted(message));
  }
  // Tried before, and still before what only an alert tells.
  REQUIRE(world.outbox().Record(posted[7], "a@example.org", Tried(AttemptResult::kTemporary),
                                DeliveryState::kWaiting, At(1000)));

  std::vector<MessageId> order;
  const auto all = world.outbox().Due(At(1000), 13);
  for (const auto& due : *all) order.push_back(due.message);

  CHECK(order == std::vector<MessageId>{posted[5], posted[6], posted[8], posted[9], posted[10],
                                        posted[11], posted[12], posted[7], posted[0], posted[3],
                                        posted[4], posted[2], posted[1]});
}

TEMPLATE_LIST_TEST_CASE(
    "what has waited too long can be left out, by the outbox's time and the wall clock's",
    "[store]", OutboxWorlds) {
  TestType world;
  auto& outbox = world.outbox();
  world.Posted(MessageTo({"a@example.org"}, 1000));
  REQUIRE(outbox.CountTime(seconds{500}, At(1500)));

  CHECK(outbox.Due(At(1500), 10, seconds{500})->size() == 1);
  CHECK(outbox.Due(At(1500), 10, seconds{499})->empty());
  CHECK(outbox.Due(At(1499), 10, seconds{499})->size() == 1);  // the wall clock says otherwise
  CHECK(outbox.Due(At(9000), 10, seconds{500})->size() == 1);
  CHECK(outbox.Due(At(1500), 10)->front().counted == seconds{500});
}

TEMPLATE_LIST_TEST_CASE("time that is taken back makes nothing wait from the future on", "[store]",
                        OutboxWorlds) {
  TestType world;
  auto& outbox = world.outbox();
  world.Posted(MessageTo({"a@example.org"}, 1000));
  REQUIRE(outbox.CountTime(seconds{9000}, At(10'000)));
  world.Posted(MessageTo({"b@example.org"}, 10'000));
  REQUIRE(outbox.CountTime(seconds{-8990}, At(1010)));

  const auto due = outbox.Due(At(20'000), 10).value();

  REQUIRE(due.size() == 2);
  CHECK(due[0].counted == seconds{10});
  CHECK(due[1].counted == seconds{0});
  const auto time = outbox.ReadTime().value();
  CHECK(time.read_at == At(1010));
}

TEMPLATE_LIST_TEST_CASE("the outbox's time begins where something begins to wait", "[store]",
                        OutboxWorlds) {
  TestType world;
  auto& outbox = world.outbox();
  CHECK_FALSE(outbox.ReadTime()->read_at);
  const MessageId id = world.Posted(MessageTo({"a@example.org"}, 1000));
  CHECK(outbox.ReadTime()->read_at == At(1000));
  world.Posted(MessageTo({"a@example.org"}, 1500));
  CHECK(outbox.ReadTime()->read_at == At(1000));
  const auto all = outbox.Due(At(2000), 10);
  for (const auto& due : *all) {
    REQUIRE(outbox.Record(due.message, due.recipient, Tried(AttemptResult::kDelivered),
                          DeliveryState::kDelivered, At(0)));
  }
  REQUIRE(outbox.SendAgain(id, At(7000)));
  CHECK(outbox.ReadTime()->read_at == At(7000));
}

TEMPLATE_LIST_TEST_CASE("a refusal of the relay is counted and shown while it lasts", "[store]",
                        OutboxWorlds) {
  TestType world;
  auto& outbox = world.outbox();
  const MessageId id = world.Posted(MessageTo({"a@example.org", "b@example.org", "c@example.org"}));
  CHECK(outbox.Count()->refused == 0);
  CHECK(outbox.Count()->refusal.empty());

  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kRefused, 1001, "550 5.7.1 no"),
                        DeliveryState::kWaiting, At(2000)));
  REQUIRE(outbox.Record(id, "b@example.org",
                        Tried(AttemptResult::kRefused, 1002, "550 5.7.1 newer"),
                        DeliveryState::kWaiting, At(2001)));
  REQUIRE(outbox.Record(id, "c@example.org",
                        Tried(AttemptResult::kRefused, 1003, "550 5.7.1 given up"),
                        DeliveryState::kFailed, At(2002)));
  CHECK(outbox.Count()->refused == 2);
  CHECK(outbox.Count()->refusal == "550 5.7.1 newer");
  CHECK(outbox.Count()->waiting == 2);

  REQUIRE(outbox.Record(id, "b@example.org", Tried(AttemptResult::kTemporary),
                        DeliveryState::kWaiting, At(3000)));
  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kDelivered),
                        DeliveryState::kDelivered, At(0)));
  CHECK(outbox.Count()->refused == 0);
  CHECK(outbox.Count()->refusal.empty());
}

TEMPLATE_LIST_TEST_CASE("a refusal that is not believed yet is kept with its recipient", "[store]",
                        OutboxWorlds) {
  TestType world;
  auto& outbox = world.outbox();
  const MessageId id = world.Posted(MessageTo({"b@example.org", "a@example.org"}));
  auto refused = Tried(AttemptResult::kRefused);
  refused.answer = "550 5.1.1";
  REQUIRE(outbox.Record(id, "b@example.org", refused, DeliveryState::kWaiting, At(2000)));
  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kDelivered),
                        DeliveryState::kDelivered, At(0)));

  const auto all = outbox.DeliveriesOf(id).value();

  REQUIRE(all.size() == 2);
  CHECK(all[0].recipient == "b@example.org");
  CHECK(all[0].state == DeliveryState::kWaiting);
  CHECK(all[0].answer == "550 5.1.1");
  CHECK(all[1].state == DeliveryState::kDelivered);
  CHECK(all[1].answer.empty());
  REQUIRE(outbox.Record(id, "b@example.org", Tried(AttemptResult::kTemporary),
                        DeliveryState::kWaiting, At(3000)));
  CHECK(outbox.DeliveriesOf(id)->front().answer.empty());
  CHECK(outbox.DeliveriesOf(MessageId{99})->empty());
}

}  // namespace
}  // namespace backup_monitor::testing
