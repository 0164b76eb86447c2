#include "adapters/sqlite/migrations.h"

#include <array>

#include "adapters/sqlite/write_transaction.h"
#include "embedded/store_migrations.h"
#include "model/trigger.h"

namespace backup_monitor::sqlite {
namespace {

constexpr std::array kSteps{
    "0001_initial.sql",       "0002_findings.sql", "0003_without_snapshot.sql", "0004_bounds.sql",
    "0005_html.sql",          "0006_pace.sql",     "0007_late_notice.sql",      "0008_schedule.sql",
    "0009_recovery.sql",      "0010_log.sql",      "0011_silenced.sql",         "0012_presence.sql",
    "0013_cluster_backup.sql"};

/// SQL's alert_identity(text): IdentityOfText().
void AlertIdentity(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const auto* text =
      static_cast<const char*>(sqlite3_value_blob(values[0]));  // NOLINT(*-pointer-arithmetic)
  const auto size =
      static_cast<std::size_t>(sqlite3_value_bytes(values[0]));  // NOLINT(*-pointer-arithmetic)
  const std::string identity = IdentityOfText({text, size});
  sqlite3_result_text(context, identity.data(), static_cast<int>(identity.size()),
                      SQLITE_TRANSIENT);
}

Result<void> DefineFunctions(Database& database) {
  const int code =
      sqlite3_create_function_v2(database.handle(), "alert_identity", 1,
                                 SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
                                 AlertIdentity, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return Fail(SqliteError(database.handle(), code));
  return {};
}

Result<void> Apply(Database& database, int version) {
  WriteTurn alone;  // nobody else writes before the store is open
  auto transaction = WriteTransaction::Begin(database, alone);
  if (!transaction) return Fail(transaction.error());
  const char* name = kSteps.at(static_cast<std::size_t>(version - 1));
  const std::string sql = std::string{embedded::store_migrations::Find(name)} +
                          "\nPRAGMA user_version = " + std::to_string(version) +
                          ";\nPRAGMA application_id = " + std::to_string(kApplicationId) + ";";
  if (auto applied = database.Execute(sql); !applied) {
    return Fail(std::move(applied.error()).While(std::string{"migrate the store with "} + name));
  }
  return transaction->Commit();
}

}  // namespace

int LatestSchema() { return static_cast<int>(kSteps.size()); }

Result<int> SchemaOf(Database& database) {
  int version = 0;
  auto query = database.Prepare("PRAGMA user_version");
  if (query.Next()) query.Read(version);
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return version;
}

Result<void> Migrate(Database& database, int target) {
  const auto version = SchemaOf(database);
  if (!version) return Fail(version.error());
  if (*version < target) {
    if (auto defined = DefineFunctions(database); !defined) return defined;
  }
  for (int next = *version + 1; next <= target; ++next) {
    if (auto applied = Apply(database, next); !applied) return applied;
  }
  return {};
}

}  // namespace backup_monitor::sqlite
