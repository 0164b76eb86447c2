#include "adapters/sqlite/free_room.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <string>

#include "adapters/sqlite/write_transaction.h"
#include "base/log.h"

namespace backup_monitor::sqlite {
namespace {

/// PRAGMA auto_vacuum: 2 is INCREMENTAL.
constexpr std::int64_t kIncremental = 2;

Result<std::int64_t> NumberOf(Database& database, std::string_view sql) {
  std::int64_t number = 0;
  auto query = database.Prepare(sql);
  if (query.Next()) query.Read(number);
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return number;
}

std::uint64_t FreeBytes(const std::filesystem::path& folder) {
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0) return 0;
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

/// VACUUM's own copy goes to the folder of the store: in memory it would count against our limit, and
/// elsewhere nobody knows what room there is. For as long as this lives.
class TemporaryFilesIn {
 public:
  explicit TemporaryFilesIn(const std::filesystem::path& folder) {
    sqlite3_temp_directory = sqlite3_mprintf("%s", folder.c_str());
  }
  ~TemporaryFilesIn() {
    sqlite3_free(sqlite3_temp_directory);
    sqlite3_temp_directory = nullptr;
  }
  TemporaryFilesIn(const TemporaryFilesIn&) = delete;
  TemporaryFilesIn& operator=(const TemporaryFilesIn&) = delete;
};

Result<void> Rewrite(Database& database, const std::filesystem::path& folder) {
  const TemporaryFilesIn there{folder};
  auto rewritten =
      database.Execute("PRAGMA temp_store = FILE; PRAGMA auto_vacuum = INCREMENTAL; VACUUM;");
  auto after = database.Execute("PRAGMA temp_store = MEMORY; PRAGMA wal_checkpoint(TRUNCATE);");
  return rewritten ? after : rewritten;
}

}  // namespace

void MakeShrinkable(Database& database, const std::filesystem::path& path) {
  const auto mode = NumberOf(database, "PRAGMA auto_vacuum");
  const auto pages = NumberOf(database, "PRAGMA page_count");
  const auto page_bytes = NumberOf(database, "PRAGMA page_size");
  if (!mode || !pages || !page_bytes || *mode == kIncremental) return;
  const auto bytes = static_cast<std::uint64_t>(*pages * *page_bytes);
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
  const std::string what = path.string() + " will not become smaller when history is removed: ";
  if (bytes > kRewriteBytes) return LogWarning(what + "it is too large to be rewritten at a start");
  if (FreeBytes(folder) < 3 * bytes) {
    return LogWarning(what + "rewriting it once takes " + std::to_string(3 * bytes) +
                      " free bytes on its disk");
  }
  const auto rewritten = Rewrite(database, folder);
  if (!rewritten) LogWarning(what + rewritten.error().message);
}

Result<bool> GiveBackFreePages(Database& database, WriteTurn& turn) {
  const auto free = NumberOf(database, "PRAGMA freelist_count");
  if (!free) return Fail(free.error());
  if (*free <= kKeptFreePages) return false;
  auto transaction = WriteTransaction::Begin(database, turn);
  if (!transaction) return Fail(transaction.error());
  static const std::string kStep =
      "PRAGMA incremental_vacuum(" + std::to_string(kPagesPerStep) + ")";
  if (auto ran = database.Prepare(kStep).Run(); !ran) return Fail(ran.error());
  if (auto committed = transaction->Commit(); !committed) return Fail(committed.error());
  const auto left = NumberOf(database, "PRAGMA freelist_count");
  if (!left) return Fail(left.error());
  if (*left == *free) return false;  // a file that cannot shrink
  if (*left > kKeptFreePages) return true;
  // The file itself becomes smaller when the log is copied into it.
  if (auto copied = database.Prepare("PRAGMA wal_checkpoint(PASSIVE)").Run(); !copied)
    return Fail(copied.error());
  return false;
}

}  // namespace backup_monitor::sqlite
