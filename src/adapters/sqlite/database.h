#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/sqlite/query.h"
#include "base/result.h"

namespace backup_monitor::sqlite {

/// One connection to one SQLite file with its prepared statements. For one thread at a time: who
/// shares one keeps a mutex beside it.
class Database {
 public:
  /// \param flags SQLITE_OPEN_*; SQLITE_OPEN_NOMUTEX is added.
  /// \return kUnavailable if it cannot be opened. Nothing is read yet: a damaged file shows later.
  [[nodiscard]] static Result<Database> Open(const std::filesystem::path& file, int flags);

  /// Runs statements without parameters or results, separated by semicolons.
  [[nodiscard]] Result<void> Execute(const std::string& sql);

  /// A statement ready for its values. Prepared once and kept, so `sql` must live as long as the
  /// connection (a literal), and must not be in use at that moment.
  [[nodiscard]] Query Prepare(std::string_view sql);

  [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
  };

  explicit Database(sqlite3* handle) noexcept : handle_{handle} {}

  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string_view, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

}  // namespace backup_monitor::sqlite
