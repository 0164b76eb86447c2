#include <catch2/catch.hpp>
#include <tuple>

#include "contract/store/samples.h"
#include "fakes/fake_outbox.h"
#include "fakes/temporary_store.h"

namespace backup_monitor::testing {
namespace {

struct FakeWorld {
  FakeOutbox fake;
  Outbox& outbox() { return fake; }
  void AddRun(std::int64_t id) { fake.AddRun(RunId{id}); }
  MessageId Posted(const Message& message) { return fake.Post(message); }
  bool Refuses(const Message& message) {
    try {
      fake.Post(message);
      return false;
    } catch (const std::invalid_argument&) {
      return true;
    }
  }
  DeliveryStatus Delivery(MessageId message, std::size_t index) {
    const std::string recipient = fake.Fetch(message)->recipients.at(index);
    auto row = fake.At(message, recipient);
    return {recipient, row.state, row.next_attempt, std::move(row.attempts)};
  }
};

struct SqliteWorld {
  TemporaryStore store;
  Outbox& outbox() { return store->outbox(); }
  void AddRun(std::int64_t id) { REQUIRE(Save(store->runs(), ClosedRun(id, "1", 1000, Outcome::kSuccess))); }
  MessageId Posted(const Message& message) { return Post(store->runs(), message); }
  bool Refuses(const Message& message) {
    const auto transaction = store->runs().Begin().value();
    const auto posted = transaction->Post(message);
    return !posted && posted.error().code == ErrorCode::kInvalidInput && transaction->Commit();
  }
  DeliveryStatus Delivery(MessageId message, std::size_t index) {
    return store->archive().ReadMessage(message).value().deliveries.at(index);
  }
};

using Worlds = std::tuple<FakeWorld, SqliteWorld>;

Attempt Tried(AttemptResult result, std::int64_t at = 1001, std::string detail = "451 later") {
  return {At(at), result, std::move(detail)};
}

TEMPLATE_LIST_TEST_CASE("a posted message is due at once for each recipient", "[store]", Worlds) {
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

TEMPLATE_LIST_TEST_CASE("due deliveries come those never tried first, then oldest, at most as many as asked",
                        "[store]", Worlds) {
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

TEMPLATE_LIST_TEST_CASE("reports of runs are due before alerts, requests and tests", "[store]", Worlds) {
  TestType world;
  std::vector<MessageId> posted;
  for (const auto kind : {ReportKind::kAlertSummary, ReportKind::kTest, ReportKind::kOnRequest, ReportKind::kUnknownPlan, ReportKind::kNoStatus,
                          ReportKind::kUndelivered, ReportKind::kUpdate, ReportKind::kFinal, ReportKind::kEarlyNotice}) {
    auto message = MessageTo({"a@example.org"}, 1000);
    message.kind = kind;
    posted.push_back(world.Posted(message));
  }
  // Tried before, and still before what only an alert tells.
  REQUIRE(world.outbox().Record(posted[7], "a@example.org", Tried(AttemptResult::kTemporary),
                                DeliveryState::kWaiting, At(1000)));

  std::vector<MessageId> order;
  const auto all = world.outbox().Due(At(1000), 10);
  for (const auto& due : *all) order.push_back(due.message);

  CHECK(order == std::vector<MessageId>{posted[5], posted[6], posted[8], posted[7], posted[0], posted[3], posted[4],
                                        posted[2], posted[1]});
}

TEMPLATE_LIST_TEST_CASE("what has waited too long can be left out, by the outbox's time and the wall clock's",
                        "[store]", Worlds) {
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

TEMPLATE_LIST_TEST_CASE("time that is taken back makes nothing wait from the future on", "[store]", Worlds) {
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

TEMPLATE_LIST_TEST_CASE("the outbox's time begins where something begins to wait", "[store]", Worlds) {
  TestType world;
  auto& outbox = world.outbox();
  CHECK_FALSE(outbox.ReadTime()->read_at);
  const MessageId id = world.Posted(MessageTo({"a@example.org"}, 1000));
  CHECK(outbox.ReadTime()->read_at == At(1000));
  world.Posted(MessageTo({"a@example.org"}, 1500));
  CHECK(outbox.ReadTime()->read_at == At(1000));
  const auto all = outbox.Due(At(2000), 10);
  for (const auto& due : *all) {
    REQUIRE(outbox.Record(due.message, due.recipient, Tried(AttemptResult::kDelivered), DeliveryState::kDelivered, At(0)));
  }
  REQUIRE(outbox.SendAgain(id, At(7000)));
  CHECK(outbox.ReadTime()->read_at == At(7000));
}

TEMPLATE_LIST_TEST_CASE("a refusal of the relay is counted and shown while it lasts", "[store]", Worlds) {
  TestType world;
  auto& outbox = world.outbox();
  const MessageId id = world.Posted(MessageTo({"a@example.org", "b@example.org", "c@example.org"}));
  CHECK(outbox.Count()->refused == 0);
  CHECK(outbox.Count()->refusal.empty());

  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kRefused, 1001, "550 5.7.1 no"),
                        DeliveryState::kWaiting, At(2000)));
  REQUIRE(outbox.Record(id, "b@example.org", Tried(AttemptResult::kRefused, 1002, "550 5.7.1 newer"),
                        DeliveryState::kWaiting, At(2001)));
  REQUIRE(outbox.Record(id, "c@example.org", Tried(AttemptResult::kRefused, 1003, "550 5.7.1 given up"),
                        DeliveryState::kFailed, At(2002)));
  CHECK(outbox.Count()->refused == 2);
  CHECK(outbox.Count()->refusal == "550 5.7.1 newer");
  CHECK(outbox.Count()->waiting == 2);

  REQUIRE(outbox.Record(id, "b@example.org", Tried(AttemptResult::kTemporary), DeliveryState::kWaiting, At(3000)));
  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kDelivered), DeliveryState::kDelivered, At(0)));
  CHECK(outbox.Count()->refused == 0);
  CHECK(outbox.Count()->refusal.empty());
}

TEMPLATE_LIST_TEST_CASE("a refusal that is not believed yet is kept with its recipient", "[store]", Worlds) {
  TestType world;
  auto& outbox = world.outbox();
  const MessageId id = world.Posted(MessageTo({"b@example.org", "a@example.org"}));
  auto refused = Tried(AttemptResult::kRefused);
  refused.answer = "550 5.1.1";
  REQUIRE(outbox.Record(id, "b@example.org", refused, DeliveryState::kWaiting, At(2000)));
  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kDelivered), DeliveryState::kDelivered, At(0)));

  const auto all = outbox.DeliveriesOf(id).value();

  REQUIRE(all.size() == 2);
  CHECK(all[0].recipient == "b@example.org");
  CHECK(all[0].state == DeliveryState::kWaiting);
  CHECK(all[0].answer == "550 5.1.1");
  CHECK(all[1].state == DeliveryState::kDelivered);
  CHECK(all[1].answer.empty());
  REQUIRE(outbox.Record(id, "b@example.org", Tried(AttemptResult::kTemporary), DeliveryState::kWaiting, At(3000)));
  CHECK(outbox.DeliveriesOf(id)->front().answer.empty());
  CHECK(outbox.DeliveriesOf(MessageId{99})->empty());
}

TEMPLATE_LIST_TEST_CASE("every part of a message comes back", "[store]", Worlds) {
  TestType world;
  Message message = MessageTo({"a@example.org", "b@example.org"});
  message.kind = ReportKind::kUpdate;
  message.runs = {RunId{9}, RunId{4}};
  for (const int run : {4, 9}) world.AddRun(run);
  message.request = TriggerId{17};
  message.thread_root = "<root@example.org>";
  message.mail.assign(200'000, 'x');
  message.mail += "\r\n";
  const MessageId id = world.Posted(message);

  const auto fetched = world.outbox().Fetch(id);

  REQUIRE(fetched);
  CHECK(fetched->id == id);
  CHECK(fetched->kind == message.kind);
  CHECK(fetched->runs == message.runs);
  CHECK(fetched->request == message.request);
  CHECK(fetched->created_at == message.created_at);
  CHECK(fetched->message_id == message.message_id);
  CHECK(fetched->thread_root == message.thread_root);
  CHECK(fetched->sender == message.sender);
  CHECK(fetched->recipients == message.recipients);
  CHECK(fetched->subject == message.subject);
  CHECK(fetched->mail == message.mail);
}

TEMPLATE_LIST_TEST_CASE("a message of a run that does not exist is refused", "[store]", Worlds) {
  TestType world;
  world.AddRun(1);
  Message message = MessageTo({"a@example.org"});
  for (const int run : {2, 0, -1}) {
    CAPTURE(run);
    message.runs = {RunId{1}, RunId{run}};
    CHECK(world.Refuses(message));
  }
  CHECK(world.outbox().Count()->waiting == 0);
}

TEMPLATE_LIST_TEST_CASE("a recipient named twice gets one mail", "[store]", Worlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org", "b@example.org", "a@example.org"}));

  CHECK(world.outbox().Due(At(9999), 10)->size() == 2);
  CHECK(world.outbox().Fetch(id)->recipients.size() == 2);
}

TEMPLATE_LIST_TEST_CASE("what is not there cannot be fetched or recorded", "[store]", Worlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org"}));

  const auto fetched = world.outbox().Fetch(MessageId{999});
  REQUIRE_FALSE(fetched);
  CHECK(fetched.error().code == ErrorCode::kNotFound);
  const auto recorded = world.outbox().Record(
      id, "other@example.org", Tried(AttemptResult::kDelivered), DeliveryState::kDelivered, At(0));
  REQUIRE_FALSE(recorded);
  CHECK(recorded.error().code == ErrorCode::kNotFound);
}

TEMPLATE_LIST_TEST_CASE("one recipient's fate does not touch the others", "[store]", Worlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org", "b@example.org", "c@example.org"}));
  auto& outbox = world.outbox();

  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kDelivered, 1001, "250 ok"),
                        DeliveryState::kDelivered, At(0)));
  REQUIRE(outbox.Record(id, "b@example.org", Tried(AttemptResult::kPermanent, 1002, "550 no"),
                        DeliveryState::kFailed, At(0)));
  REQUIRE(outbox.Record(id, "c@example.org", Tried(AttemptResult::kTemporary),
                        DeliveryState::kWaiting, At(1300)));

  CHECK(outbox.Due(At(1299), 10)->empty());
  REQUIRE(outbox.Due(At(1300), 10)->size() == 1);
  CHECK(outbox.NextDue().value() == At(1300));
  const auto counts = outbox.Count();
  CHECK(counts->waiting == 1);
  CHECK(counts->failed == 1);
  const DeliveryStatus failed = world.Delivery(id, 1);
  CHECK(failed.state == DeliveryState::kFailed);
  REQUIRE(failed.attempts.size() == 1);
  CHECK(failed.attempts[0].at == At(1002));
  CHECK(failed.attempts[0].result == AttemptResult::kPermanent);
  CHECK(failed.attempts[0].detail == "550 no");
}

TEMPLATE_LIST_TEST_CASE("a delivered mail stays delivered", "[store]", Worlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org"}));
  auto& outbox = world.outbox();
  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kDelivered),
                        DeliveryState::kDelivered, At(0)));
  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kTemporary),
                        DeliveryState::kWaiting, At(0)));

  CHECK(outbox.Due(At(9999), 10)->empty());
  CHECK(world.Delivery(id, 0).state == DeliveryState::kDelivered);
}

TEMPLATE_LIST_TEST_CASE("attempts with a disabled relay are shown and not counted", "[store]",
                        Worlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org"}));
  for (const auto result :
       {AttemptResult::kTemporary, AttemptResult::kDisabled, AttemptResult::kTemporary}) {
    REQUIRE(world.outbox().Record(id, "a@example.org", Tried(result), DeliveryState::kWaiting,
                                  At(1000)));
  }

  CHECK(world.outbox().Due(At(1000), 1)->front().attempts == 2);
  CHECK(world.Delivery(id, 0).attempts.size() == 3);
}

TEMPLATE_LIST_TEST_CASE("the newest 50 attempts are kept, oldest first", "[store]", Worlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org"}));
  for (int i = 1; i <= 53; ++i) {
    REQUIRE(world.outbox().Record(id, "a@example.org", Tried(AttemptResult::kTemporary, i),
                                  DeliveryState::kWaiting, At(1000)));
  }

  const DeliveryStatus delivery = world.Delivery(id, 0);
  REQUIRE(delivery.attempts.size() == 50);
  CHECK(delivery.attempts.front().at == At(4));
  CHECK(delivery.attempts.back().at == At(53));
  CHECK(world.outbox().Due(At(1000), 1)->front().attempts == 53);
}

TEMPLATE_LIST_TEST_CASE("a changed relay makes everything waiting due", "[store]", Worlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org", "b@example.org"}));
  auto& outbox = world.outbox();
  REQUIRE(outbox.Record(id, "a@example.org", Tried(AttemptResult::kDisabled),
                        DeliveryState::kWaiting, At(9000)));
  REQUIRE(outbox.Record(id, "b@example.org", Tried(AttemptResult::kPermanent),
                        DeliveryState::kFailed, At(9000)));

  CHECK_FALSE(outbox.ReadTime()->woken_at);
  CHECK(outbox.WakeAll(At(2000)).value() == 1);
  CHECK(outbox.ReadTime()->woken_at == At(2000));
  CHECK(outbox.WakeAll(At(2010)).value() == 0);  // due already: nothing was brought forward
  CHECK(outbox.ReadTime()->woken_at == At(2000));

  const auto due = outbox.Due(At(2000), 10);
  REQUIRE(due->size() == 1);
  CHECK(due->front().recipient == "a@example.org");
}

TEMPLATE_LIST_TEST_CASE("waiting for long ends in one summary, both or neither", "[store]",
                        Worlds) {
  TestType world;
  auto& outbox = world.outbox();
  const MessageId old = world.Posted(MessageTo({"a@example.org", "b@example.org"}, 1000));
  REQUIRE(outbox.CountTime(seconds{1000}, At(2000)));
  const MessageId young = world.Posted(MessageTo({"a@example.org"}, 2000));
  REQUIRE(outbox.CountTime(seconds{500}, At(2500)));
  REQUIRE(outbox.Record(old, "a@example.org", Tried(AttemptResult::kDisabled),
                        DeliveryState::kWaiting, At(90000)));
  REQUIRE(outbox.Record(old, "b@example.org", Tried(AttemptResult::kDelivered),
                        DeliveryState::kDelivered, At(0)));
  CHECK(outbox.WaitingLongerThan(seconds{1500})->empty());
  const auto waiting = outbox.WaitingLongerThan(seconds{1499});
  REQUIRE(waiting);
  REQUIRE(waiting->size() == 1);
  CHECK(waiting->front().message == old);
  CHECK(waiting->front().counted == seconds{1500});

  auto told = *waiting;
  told.push_back({old, "b@example.org", At(1000), {}, 1});  // delivered meanwhile
  REQUIRE(outbox.Summarize(told, MessageTo({"a@example.org"}, 3000)));

  CHECK(world.Delivery(old, 0).state == DeliveryState::kSummarized);
  CHECK(world.Delivery(old, 1).state == DeliveryState::kDelivered);
  CHECK(outbox.WaitingLongerThan(seconds{1499})->empty());
  const auto due = outbox.Due(At(3000), 10);
  REQUIRE(due->size() == 2);
  CHECK(due->front().message == young);
  CHECK(due->back().since == At(3000));
}

TEMPLATE_LIST_TEST_CASE("a message that is sent again is due for everybody, what became of it before stays told",
                        "[store]", Worlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org", "b@example.org"}));
  const MessageId other = world.Posted(MessageTo({"a@example.org"}));
  REQUIRE(world.outbox().Record(id, "a@example.org", Tried(AttemptResult::kDelivered), DeliveryState::kDelivered, At(0)));
  REQUIRE(world.outbox().Record(id, "b@example.org", Tried(AttemptResult::kPermanent), DeliveryState::kFailed, At(0)));
  REQUIRE(world.outbox().Record(other, "a@example.org", Tried(AttemptResult::kDelivered), DeliveryState::kDelivered, At(0)));

  REQUIRE(world.outbox().CountTime(seconds{4000}, At(5000)));

  REQUIRE(world.outbox().SendAgain(id, At(5000)));

  CHECK(world.outbox().Due(At(4999), 10)->empty());
  const auto due = world.outbox().Due(At(5000), 10).value();
  REQUIRE(due.size() == 2);
  CHECK(due[0].since == At(5000));  // its patience begins anew
  CHECK(due[0].attempts == 0);
  CHECK(due[0].counted == seconds{0});
  CHECK(world.Delivery(id, 0).attempts.size() == 1);
  CHECK(world.Delivery(other, 0).state == DeliveryState::kDelivered);
  CHECK(world.outbox().SendAgain(MessageId{99}, At(5000)).error().code == ErrorCode::kNotFound);
}

}  // namespace
}  // namespace backup_monitor::testing
