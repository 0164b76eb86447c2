#include "adapters/sqlite/migrations.h"

#include "adapters/sqlite/finding_rows.h"
#include "adapters/sqlite/known_alert_rows.h"
#include "adapters/sqlite/message_rows.h"
#include "adapters/sqlite/run_rows.h"
#include "catch.h"
#include "model/trigger.h"
#include "unit/store/memory_database.h"

namespace backup_monitor::sqlite {
namespace {

using testing::InMemory;

/// What a query of one column of text answers.
std::vector<std::string> LinesOf(Database& database, const char* sql) {
  std::vector<std::string> lines;
  auto query = database.Prepare(sql);
  while (query.Next()) query.Read(lines.emplace_back());
  REQUIRE(query.Run());
  return lines;
}

/// Every table and index as SQLite has them.
std::vector<std::string> SchemaLines(Database& database) {
  return LinesOf(database,
                 "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema "
                 "ORDER BY type, name");
}

TEST_CASE("a store of every earlier schema becomes like a new one", "[store]") {
  Database fresh = InMemory();
  REQUIRE(Migrate(fresh));
  REQUIRE(SchemaLines(fresh).size() > 10);
  for (int version = 0; version < LatestSchema(); ++version) {
    CAPTURE(version);
    Database database = InMemory();
    REQUIRE(Migrate(database, version));
    REQUIRE(SchemaOf(database).value() == version);

    REQUIRE(Migrate(database));

    CHECK(SchemaOf(database).value() == LatestSchema());
    CHECK(SchemaLines(database) == SchemaLines(fresh));
  }
}

TEST_CASE("what waits in a store of schema 3 keeps its age and gets its rank", "[store]") {
  Database database = InMemory();
  REQUIRE(Migrate(database, 3));
  REQUIRE(database.Execute(
      "INSERT INTO message (id, kind, request, created_at, message_id, thread_root, sender, "
      "subject, mail) VALUES "
      "(1, 'test', 0, 1000, '', '', '', '', ''), (2, 'final', 0, 5000, '', '', '', '', ''), "
      "(3, 'unknown_plan', 0, 2000, '', '', '', '', ''), (4, 'on_request', 0, 3000, '', '', '', "
      "'', '');"
      "INSERT INTO delivery (message, recipient, position, state, next_attempt, attempts, "
      "again_at) "
      "SELECT id, 'a@b', 0, 'waiting', 0, 0, iif(id = 4, 4000, NULL) FROM message"));

  REQUIRE(Migrate(database));

  CHECK(LinesOf(database,
                "SELECT message || ' ' || rank || ' ' || since || ' ' || (counted - counted_from) "
                "FROM delivery, outbox_time ORDER BY message") ==
        std::vector<std::string>{"1 3 1000 4000", "2 0 5000 0", "3 1 2000 3000", "4 2 4000 1000"});
}

TEST_CASE("a mail of a store of schema 4 stays as it is, and has no HTML beside it", "[store]") {
  Database database = InMemory();
  REQUIRE(Migrate(database, 4));
  REQUIRE(database.Execute(
      "INSERT INTO message (id, kind, request, created_at, message_id, thread_root, sender, "
      "subject, mail) VALUES (1, 'final', 0, 1000, '<a@b>', '<a@b>', 'a@b', 'failed', 'bytes');"
      "INSERT INTO delivery (message, recipient, position, state, next_attempt, attempts) "
      "VALUES (1, 'a@b', 0, 'waiting', 0, 0)"));

  REQUIRE(Migrate(database));

  const auto message = ReadMessageRow(database, MessageId{1}, MailBytes::kRead);
  REQUIRE(message);
  CHECK(message->mail == "bytes");
  CHECK(message->html.empty());
  CHECK(message->subject == "failed");
  CHECK(message->recipients == std::vector<std::string>{"a@b"});
}

TEST_CASE("a store of schema 5 knows how long good backups took, the last and the longest",
          "[store]") {
  Database database = InMemory();
  REQUIRE(Migrate(database, 5));
  REQUIRE(database.Execute(
      "INSERT INTO record (plan, module, start_at, end_at, errors, error_text, seen_at, started, "
      "ended, newest) VALUES ('1', 'a', 100, 150, 0, '', 150, 100, 150, 0), "
      "('1', 'a', 10, 105, 0, '', 105, 10, 105, 0), ('1', 'a', 200, 290, 0, '', 290, 200, 290, 0), "
      "('1', 'a', 300, 301, 1, '', 301, 300, 301, "
      "1), "
      "('1', 'b', 300, 301, 1, '', 301, 300, 301, 1), ('2', 'b', 300, 399, 0, '', 399, 300, 399, "
      "1);"
      "INSERT INTO module_memory (plan, module, started, ended, lag, has_record, "
      "reported_never_ran) VALUES ('1', 'a', 300, 301, 0, 1, 0), ('1', 'b', 300, 301, 0, 1, 0)"));

  REQUIRE(Migrate(database));

  CHECK(LinesOf(database,
                "SELECT module || ' ' || good_duration || ' ' || longest_duration FROM "
                "module_memory ORDER BY module") == std::vector<std::string>{"a 90 95", "b 0 0"});
}

TEST_CASE("of the alerts of a store of schema 10 it is not known that they are silenced",
          "[store]") {
  Database database = InMemory();
  REQUIRE(Migrate(database, 10));
  REQUIRE(database.Execute(
      "INSERT INTO run (id, plan, plan_name, destination_id, destination_name, origin, begin_at, "
      "opened_at, early_notice_given, announced, alert_identity, modules, succeeded, "
      "without_snapshot, alert_since, alert_node, alert_names_plan) "
      "VALUES (1, '1', '', '', '', 'alert', 900, 1000, 0, 0, 'x', 0, 0, 0, 900, '2', 1)"));

  REQUIRE(Migrate(database));

  const auto run = ReadRun(database, RunId{1});
  REQUIRE(run);
  CHECK(run->alert == CausingAlert{Time{seconds{900}}, "2", true, false});
}

TEST_CASE("the newest schema is left alone", "[store]") {
  Database database = InMemory();
  REQUIRE(Migrate(database));
  REQUIRE(database.Execute("UPDATE state SET newest_run = 5"));
  const int changes = sqlite3_total_changes(database.handle());

  REQUIRE(Migrate(database));

  CHECK(sqlite3_total_changes(database.handle()) == changes);
}

TEST_CASE("a mail on request loses the run that took its number later", "[store]") {
  Database database = InMemory();
  REQUIRE(Migrate(database, 3));
  REQUIRE(database.Execute(R"(
    INSERT INTO run VALUES
      (1, '1', '', '', '', 'records', 900, 1000, NULL, 0, 1500, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '',
       'SUCCESS', 1400, 1, 1, 0);
    INSERT INTO message VALUES (1, 'on_request', 7, 999, '', '', '', '', ''),
                               (2, 'on_request', 8, 1000, '', '', '', '', ''), (3, 'final', 0, 999, '', '', '', '', '');
    INSERT INTO message_run VALUES (1, 0, 1), (1, 1, 1), (2, 0, 1), (3, 0, 1);)"));

  REQUIRE(Migrate(database));

  std::vector<int> kept;
  auto query = database.Prepare("SELECT message FROM message_run ORDER BY message");
  while (query.Next()) query.Read(kept.emplace_back());
  REQUIRE(query.Run());
  CHECK(kept == std::vector{2, 3});
}

TEST_CASE("a migration that fails leaves the schema as it was", "[store]") {
  Database database = InMemory();
  REQUIRE(database.Execute("CREATE TABLE attempt (stands_in_the_way INTEGER)"));

  const auto migrated = Migrate(database);

  REQUIRE_FALSE(migrated);
  CHECK(migrated.error().message.find("0001_initial.sql") != std::string::npos);
  CHECK(SchemaOf(database).value() == 0);
  CHECK(SchemaLines(database).size() == 1);
}

TEST_CASE("an alert that an earlier version has reported is not reported again", "[store]") {
  Database database = InMemory();
  REQUIRE(Migrate(database, 3));
  REQUIRE(
      database.Execute("INSERT INTO alert_identity (identity) VALUES ('72:id1:1'), ('82:id1:1')"));
  Alert alert{.labels = {{"id", "1"}}, .starts_at = Time{seconds{7}}};

  REQUIRE(Migrate(database));

  CHECK(ReadKnownAlerts(database, {alert.identity()})->size() == 1);
  alert.starts_at = Time{seconds{9}};
  CHECK(ReadKnownAlerts(database, {alert.identity()})->empty());
}

TEST_CASE("of the alerts that were reported the newest are remembered", "[store]") {
  Database database = InMemory();
  REQUIRE(Migrate(database));
  const auto day = [](int n) { return Time{n * std::chrono::days{1}}; };
  REQUIRE(SaveKnownAlerts(database, {{"a", day(1)}, {"b", day(1)}, {"c", day(1)}}, 3));
  REQUIRE(SaveKnownAlerts(database, {{"a", day(2)}}, 3));  // it has come again
  REQUIRE(SaveKnownAlerts(database, {{"d", day(2)}}, 3));
  CHECK(ReadKnownAlerts(database, {"a", "b", "c", "d"}).value() ==
        std::set<std::string>{"a", "c", "d"});
}

TEST_CASE(
    "what earlier looks have found stays, and what they have not found is not known to be missing",
    "[store]") {
  Database database = InMemory();
  REQUIRE(Migrate(database, 3));
  REQUIRE(
      database.Execute("INSERT INTO record (plan, module, start_at, end_at, started, ended, "
                       "errors, error_text, newest, seen_at, "
                       "probed_at, newest_at, of_run_at, probe_cause) VALUES "
                       "('1', 'empty', 10, 20, 10, 20, 1, '', 1, 30, 40, NULL, NULL, NULL), ('1', "
                       "'old', 10, 20, 10, 20, 1, '', 1, 30, 40, 5, NULL, NULL), "
                       "('1', 'made', 10, 20, 10, 20, 1, '', 1, 30, 40, 15, 15, NULL), ('1', "
                       "'locked', 10, 20, 10, 20, 1, '', 1, 30, 40, 5, NULL, 'locked'), "
                       "('1', 'never', 10, 20, 10, 20, 1, '', 1, 30, NULL, NULL, NULL, NULL)"));
  REQUIRE(Migrate(database));

  auto query = database.Prepare("SELECT module, " + FindingColumns("record") + " FROM record");
  std::map<std::string, std::optional<Finding>> found;
  while (query.Next()) {
    std::string module;
    query.Read(module);
    found[module] = ReadFinding(query, 1);
  }
  CHECK_FALSE(found["never"]);
  for (const char* module : {"empty", "old", "made", "locked"}) {
    INFO(module);
    REQUIRE(found[module]);
    CHECK_FALSE(found[module]->was_read());
  }
  CHECK(found["empty"]->cause == ProbeCause::kIncomplete);
  CHECK(found["old"]->cause == ProbeCause::kIncomplete);
  CHECK(found["old"]->newest->at == Time{seconds{5}});
  CHECK(found["made"]->of_run);
  CHECK_FALSE(found["made"]->cause);
  CHECK(found["locked"]->cause == ProbeCause::kLocked);
}

}  // namespace
}  // namespace backup_monitor::sqlite
