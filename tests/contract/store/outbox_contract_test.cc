
#include "catch.h"
#include "contract/store/outbox_worlds.h"

namespace backup_monitor::testing {
namespace {

TEMPLATE_LIST_TEST_CASE("every part of a message comes back", "[store]", OutboxWorlds) {
  TestType world;
  Message message = MessageTo({"a@example.org", "b@example.org"});
  message.kind = ReportKind::kUpdate;
  message.runs = {RunId{9}, RunId{4}};
  for (const int run : {4, 9}) world.AddRun(run);
  message.request = TriggerId{17};
  message.thread_root = "<root@example.org>";
  message.mail.assign(200'000, 'x');
  message.mail += "\r\n";
  message.html = "<p>caff\xc3\xa8</p>\n" + std::string(100'000, 'y');
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
  CHECK(fetched->html == message.html);
}

TEMPLATE_LIST_TEST_CASE("a message of a run that does not exist is refused", "[store]",
                        OutboxWorlds) {
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

TEMPLATE_LIST_TEST_CASE("a recipient named twice gets one mail", "[store]", OutboxWorlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org", "b@example.org", "a@example.org"}));

  CHECK(world.outbox().Due(At(9999), 10)->size() == 2);
  CHECK(world.outbox().Fetch(id)->recipients.size() == 2);
}

TEMPLATE_LIST_TEST_CASE("what is not there cannot be fetched or recorded", "[store]",
                        OutboxWorlds) {
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

TEMPLATE_LIST_TEST_CASE("one recipient's fate does not touch the others", "[store]", OutboxWorlds) {
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
  const store::DeliveryStatus failed = world.Delivery(id, 1);
  CHECK(failed.state == DeliveryState::kFailed);
  REQUIRE(failed.attempts.size() == 1);
  CHECK(failed.attempts[0].at == At(1002));
  CHECK(failed.attempts[0].result == AttemptResult::kPermanent);
  CHECK(failed.attempts[0].detail == "550 no");
}

TEMPLATE_LIST_TEST_CASE("a delivered mail stays delivered", "[store]", OutboxWorlds) {
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
                        OutboxWorlds) {
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

TEMPLATE_LIST_TEST_CASE("the newest 50 attempts are kept, oldest first", "[store]", OutboxWorlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org"}));
  for (int i = 1; i <= 53; ++i) {
    REQUIRE(world.outbox().Record(id, "a@example.org", Tried(AttemptResult::kTemporary, i),
                                  DeliveryState::kWaiting, At(1000)));
  }

  const store::DeliveryStatus delivery = world.Delivery(id, 0);
  REQUIRE(delivery.attempts.size() == 50);
  CHECK(delivery.attempts.front().at == At(4));
  CHECK(delivery.attempts.back().at == At(53));
  CHECK(world.outbox().Due(At(1000), 1)->front().attempts == 53);
}

TEMPLATE_LIST_TEST_CASE("a changed relay makes everything waiting due", "[store]", OutboxWorlds) {
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
                        OutboxWorlds) {
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

TEMPLATE_LIST_TEST_CASE(
    "a message that is sent again is due for everybody, what became of it before stays told",
    "[store]", OutboxWorlds) {
  TestType world;
  const MessageId id = world.Posted(MessageTo({"a@example.org", "b@example.org"}));
  const MessageId other = world.Posted(MessageTo({"a@example.org"}));
  REQUIRE(world.outbox().Record(id, "a@example.org", Tried(AttemptResult::kDelivered),
                                DeliveryState::kDelivered, At(0)));
  REQUIRE(world.outbox().Record(id, "b@example.org", Tried(AttemptResult::kPermanent),
                                DeliveryState::kFailed, At(0)));
  REQUIRE(world.outbox().Record(other, "a@example.org", Tried(AttemptResult::kDelivered),
                                DeliveryState::kDelivered, At(0)));

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
