#include "adapters/sqlite/stored_history.h"

#include <utility>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/load_memory.h"
#include "adapters/sqlite/migrations.h"
#include "adapters/sqlite/sqlite_run_archive.h"
#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor::sqlite {
namespace {

class ReadOnlyStore final : public StoredHistory {
 public:
  ReadOnlyStore(Database memory, Database archive)
      : memory_{std::move(memory)}, archive_{std::move(archive)} {}

  Result<RunMemory> Load(Time now) override {
    const ReadTransaction view{memory_};
    auto memory = LoadMemory(memory_, now);
    if (!memory) return Fail(std::move(memory.error()).While("load the store"));
    return memory;
  }
  store::RunArchive& archive() noexcept override { return archive_; }

 private:
  Database memory_;
  SqliteRunArchive archive_;
};

Result<Database> ConnectForReading(const std::filesystem::path& path) {
  auto database = Database::Open(path, SQLITE_OPEN_READONLY);
  if (!database) return database;
  sqlite3_busy_timeout(database->handle(), static_cast<int>(kBusyPatience.count()));
  const auto schema = SchemaOf(*database);
  if (!schema) return Fail(schema.error());
  if (*schema != LatestSchema()) {
    return Fail(ErrorCode::kUnavailable, "its schema is " + std::to_string(*schema) +
                                             ", this program reads " +
                                             std::to_string(LatestSchema()) +
                                             "; a start of the daemon brings it up to date");
  }
  return database;
}

}  // namespace

Result<std::unique_ptr<StoredHistory>> OpenStoredHistory(const std::filesystem::path& path) {
  auto memory = ConnectForReading(path);
  if (!memory) return Fail(std::move(memory.error()).While("open " + path.string()));
  auto archive = ConnectForReading(path);
  if (!archive) return Fail(std::move(archive.error()).While("open " + path.string()));
  return std::make_unique<ReadOnlyStore>(*std::move(memory), *std::move(archive));
}

}  // namespace backup_monitor::sqlite
