#include "adapters/sqlite/adopt.h"

#include <string_view>

#include "adapters/sqlite/migrations.h"
#include "adapters/sqlite/store_file.h"
#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor::sqlite {
namespace {

constexpr std::string_view kLeft = "left to the instance that this store was copied from";

Result<void> LeaveMessages(Database& database, Time now) {
  // One more would be one too many beside the newest 49.
  auto trimmed =
      database
          .Prepare(
              "DELETE FROM attempt WHERE EXISTS (SELECT 1 FROM delivery d WHERE "
              "d.message = attempt.message AND d.recipient = attempt.recipient "
              "AND d.state = 'waiting') AND number <= (SELECT max(number) FROM attempt a "
              "WHERE a.message = attempt.message AND a.recipient = attempt.recipient) - 49")
          .Run();
  if (!trimmed) return trimmed;
  auto counted =
      database
          .Prepare(
              "INSERT INTO attempt (message, recipient, number, at, result, detail) "
              "SELECT message, recipient, (SELECT coalesce(max(number), 0) + 1 FROM attempt a "
              "WHERE a.message = d.message AND a.recipient = d.recipient), ?1, ?2, ?3 "
              "FROM delivery d WHERE state = 'waiting'")
          .Bind(now, AttemptResult::kPermanent, kLeft)
          .Run();
  if (!counted) return counted;
  return database
      .Prepare(
          "UPDATE delivery SET state = ?1, next_attempt = ?2, attempts = attempts + 1 "
          "WHERE state = 'waiting'")
      .Bind(DeliveryState::kFailed, now)
      .Run();
}

/// A run's modules go with it. Its messages stay: without a run they are forgotten when they are old.
Result<void> LeaveRuns(Database& database) {
  return database.Execute(
      "UPDATE record SET run = NULL WHERE run IN "
      "(SELECT id FROM run WHERE closed_at IS NULL AND announced = 0);"
      "DELETE FROM held_report;"
      "DELETE FROM message_run WHERE run IN "
      "(SELECT id FROM run WHERE closed_at IS NULL AND announced = 0);"
      "DELETE FROM run WHERE closed_at IS NULL AND announced = 0;"
      "UPDATE run SET closed_at = coalesce((SELECT max(seen_at) FROM record WHERE record.run = "
      "run.id), "
      "opened_at) WHERE closed_at IS NULL;"
      "UPDATE run SET announced = 1 WHERE announced = 0;");
}

Result<void> ForgetLook(Database& database) {
  return database.Execute(
      "DELETE FROM inbox; DELETE FROM alert_rate; DELETE FROM alert_rate_name; DELETE FROM "
      "known_module; DELETE FROM module_watch; UPDATE state SET last_look = NULL;");
}

Result<Adoption> CountWhatIsLeft(Database& database) {
  Adoption counts;
  auto query = database.Prepare(
      "SELECT (SELECT count(DISTINCT message) FROM delivery WHERE state = 'waiting'), "
      "(SELECT count(*) FROM run WHERE closed_at IS NULL AND announced = 0), "
      "(SELECT count(*) FROM run WHERE closed_at IS NOT NULL OR announced = 1)");
  if (query.Next()) query.Read(counts.messages_left, counts.runs_left, counts.runs_kept);
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return counts;
}

Result<Adoption> Adopt(Database& database, Time now) {
  if (auto configured = Configure(database); !configured) return Fail(configured.error());
  if (auto migrated = Migrate(database); !migrated) return Fail(migrated.error());
  WriteTurn alone;
  auto transaction = WriteTransaction::Begin(database, alone);
  if (!transaction) return Fail(transaction.error());
  auto adoption = CountWhatIsLeft(database);
  if (!adoption) return adoption;
  if (auto done = LeaveMessages(database, now); !done) return Fail(done.error());
  if (auto done = LeaveRuns(database); !done) return Fail(done.error());
  if (auto done = ForgetLook(database); !done) return Fail(done.error());
  if (auto done = transaction->Commit(); !done) return Fail(done.error());
  return adoption;
}

}  // namespace

Result<Adoption> AdoptStore(const std::filesystem::path& path, Time now) {
  // Opening would make a new store of what is missing.
  std::error_code failure;
  if (!std::filesystem::exists(path, failure)) {
    return Fail(ErrorCode::kNotFound,
                "there is no store " + path.string() + " to adopt: copy it there first");
  }
  if (std::filesystem::is_regular_file(path, failure) &&
      std::filesystem::file_size(path, failure) == 0) {
    return Fail(ErrorCode::kNotFound, path.string() + " is empty: there is nothing to adopt");
  }
  auto database = OpenStoreFile(path);
  if (!database) return Fail(database.error());
  auto adoption = Adopt(*database, now);
  if (!adoption) return Fail(std::move(adoption.error()).While("adopt " + path.string()));
  return adoption;
}

}  // namespace backup_monitor::sqlite
