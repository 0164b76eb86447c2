#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <iostream>
#include <thread>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/migrations.h"
#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "integration/sqlite/accept.h"

namespace backup_monitor::sqlite {
namespace {

using namespace testing;
using Stopwatch = std::chrono::steady_clock;

/// SQLite takes and gives its mutexes for every row, which the thread sanitizer makes some three times slower.
#if defined(__SANITIZE_THREAD__)
constexpr double kSlower = 4;
#else
constexpr double kSlower = 1;
#endif

/// Of this thread: what else the machine does has no part in it.
double ProcessorMilliseconds() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

double MillisecondsSince(Stopwatch::time_point begun) {
  return std::chrono::duration<double, std::milli>(Stopwatch::now() - begun).count();
}

/// Nightly runs of plan 1 with many modules: the first fails every night, every 20th in the oldest
/// run only. Written in SQL, which is quicker than saving each run.
void FillHistory(const std::filesystem::path& file, int runs, int modules) {
  auto database = Database::Open(file, SQLITE_OPEN_READWRITE).value();
  const std::string sizes =
      "WITH RECURSIVE r(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM r WHERE i<" +
      std::to_string(runs) + "), m(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM m WHERE i<" +
      std::to_string(modules) + ") ";
  REQUIRE(database.Execute(
      "BEGIN; INSERT INTO run " + sizes +
      "SELECT i, '1', 'nightly', 'd', 'd', 'records', i*86400, i*86400, NULL, 0, i*86400+9000, 1, "
      "NULL, NULL,"
      "NULL, NULL, NULL, NULL, NULL, '', 'PARTIAL', i*86400+8000, 2000, 1999, 0, NULL, NULL, NULL, "
      "0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0 FROM r;"
      "INSERT INTO record (plan, module, start_at, end_at, node, errors, restore_bytes, "
      "file_count, "
      "snapshot_count, error_text, seen_at, started, ended, run, newest) " +
      sizes +
      "SELECT '1', 'module'||m.i, r.i*86400+m.i, r.i*86400+m.i+60, 1, m.i=1, 4096, 5, 6, '', "
      "r.i*86400+m.i+90,"
      "r.i*86400+m.i, r.i*86400+m.i+60, r.i, 0 FROM m, r;"
      "INSERT INTO run_module " +
      sizes +
      "SELECT r.i, 'module'||m.i, 1, 1, 0, 1, r.i*86400+m.i, NULL,"
      "iif(m.i=1 OR (m.i%20=0 AND r.i=1), 'failed', 'succeeded'), 0, NULL, 0 FROM r, m; COMMIT"));
}

Run BigRun(std::int64_t id, int modules) {
  Run run = ClosedRun(id, "1", id * 86400, Outcome::kPartial);
  for (int i = 1; i <= modules; ++i) {
    const std::string name = "module" + std::to_string(i);
    run.modules[ModuleId{name}].record = RecordOf("1", name, id * 86400 + i, id * 86400 + i + 60);
    AddModule(run, name, Verdict::kSucceeded);
  }
  return run;
}

void MeasureHistory(int runs, int modules, double most_milliseconds) {
  TemporaryStore store;
  FillHistory(store.file(), runs, modules);
  store.Reopen();
  auto transaction = store->runs().Begin().value();
  const Run tonight = BigRun(runs + 1, modules);
  const double begun = ProcessorMilliseconds();
  const auto history = transaction->HistoryOf(tonight, tonight.begin);
  const double took = ProcessorMilliseconds() - begun;
  std::cout << "history of " << modules << " modules after " << runs << " runs: " << took
            << " ms\n";
  REQUIRE(history);
  CHECK(history->runs_before.size() == static_cast<std::size_t>(runs));
  CHECK(history->modules.at(ModuleId{"module1"}).before.total() == runs);
  CHECK(history->modules.at(ModuleId{"module2"}).previous_size_bytes == 4096U);
  CHECK(took < most_milliseconds * kSlower);
}

// Sanitizers are allowed for; the hidden one below is for a release build.
TEST_CASE("the history of a large run is read quickly", "[store]") {
  MeasureHistory(15, 2000, 1000);
}

TEST_CASE("measure: the history of 2,000 modules after 400 runs", "[.measure]") {
  MeasureHistory(400, 2000, 100);
}

TEST_CASE("measure: opening a store of 400 runs of 2,000 modules", "[.measure]") {
  TemporaryStore store;
  FillHistory(store.file(), 400, 2000);
  store.Reopen();
  std::cout << "file: " << std::filesystem::file_size(store.file()) / 1'000'000 << " MB\n";
  const auto begun = Stopwatch::now();
  store.Reopen();
  std::cout << "opened again in " << MillisecondsSince(begun) << " ms\n";
  const auto loading = Stopwatch::now();
  const auto memory = store->runs().Load(At(401 * 86400));
  std::cout << "loaded in " << MillisecondsSince(loading) << " ms, " << memory->runs.size()
            << " runs, " << memory->seen.size() << " keys\n";
  const auto forgetting = Stopwatch::now();
  REQUIRE(store->runs().Forget(At(2 * 86400), {}));
  std::cout << "forgot one run in " << MillisecondsSince(forgetting) << " ms\n";
}

TEST_CASE("saving what has not changed writes next to nothing", "[store]") {
  TemporaryStore store;
  RunChanges changes;
  changes.look = RunChanges::Look{At(1), {{PlanId{"1"}, "nightly"}}, {}};
  for (int i = 0; i < 20'000; ++i)
    changes.look->known_modules.insert(ModuleId{"module" + std::to_string(i)});
  changes.runs.emplace(RunId{1}, BigRun(1, 2000));
  REQUIRE(Save(store->runs(), changes));
  const auto log = store.file().string() + "-wal";
  store.Reopen();  // starts a new log

  changes.look->at = At(2);
  const double begun = ProcessorMilliseconds();
  REQUIRE(Save(store->runs(), changes));

  std::cout << "unchanged look of 20,000 modules and run of 2,000: "
            << ProcessorMilliseconds() - begun << " ms\n";
  CHECK(std::filesystem::file_size(log) < 10 * 4096);
}

void MeasureInbox(int callers, int each) {
  TemporaryStore store;
  std::vector<std::thread> threads;
  std::vector<std::vector<double>> latencies(static_cast<std::size_t>(callers));
  const auto begun = Stopwatch::now();
  for (auto& mine : latencies) {
    threads.emplace_back([&store, &mine, each] {
      for (int i = 0; i < each; ++i) {
        const auto sent = Stopwatch::now();
        if (!AcceptNow(store->inbox(), {AlertOf(i, 300)})) return;
        mine.push_back(MillisecondsSince(sent));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double took = MillisecondsSince(begun);
  std::vector<double> all;
  for (const auto& mine : latencies) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  std::cout << callers << " callers: " << static_cast<double>(all.size()) / took * 1000
            << " triggers/s, p50 " << all[all.size() / 2] << " ms, p99 "
            << all[all.size() * 99 / 100] << " ms, worst " << all.back() << " ms\n";
  CHECK(all.size() == static_cast<std::size_t>(callers * each));
}

/// What the disk alone takes for one commit of 8 kB.
void MeasureSync(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT, 0600);
  REQUIRE(descriptor >= 0);
  const std::string block(8192, 'x');
  const auto begun = Stopwatch::now();
  for (int i = 0; i < 300; ++i) {
    REQUIRE(::write(descriptor, block.data(), block.size()) == 8192);
    REQUIRE(::fdatasync(descriptor) == 0);
  }
  ::close(descriptor);
  std::cout << "write and fdatasync: " << MillisecondsSince(begun) / 300 << " ms\n";
}

/// As after a flood: this many messages of one kind, each for one recipient, due since 1000.
void FillOutbox(const std::filesystem::path& file, int messages, const char* kind, int rank) {
  auto database = Database::Open(file, SQLITE_OPEN_READWRITE).value();
  const std::string sizes =
      "WITH RECURSIVE m(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM m WHERE i<" +
      std::to_string(messages) + ") ";
  REQUIRE(
      database.Execute("BEGIN; INSERT INTO message (id, kind, request, created_at, message_id, "
                       "thread_root, sender, subject, mail) " +
                       sizes + "SELECT i, '" + kind +
                       "', 0, 1000, '', '', 'b@example.org', 's', printf('%.2000c', 'x') FROM m;"
                       "INSERT INTO delivery (message, recipient, position, state, next_attempt, "
                       "attempts, rank, since) " +
                       sizes + "SELECT i, 'a@example.org', 0, 'waiting', 1000, i % 3, " +
                       std::to_string(rank) + ", 1000 FROM m; COMMIT"));
}

TEST_CASE(
    "behind ten thousand waiting deliveries the report of a run is the next, and found quickly",
    "[store]") {
  TemporaryStore store;
  FillOutbox(store.file(), 10'000, "unknown_plan", 1);
  auto transaction = store->runs().Begin().value();
  const auto id = transaction->Post(MessageTo({"a@example.org"}, 2000));
  REQUIRE(id);
  REQUIRE(transaction->Commit());
  auto& outbox = store->outbox();

  const double begun = ProcessorMilliseconds();
  for (int i = 0; i < 100; ++i) {
    const auto due = outbox.Due(At(2000), 1).value();
    REQUIRE(due.size() == 1);
    REQUIRE(due[0].message == *id);
  }
  const double due_ms = (ProcessorMilliseconds() - begun) / 100;

  REQUIRE(outbox.Record(*id, "a@example.org", {At(2000), AttemptResult::kDelivered, "250 ok", {}},
                        DeliveryState::kDelivered, At(2000)));
  auto database = Database::Open(store.file(), SQLITE_OPEN_READWRITE).value();
  REQUIRE(database.Execute("UPDATE delivery SET next_attempt = 9000"));
  double idle_ms = 1e9;  // of the quickest pass: others have the machine's caches too
  for (int i = 0; i < 20; ++i) {
    const double begun_idle = ProcessorMilliseconds();
    REQUIRE(outbox.Due(At(2000), 1).value().empty());
    REQUIRE(outbox.WaitingLongerThan(seconds{3600}).value().empty());
    REQUIRE(outbox.Count().value().waiting == 10'000);
    REQUIRE(outbox.NextDue().value() == At(9000));
    idle_ms = std::min(idle_ms, ProcessorMilliseconds() - begun_idle);
  }
  std::cout << "10,000 waiting deliveries: next due " << due_ms << " ms, a pass with none due "
            << idle_ms << " ms\n";
  CHECK(due_ms < 1 * kSlower);
  CHECK(idle_ms < 30 * kSlower);
}

TEST_CASE("measure: durable triggers per second", "[.measure]") {
  const TemporaryFolder folder;
  MeasureSync(folder.path() / "sync");
  MeasureInbox(1, 3000);
  MeasureInbox(16, 3000);
  MeasureInbox(64, 1000);
}

/// Of the file alone: the log is bounded.
std::uintmax_t SizeOf(const TemporaryStore& store) {
  return std::filesystem::file_size(store.file());
}

/// Everything that is free, step by step. \return the longest step in milliseconds.
double GiveBackAll(SqliteStore& store) {
  double longest = 0;
  for (bool more = true; more;) {
    const auto begun = Stopwatch::now();
    const auto given = store.runs().GiveBackRoom();
    longest = std::max(longest, MillisecondsSince(begun));
    REQUIRE(given);
    more = *given;
  }
  return longest;
}

void SettleAll(SqliteStore& store) {
  RunChanges changes;
  const auto pending = store.inbox().Pending();
  for (const Trigger& trigger : *pending) changes.settled.push_back(trigger.id);
  REQUIRE(Save(store.runs(), changes));
}

TEST_CASE("after a flood the file becomes small again, in short steps", "[store][scale]") {
  TemporaryStore store;
  for (int i = 0; i < 25; ++i) {
    REQUIRE(AcceptNow(store->inbox(), std::vector<TriggerBody>(1000, AlertOf(i, 1000))));
  }
  SettleAll(*store);
  REQUIRE(GiveBackAll(*store) >= 0);
  store.Reopen();  // the log is in the file now
  const auto after = SizeOf(store);

  for (int i = 0; i < 25; ++i) {
    REQUIRE(AcceptNow(store->inbox(), std::vector<TriggerBody>(1000, AlertOf(i, 1000))));
  }
  store.Reopen();
  const auto flooded = SizeOf(store);
  SettleAll(*store);
  const double longest = GiveBackAll(*store);
  store.Reopen();

  std::cout << "file under a flood " << flooded / 1024 << " KiB, after it " << SizeOf(store) / 1024
            << " KiB, longest step " << longest << " ms\n";
  CHECK(flooded > 25U << 20U);
  CHECK(SizeOf(store) <= after + (64U << 10U));
  CHECK(SizeOf(store) < 4U << 20U);
}

TEST_CASE("a store of an earlier version becomes one that can shrink", "[store][scale]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  {
    auto database = Database::Open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE).value();
    REQUIRE(database.Execute("PRAGMA journal_mode = WAL"));
    REQUIRE(Migrate(database, 3));
    REQUIRE(
        database.Execute("INSERT INTO inbox (received_at, kind, body) WITH RECURSIVE n(i) AS "
                         "(VALUES(1) UNION ALL SELECT i+1 FROM n "
                         "WHERE i<10000) SELECT 1, 'alert', '{\"labels\":{\"id\":\"' || "
                         "hex(randomblob(500)) || '\"}}' FROM n"));
  }
  REQUIRE(std::filesystem::file_size(path) > 8U << 20U);
  {
    auto store = OpenStore(path).value();
    CHECK(store->inbox().Pending()->size() == 10'000);
    SettleAll(*store);
    (void)GiveBackAll(*store);
  }
  CHECK(std::filesystem::file_size(path) < 4U << 20U);
}

}  // namespace
}  // namespace backup_monitor::sqlite
