#include "adapters/sqlite/query.h"

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/write_transaction.h"
#include "catch.h"
#include "unit/store/memory_database.h"

namespace backup_monitor::sqlite {
namespace {

using testing::InMemory;

TEST_CASE("values come back as they were bound", "[store]") {
  Database database = InMemory();
  auto query = database.Prepare("SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7");
  query.Bind(std::string{"a\0\xff", 3}, Time{seconds{-5}}, true, Verdict::kFailed, RunId{7},
             std::optional<std::string>{}, std::string_view{});
  REQUIRE(query.Next());

  std::string text;
  Time time;
  bool flag = false;
  std::optional<Verdict> verdict;
  RunId run{};
  std::optional<std::string> none = "before";
  std::optional<std::string> empty;
  query.Read(text, time, flag, verdict, run, none, empty);

  CHECK(text == std::string{"a\0\xff", 3});
  CHECK(time == Time{seconds{-5}});
  CHECK(flag);
  CHECK(verdict == Verdict::kFailed);
  CHECK(run == RunId{7});
  CHECK_FALSE(none);
  CHECK(empty == "");  // empty is not NULL
  CHECK(query.Run());
}

TEST_CASE("a word that nothing means is damage", "[store][hostile]") {
  Database database = InMemory();
  auto query = database.Prepare("SELECT 'perhaps'");
  REQUIRE(query.Next());
  Outcome outcome{};
  query.Read(outcome);

  const auto ran = query.Run();
  REQUIRE_FALSE(ran);
  CHECK(ran.error().code == ErrorCode::kCorrupt);
  CHECK(ran.error().message == "unknown word 'perhaps' in the store");
}

TEST_CASE("a statement that cannot be prepared fails in SQLite's words", "[store]") {
  Database database = InMemory();
  auto query = database.Prepare("SELECT * FROM nowhere WHERE a = ?1");
  CHECK_FALSE(query.Bind(1).Next());
  const auto ran = query.Run();
  REQUIRE_FALSE(ran);
  CHECK(ran.error().code == ErrorCode::kUnavailable);
  CHECK(ran.error().message == "no such table: nowhere (SQLite code 1)");
}

TEST_CASE("a full file is unavailable, and the next try works when there is room", "[store]") {
  Database database = InMemory();
  REQUIRE(database.Execute("CREATE TABLE t (a TEXT); PRAGMA max_page_count = 4"));
  WriteTurn turn;
  {
    auto transaction = WriteTransaction::Begin(database, turn);
    REQUIRE(transaction);
    REQUIRE(database.Prepare("INSERT INTO t VALUES ('small')").Run());
    const auto full = database.Prepare("INSERT INTO t VALUES (zeroblob(100000))").Run();
    REQUIRE_FALSE(full);
    CHECK(full.error().code == ErrorCode::kUnavailable);
    CHECK(full.error().message == "database or disk is full (SQLite code 13)");
  }
  std::int64_t rows = -1;
  {
    auto count = database.Prepare("SELECT count(*) FROM t");
    REQUIRE(count.Next());
    count.Read(rows);
  }
  CHECK(rows == 0);  // nothing half-written

  REQUIRE(database.Execute("PRAGMA max_page_count = 1000"));
  auto transaction = WriteTransaction::Begin(database, turn);
  REQUIRE(transaction);
  REQUIRE(database.Prepare("INSERT INTO t VALUES (zeroblob(100000))").Run());
  CHECK(transaction->Commit());
}

TEST_CASE("a broken constraint is our own mistake, not the disk's", "[store]") {
  Database database = InMemory();
  REQUIRE(database.Execute("CREATE TABLE t (a INTEGER NOT NULL)"));
  const auto ran = database.Prepare("INSERT INTO t VALUES (NULL)").Run();
  REQUIRE_FALSE(ran);
  CHECK(ran.error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("a transaction that is over cannot be committed again", "[store]") {
  Database database = InMemory();
  WriteTurn turn;
  auto transaction = WriteTransaction::Begin(database, turn);
  REQUIRE(transaction);
  REQUIRE(transaction->Commit());
  CHECK_FALSE(transaction->Commit());
  CHECK(WriteTransaction::Begin(database, turn));  // the turn was given back
}

}  // namespace
}  // namespace backup_monitor::sqlite
