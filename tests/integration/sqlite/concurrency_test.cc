#include <atomic>
#include <thread>

#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "integration/sqlite/accept.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("readers go on while the worker is in the middle of a step", "[store]") {
  TemporaryStore store;
  REQUIRE(Save(store->runs(), ClosedRun(1, "1", 1000, Outcome::kSuccess)));
  REQUIRE(AcceptNow(store->inbox(), {BackupEvent{}}));
  auto step = store->runs().Begin().value();
  RunChanges changes;
  changes.runs.emplace(RunId{2}, ClosedRun(2, "1", 2000, Outcome::kSuccess));
  REQUIRE(step->Save(changes));
  store->inbox().Accept({BackupEvent{}}, At(1), [](const auto&) {});  // waits for the step

  CHECK(store->archive().List({})->size() == 1);
  CHECK(store->archive().Read(RunId{1}));
  CHECK(store->outbox().Due(At(1), 1)->empty());
  CHECK(store->inbox().Pending()->size() == 1);
}

TEST_CASE("inbox, worker, delivery and readers work side by side", "[store]") {
  TemporaryStore store;
  std::atomic<bool> stop = false;
  std::atomic<int> failures = 0;
  std::atomic<int> accepted = 0;
  const auto check = [&](bool good) { failures += good ? 0 : 1; };

  std::vector<std::thread> threads;
  for (int caller = 0; caller < 4; ++caller) {
    threads.emplace_back([&] {
      while (!stop) {
        check(AcceptNow(store->inbox(), {AlertOf(1, 200)}).has_value());
        ++accepted;
      }
    });
  }
  threads.emplace_back([&] {  // delivery
    while (!stop) {
      const auto due = store->outbox().Due(At(5000), 10);
      check(due.has_value());
      for (const notify::DueDelivery& one : due.value_or(std::vector<notify::DueDelivery>{})) {
        check(store->outbox().Fetch(one.message).has_value());
        check(store->outbox()
                  .Record(one.message, one.recipient, {At(1), AttemptResult::kDelivered, "250"},
                          DeliveryState::kDelivered, At(0))
                  .has_value());
      }
    }
  });
  threads.emplace_back([&] {  // HTTP
    while (!stop) {
      const auto heads = store->archive().List({});
      check(heads.has_value());
      if (heads && !heads->empty()) check(store->archive().Read(heads->front().id).has_value());
      check(store->outbox().Count().has_value());
    }
  });

  std::size_t settled = 0;
  for (int step = 1; step <= 60; ++step) {  // the worker
    const auto pending = store->inbox().Pending();
    check(pending.has_value());
    RunChanges changes;
    for (const Trigger& trigger : *pending) changes.settled.push_back(trigger.id);
    settled += changes.settled.size();
    Run run = ClosedRun(step, "1", step * 1000, Outcome::kPartial);
    for (int i = 0; i < 20; ++i) AddModule(run, "mail" + std::to_string(i), Verdict::kFailed);
    changes.runs.emplace(run.id, run);
    auto transaction = store->runs().Begin();
    check(transaction.has_value());
    check((*transaction)->Save(changes).has_value());
    check((*transaction)->HistoryOf(run, run.begin).has_value());
    check((*transaction)->Post(MessageTo({"a@example.org"})).has_value());
    check((*transaction)->Commit().has_value());
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();

  CHECK(failures == 0);
  CHECK(accepted > 0);
  CHECK(settled + store->inbox().Pending()->size() == static_cast<std::size_t>(accepted));
}

}  // namespace
}  // namespace backup_monitor::testing
