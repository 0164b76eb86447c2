
#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "run_states.h"

namespace backup_monitor::store {
namespace {

using namespace testing;

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
    SetClosed(run, At(at));
    AddModule(run, "mail1", Verdict::kSucceeded);
    return run;
  };
  Run open = closed(3, 0);
  SetClosed(open, std::nullopt);
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
    SetClosed(run, At(id == 1 ? 1000 : 9000));
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
  SetClosed(kept, At(5000));
  kept.modules[ModuleId{"own1"}].record = of_run;
  kept.modules[ModuleId{"borrowed1"}].borrowed = borrowed;
  changes.records[3].run = RunId{2};
  changes.records[4].run = RunId{1};
  Run old = ClosedRun(1, "1", 50, Outcome::kSuccess);
  SetClosed(old, At(4000));
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

TEST_CASE(
    "reported alerts and plans that have gone are forgotten with all that was remembered of them",
    "[store]") {
  TemporaryStore store;
  const auto see = [&](std::int64_t at, std::map<PlanId, std::string> plans) {
    RunChanges changes;
    changes.alert_identities = {{"alert " + std::to_string(at), At(at)}};
    changes.look = RunChanges::Look{At(at), std::move(plans), {ModuleId{"here1"}}};
    REQUIRE(Save(store->runs(), changes));
  };
  see(100'000, {{PlanId{"gone"}, "g"}, {PlanId{"here"}, "h"}, {PlanId{"shown"}, "s"}});
  RunChanges changes;
  for (const char* plan : {"gone", "here"}) {
    changes.compact_reported[PlanId{plan}] = At(100'000);
    for (const char* module : {"here1", "gone1"}) {
      changes.modules[{PlanId{plan}, ModuleId{module}}] = {
          At(1), At(2), seconds{3}, seconds{4}, seconds{5}, true, false};
    }
  }
  changes.records = {{RecordOf("shown", "m1", 100'000, 200'001), RunId{}}};
  REQUIRE(Save(store->runs(), changes));
  see(200'000, {{PlanId{"here"}, "h"}});
  see(300'000, {{PlanId{"here"}, "h"}});

  REQUIRE(store->runs().OldestBefore(At(200'001), {}).value() == At(100'000));
  REQUIRE(store->runs().Forget(At(200'001), {}));

  const auto memory = store->runs().Load(At(200'001));
  REQUIRE(memory);
  CHECK(memory->known_plans ==
        std::map<PlanId, std::string>{{PlanId{"here"}, "h"}, {PlanId{"shown"}, "s"}});
  CHECK(memory->compact_reported == std::map<PlanId, Time>{{PlanId{"here"}, At(100'000)}});
  CHECK(memory->modules.size() == 1);
  CHECK(memory->modules.contains({PlanId{"here"}, ModuleId{"here1"}}));
  CHECK(store->runs()
            .Begin()
            .value()
            ->KnownAlerts({"alert 100000", "alert 200000", "alert 300000"})
            .value() == std::set<std::string>{"alert 300000"});
}

TEST_CASE("how old the oldest is of what would be removed", "[store]") {
  TemporaryStore store;
  CHECK_FALSE(store->runs().OldestBefore(At(9'999'999), {}).value());
  Run run = ClosedRun(1, "1", 10, Outcome::kSuccess);
  SetClosed(run, At(5000));
  REQUIRE(Save(store->runs(), run));
  RunChanges changes;
  changes.records = {{RecordOf("1", "redis1", 100, 200), RunId{}},
                     {RecordOf("1", "a1", 100, 4000), RunId{}}};
  REQUIRE(Save(store->runs(), changes));
  const std::set in_redis{changes.records[0].record.record.key()};

  CHECK(store->runs().OldestBefore(At(9000), in_redis).value() == At(4000));
  CHECK(store->runs().OldestBefore(At(9000), {}).value() == At(200));
  CHECK_FALSE(store->runs().OldestBefore(At(4000), in_redis).value());
  CHECK(store->runs().NewestRecord().value() == At(4000));
}

TEST_CASE("how far forgetting has got is kept", "[store]") {
  TemporaryStore store;
  CHECK(store->runs().ReadRetained().value() == Retained{});
  const Retained full{At(1), At(2), std::chrono::days{3}};
  for (const Retained& retained : {full, Retained{At(4), std::nullopt, std::chrono::days{5}}}) {
    REQUIRE(store->runs().SaveRetained(retained));
    store.Reopen();
    CHECK(store->runs().ReadRetained().value() == retained);
  }
}

}  // namespace
}  // namespace backup_monitor::store
