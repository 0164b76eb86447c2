#include "adapters/sqlite/database.h"

namespace backup_monitor::sqlite {

Result<Database> Database::Open(const std::filesystem::path& file, int flags) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database{handle};  // SQLite hands out a handle even when it fails
  if (code != SQLITE_OK) return Fail(SqliteError(handle, code));
  sqlite3_extended_result_codes(handle, 1);
  return database;
}

// Not const: it changes the state of the connection. NOLINTNEXTLINE(readability-make-member-function-const)
Result<void> Database::Execute(const std::string& sql) {
  const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return Fail(SqliteError(handle(), code));
  return {};
}

Query Database::Prepare(std::string_view sql) {
  auto& kept = statements_[sql];
  int code = SQLITE_OK;
  if (!kept) {
    sqlite3_stmt* statement = nullptr;
    code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                              SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    kept.reset(statement);
  }
  return Query{handle(), kept.get(), code};
}

}  // namespace backup_monitor::sqlite
