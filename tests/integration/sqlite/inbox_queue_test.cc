#include <atomic>
#include <thread>

#include "adapters/sqlite/inbox_rows.h"
#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "integration/sqlite/accept.h"

namespace backup_monitor::sqlite {
namespace {

using namespace testing;

std::vector<TriggerBody> Events(std::size_t count) {
  return std::vector<TriggerBody>(count, BackupEvent{});
}

/// Waits for a condition, at most 20 s.
template <typename Condition>
bool Eventually(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

TEST_CASE(
    "while the committer waits only so many triggers may queue, then the answer is at once no",
    "[store]") {
  TemporaryStore store{{.most_waiting = 10}};
  std::atomic<int> stored = 0;
  std::atomic<int> refused = 0;
  std::atomic<ErrorCode> code{ErrorCode::kNotFound};
  const auto count = [&](auto result) {
    if (result) {
      ++stored;
    } else {
      code = result.error().code;
      ++refused;
    }
  };
  auto writer = store->runs().Begin().value();  // nobody else may commit

  // The committer takes some of these to its transaction, and cannot get any further.
  for (int i = 0; i < 40; ++i) store->inbox().Accept(Events(1), At(1), count);
  CHECK(refused >= 19);  // at most 10 in hand, 10 in the queue, and one more batch of 1
  CHECK(code == ErrorCode::kUnavailable);
  CHECK(stored == 0);

  writer.reset();
  CHECK(Eventually([&] { return stored + refused == 40; }));
  CHECK(store->inbox().Pending()->size() == static_cast<std::size_t>(stored));
}

TEST_CASE("one request larger than the queue is stored when nothing else waits", "[store]") {
  TemporaryStore store{{.most_waiting = 10}};
  const auto ids = AcceptNow(store->inbox(), Events(500));
  REQUIRE(ids);
  CHECK(ids->size() == 500);
}

/// One alert whose row counts about `bytes`.
TriggerBody AlertOfBytes(std::size_t bytes) {
  Alert alert;
  alert.labels = {{"id", std::string(bytes, 'x')}};
  return alert;
}

void Settle(SqliteStore& store, TriggerId trigger) {
  RunChanges changes;
  changes.settled = {trigger};
  auto transaction = store.runs().Begin().value();
  REQUIRE(transaction->Save(changes));
  REQUIRE(transaction->Commit());
}

TEST_CASE("an alert that waits already takes no room in the inbox", "[store]") {
  Alert alert = std::get<Alert>(AlertOfBytes(1000));
  alert.starts_at = At(1);
  const auto row = InboxBytesOf(WriteTrigger(alert));
  TemporaryStore store{{.most_inbox_bytes = 2 * row}};
  for (int i = 0; i < 5; ++i) REQUIRE(AcceptNow(store->inbox(), {alert}));
  CHECK(store->MeasureSizes().inbox_bytes == row);
  Alert other = alert;
  other.starts_at = At(2);
  CHECK(AcceptNow(store->inbox(), {other}));
  CHECK(store->MeasureSizes().inbox_bytes == 2 * row);
}

TEST_CASE("only so many bytes wait to be worked off, also after a restart", "[store]") {
  TemporaryStore store{{.most_inbox_bytes = 10'000}};
  const auto first = AcceptNow(store->inbox(), {AlertOfBytes(4000)});
  REQUIRE(first);
  REQUIRE(AcceptNow(store->inbox(), {AlertOfBytes(4000)}));
  for (const bool restarted : {false, true}) {
    CAPTURE(restarted);
    if (restarted) store.Reopen();
    const auto more = AcceptNow(store->inbox(), {AlertOfBytes(4000)});
    REQUIRE_FALSE(more);
    CHECK(more.error().code == ErrorCode::kUnavailable);
    CHECK(more.error().message == "too many triggers wait to be worked off");
  }

  Settle(*store, first->front());

  CHECK(AcceptNow(store->inbox(), {AlertOfBytes(4000)}));
  CHECK_FALSE(AcceptNow(store->inbox(), {AlertOfBytes(4000)}));
}

TEST_CASE("the last byte of the inbox counts, and what is settled counts no more", "[store]") {
  const auto row = InboxBytesOf(WriteTrigger(AlertOfBytes(1000)));
  TemporaryStore store{{.most_inbox_bytes = 2 * row}};
  const auto first = AcceptNow(store->inbox(), {AlertOfBytes(1000)});
  REQUIRE(first);
  CHECK_FALSE(AcceptNow(store->inbox(), {AlertOfBytes(1001)}));
  CHECK(AcceptNow(store->inbox(), {AlertOfBytes(1000)}));
  for (int i = 0; i < 5; ++i) Settle(*store, first->front());  // again is nothing
  CHECK(AcceptNow(store->inbox(), {AlertOfBytes(1000)}));
  CHECK_FALSE(AcceptNow(store->inbox(), {AlertOfBytes(1000)}));
}

TEST_CASE("what could not be stored does not count as waiting", "[store]") {
  TemporaryStore store{{.most_inbox_bytes = 10'000}};
  for (int i = 0; i < 5; ++i) {
    CHECK_FALSE(AcceptNow(store->inbox(), {AlertOfBytes(4000), AlertOfBytes(7000)}));
  }
  CHECK(AcceptNow(store->inbox(), {AlertOfBytes(8000)}));
}

TEST_CASE("a settled trigger whose step is not kept goes on waiting", "[store]") {
  TemporaryStore store{{.most_inbox_bytes = 10'000}};
  const auto first = AcceptNow(store->inbox(), {AlertOfBytes(8000)});
  RunChanges changes;
  changes.settled = *first;
  REQUIRE(store->runs().Begin().value()->Save(changes));  // and no commit
  CHECK_FALSE(AcceptNow(store->inbox(), {AlertOfBytes(8000)}));
}

TEST_CASE("requests that come together share a commit", "[store]") {
  TemporaryStore store;
  std::atomic<int> stored = 0;
  auto writer = store->runs().Begin().value();
  for (int i = 0; i < 1000; ++i) {
    store->inbox().Accept(Events(1), At(1), [&](auto result) { stored += result ? 1 : 0; });
  }
  writer.reset();
  const auto begun = std::chrono::steady_clock::now();
  CHECK(Eventually([&] { return stored == 1000; }));
  // A commit each would be 1000 waits for the disk.
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{5});
}

TEST_CASE("stopping stores what waits and refuses what comes later", "[store]") {
  TemporaryStore store;
  std::atomic<int> stored = 0;
  std::atomic<int> refused = 0;  // counted on the inbox's thread too, at any time until it stops
  auto writer = store->runs().Begin().value();
  for (int i = 0; i < 100; ++i) {
    store->inbox().Accept(Events(1), At(1), [&](auto result) { stored += result ? 1 : 0; });
  }
  std::thread stopper{[&] { store->StopInbox(); }};
  CHECK(Eventually([&] {
    store->inbox().Accept({}, At(1), [&](auto result) { refused += result ? 0 : 1; });
    return refused > 0;
  }));
  CHECK(stored == 0);
  writer.reset();
  stopper.join();

  CHECK(stored == 100);
  const auto late = AcceptNow(store->inbox(), {BackupEvent{}});
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::kUnavailable);
  store->StopInbox();  // twice does no harm
  CHECK(store->inbox().Pending()->size() == 100);
}

}  // namespace
}  // namespace backup_monitor::sqlite
