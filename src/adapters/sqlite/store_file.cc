#include "adapters/sqlite/store_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <span>
#include <system_error>

#include "adapters/sqlite/migrations.h"
#include "adapters/sqlite/write_transaction.h"
#include "base/descriptor.h"

namespace backup_monitor::sqlite {
namespace {

namespace fs = std::filesystem;

/// First bytes of every SQLite 3 file. Source: sqlite.org/fileformat2.html, section 1.3 (3.40).
constexpr std::string_view kMagic{"SQLite format 3\0", 16};

fs::path Beside(const fs::path& path, const char* suffix) { return path.string() + suffix; }

std::uintmax_t SizeOf(const fs::path& path) {
  std::error_code failure;
  const auto size = fs::file_size(path, failure);
  return failure ? 0 : size;
}

/// What SQLite keeps beside a file and copies back into it: the write-ahead log, and the rollback journal,
/// which a tool or an interrupted change of the journal mode leaves. Source: sqlite.org/tempfiles.html,
/// sections 2.1 and 2.2 (3.40).
constexpr std::array kLogs{"-wal", "-journal"};

/// How a person sets the file aside with all that belongs to it.
std::string HowToMove(const fs::path& path) {
  std::error_code failure;
  std::string commands;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    const std::string name = path.string() + suffix;
    if (fs::exists(name, failure))
      commands += " && mv " + name + " " + path.string() + ".damaged" + suffix;
  }
  return commands.empty() ? commands : commands.substr(4);
}

Error Damaged(const fs::path& path, const std::string& why) {
  return {ErrorCode::kCorrupt,
          path.string() + " " + why +
              "; nothing was changed. Stop the daemon, move the file away with what "
              "belongs to it (" +
              HowToMove(path) + "), and start the daemon"};
}

Error Unusable(const fs::path& path, const std::string& why) {
  return {ErrorCode::kUnavailable, path.string() + " " + why};
}

Result<void> CreateEmpty(const fs::path& path) {
  const Descriptor file{::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (!file.open()) {
    return Fail(
        Unusable(path, std::string{"cannot be created: "} + std::generic_category().message(errno) +
                           "; create its directory and give it to the user that runs the daemon"));
  }
  return {};
}

/// The first log with content.
std::optional<fs::path> LogBeside(const fs::path& path) {
  for (const char* suffix : kLogs) {
    if (SizeOf(Beside(path, suffix)) != 0) return Beside(path, suffix);
  }
  return std::nullopt;
}

/// A log without its file holds what was stored: a new file would be the end of it.
Result<void> CheckNoLogWithoutFile(const fs::path& path) {
  const auto log = LogBeside(path);
  if (!log) return {};
  return Fail(Error{ErrorCode::kCorrupt, path.string() + " is missing although " + log->string() +
                                             " is there, which belongs to it; nothing was changed. "
                                             "Put the file back, or move that one "
                                             "away to begin anew (" +
                                             HowToMove(path) + "), and start the daemon"});
}

/// What can be said without SQLite, which would already leave files behind.
Result<void> CheckBytes(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
  std::error_code failure;
  if (!fs::exists(path, failure)) {
    if (auto alone = CheckNoLogWithoutFile(path); !alone) return alone;
    return CreateEmpty(path);
  }
  if (!fs::is_regular_file(path, failure)) return Fail(Unusable(path, "is not a file"));
  if (::access(path.c_str(), R_OK | W_OK) != 0 || ::access(folder.c_str(), W_OK) != 0) {
    return Fail(Unusable(path, std::string{"cannot be written: "} +
                                   std::generic_category().message(errno) +
                                   "; give it and its directory to the user that runs the daemon"));
  }
  if (SizeOf(path) == 0) {
    const auto log = LogBeside(path);
    if (!log) return {};
    return Fail(Damaged(path, "is empty although " + log->string() + " is not"));
  }
  std::array<char, kMagic.size()> start{};
  std::ifstream{path, std::ios::binary}.read(start.data(), start.size());
  if (std::string_view{start.data(), start.size()} != kMagic)
    return Fail(Damaged(path, "is not a database"));
  return {};
}

Result<int> NumberOf(Database& database, std::string_view sql) {
  int number = 0;
  auto query = database.Prepare(sql);
  if (query.Next()) query.Read(number);
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return number;
}

/// Says "ok" or the first thing found.
Result<std::string> QuickCheck(Database& database, std::string_view sql) {
  std::string found = "ok";
  auto query = database.Prepare(sql);
  if (query.Next()) query.Read(found);
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return found;
}

Result<void> CheckPages(Database& database, const fs::path& path) {
  static constexpr std::array kWhole{"PRAGMA quick_check(1)"};
  static constexpr std::array kSmall{"PRAGMA quick_check(state)", "PRAGMA quick_check(inbox)",
                                     "PRAGMA quick_check(run)", "PRAGMA quick_check(delivery)"};
  using Checks = std::span<const char* const>;
  for (const char* sql : SizeOf(path) > kQuickCheckBytes ? Checks{kSmall} : Checks{kWhole}) {
    const auto found = QuickCheck(database, sql);
    if (!found) return Fail(found.error());
    if (*found != "ok") return Fail(Damaged(path, "is damaged: " + *found));
  }
  return {};
}

Result<void> CheckContent(Database& database, const fs::path& path) {
  const auto schema = NumberOf(database, "PRAGMA user_version");
  if (!schema) return Fail(schema.error());
  const auto application = NumberOf(database, "PRAGMA application_id");
  if (!application) return Fail(application.error());
  const auto tables = NumberOf(database, "SELECT count(*) FROM sqlite_schema");
  if (!tables) return Fail(tables.error());
  if (*application != kApplicationId && (*application != 0 || *schema != 0 || *tables != 0)) {
    return Fail(Damaged(path, "is a database of another program"));
  }
  if (*schema > LatestSchema()) {
    return Fail(Damaged(path, "was written by a newer version of this program (schema " +
                                  std::to_string(*schema) + ", this one knows " +
                                  std::to_string(LatestSchema()) +
                                  "): install that version again"));
  }
  return *tables == 0 ? Result<void>{} : CheckPages(database, path);
}

/// Closing the last connection would copy the write-ahead log into the file: not before the file
/// has been found good.
void CheckpointOnClose(Database& database, bool wanted) {
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, wanted ? 0 : 1, nullptr);
}

Result<Database> OpenChecked(const fs::path& path) {
  auto database = Database::Open(path, SQLITE_OPEN_READWRITE);
  if (!database) return Fail(std::move(database.error()).While("open " + path.string()));
  CheckpointOnClose(*database, false);
  sqlite3_busy_timeout(database->handle(), static_cast<int>(kBusyPatience.count()));
  if (auto good = CheckContent(*database, path); !good) {
    // Our own sentences name the file already; SQLite's do not.
    if (good.error().message.starts_with(path.string())) return Fail(good.error());
    if (good.error().code == ErrorCode::kCorrupt) {
      return Fail(Damaged(path, "is damaged: " + good.error().message));
    }
    return Fail(std::move(good.error()).While("open " + path.string()));
  }
  CheckpointOnClose(*database, true);
  return database;
}

}  // namespace

Result<Database> OpenStoreFile(const fs::path& path) {
  if (auto good = CheckBytes(path); !good) return Fail(good.error());
  std::error_code failure;
  const bool had_log = fs::exists(Beside(path, "-wal"), failure);
  auto database = OpenChecked(path);
  if (!database && !had_log) {
    fs::remove(Beside(path, "-wal"), failure);
    fs::remove(Beside(path, "-shm"), failure);
  }
  return database;
}

Result<void> Configure(Database& database) {
  sqlite3_busy_timeout(database.handle(), static_cast<int>(kBusyPatience.count()));
  // FULL: a commit is on disk when it returns. A log of 16 MB instead of SQLite's 4 makes the
  // checkpoints, which hold up one committer each, rare enough not to show in the 99th percentile.
  // A new file can give room back from the start; for others see free_room.h.
  return database.Execute(
      "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
      "PRAGMA foreign_keys = ON;"
      "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -1024; PRAGMA wal_autocheckpoint = 4000;"
      "PRAGMA journal_size_limit = 16777216;");
}

}  // namespace backup_monitor::sqlite
