#include <catch2/catch.hpp>

#include "contract/store/samples.h"
#include "fakes/temporary_store.h"

namespace backup_monitor::testing {
namespace {

MessageId PostAbout(TemporaryStore& store, std::vector<RunId> runs, std::int64_t created) {
  Message message = MessageTo({"a@example.org"}, created);
  message.runs = std::move(runs);
  return Post(store->runs(), message);
}

void Deliver(TemporaryStore& store, MessageId message) {
  REQUIRE(store->outbox().Record(message, "a@example.org",
                                 {At(1), AttemptResult::kDelivered, "250"},
                                 DeliveryState::kDelivered, At(0)));
}

bool Exists(TemporaryStore& store, MessageId message) {
  return store->archive().ReadMessage(message).has_value();
}

TEST_CASE("closed runs are forgotten from the edge on, open ones never", "[store]") {
  TemporaryStore store;
  const auto closed = [](std::int64_t id, std::int64_t at) {
    Run run = ClosedRun(id, "1", 10, Outcome::kSuccess);
    run.closed_at = At(at);
    AddModule(run, "mail1", Verdict::kSucceeded);
    return run;
  };
  Run open = closed(3, 0);
  open.closed_at.reset();
  for (const Run& run : {closed(1, 4999), closed(2, 5000), open, closed(9, 4000)}) {
    REQUIRE(Save(store->runs(), run));
  }

  REQUIRE(store->runs().Forget(At(5000), {}));

  CHECK(store->archive().List({})->size() == 2);
  CHECK(store->archive().Read(RunId{1}).error().code == ErrorCode::kNotFound);
  CHECK(store->archive().Read(RunId{2})->modules.size() == 1);
  CHECK(store->archive().Read(RunId{3}));
  CHECK(store->runs().Load(At(5000))->newest_run == RunId{9});  // ids are never given again
}

TEST_CASE("messages go with the last of their runs, but not while they wait", "[store]") {
  TemporaryStore store;
  for (std::int64_t id = 1; id <= 2; ++id) {
    Run run = ClosedRun(id, "1", 10, Outcome::kPartial);
    run.closed_at = At(id == 1 ? 1000 : 9000);
    REQUIRE(Save(store->runs(), run));
  }
  const MessageId gone = PostAbout(store, {RunId{1}}, 6000);
  const MessageId shared = PostAbout(store, {RunId{1}, RunId{2}}, 1000);
  const MessageId waiting = PostAbout(store, {RunId{1}}, 1000);
  const MessageId old_without_run = PostAbout(store, {}, 4999);
  const MessageId young_without_run = PostAbout(store, {}, 5000);
  for (const MessageId id : {gone, shared, old_without_run, young_without_run}) Deliver(store, id);

  REQUIRE(store->runs().Forget(At(5000), {}));

  CHECK_FALSE(Exists(store, gone));
  CHECK(Exists(store, shared));
  CHECK(Exists(store, waiting));
  CHECK_FALSE(Exists(store, old_without_run));
  CHECK(Exists(store, young_without_run));
  CHECK(store->outbox().Due(At(9999), 10)->size() == 1);
  CHECK(store->archive().MessagesOf(RunId{1})->size() == 2);
}

TEST_CASE("records are forgotten unless a run shows them or they are in Redis", "[store]") {
  TemporaryStore store;
  const SeenRecord lone = RecordOf("1", "lone1", 100, 200);
  const SeenRecord young = RecordOf("1", "young1", 100, 5000);
  const SeenRecord in_redis = RecordOf("1", "redis1", 100, 200);
  const SeenRecord of_run = RecordOf("1", "own1", 100, 200);
  const SeenRecord borrowed = RecordOf("1", "borrowed1", 100, 200);
  RunChanges changes;
  for (const SeenRecord& seen : {lone, young, in_redis, of_run, borrowed}) {
    changes.records.push_back({seen, RunId{}});
  }
  Run kept = ClosedRun(2, "1", 100, Outcome::kSuccess);
  kept.closed_at = At(5000);
  kept.modules[ModuleId{"own1"}].record = of_run;
  kept.modules[ModuleId{"borrowed1"}].borrowed = borrowed;
  changes.records[3].run = RunId{2};
  changes.records[4].run = RunId{1};
  Run old = ClosedRun(1, "1", 50, Outcome::kSuccess);
  old.closed_at = At(4000);
  changes.runs = {{RunId{1}, old}, {RunId{2}, kept}};
  REQUIRE(Save(store->runs(), changes));

  REQUIRE(store->runs().Forget(At(5000), {in_redis.record.key()}));

  const auto seen = store->runs().Load(At(5000))->seen;
  CHECK(seen == std::set{young.record.key(), in_redis.record.key(), of_run.record.key(),
                         borrowed.record.key()});
  const auto run = store->archive().Read(RunId{2});
  CHECK(run->modules.at(ModuleId{"own1"}).record == of_run);
  CHECK(run->modules.at(ModuleId{"borrowed1"}).borrowed == borrowed);
}

}  // namespace
}  // namespace backup_monitor::testing
