#include "adapters/sqlite/sqlite_store.h"

#include <array>
#include <optional>

#include "adapters/sqlite/free_room.h"
#include "adapters/sqlite/inbox_rows.h"
#include "adapters/sqlite/migrations.h"
#include "adapters/sqlite/sqlite_inbox.h"
#include "adapters/sqlite/sqlite_outbox.h"
#include "adapters/sqlite/sqlite_run_archive.h"
#include "adapters/sqlite/sqlite_run_store.h"
#include "adapters/sqlite/store_file.h"
#include "adapters/sqlite/store_health.h"
#include "adapters/sqlite/write_turn.h"

namespace backup_monitor::sqlite {
namespace {

class OpenedStore final : public SqliteStore {
 public:
  OpenedStore(const std::filesystem::path& path, Database worker, Database committer,
              Database delivery, Database reader, std::int64_t inbox_bytes,
              const StoreOptions& options)
      : health_{path},
        level_{inbox_bytes},
        runs_{std::move(worker), turn_, level_},
        outbox_{std::move(delivery), turn_},
        archive_{std::move(reader)},
        inbox_{
            std::move(committer), turn_, level_, {options.most_waiting, options.most_inbox_bytes}} {
  }

  store::Inbox& inbox() noexcept override { return inbox_; }
  store::RunStore& runs() noexcept override { return runs_; }
  store::RunArchive& archive() noexcept override { return archive_; }
  notify::Outbox& outbox() noexcept override { return outbox_; }
  Result<void> CheckHealth() const override { return health_.Check(); }
  Sizes MeasureSizes() const override {
    return {health_.Bytes(), health_.FreeBytes().value_or(0), level_.bytes()};
  }
  void StopInbox() override { inbox_.Stop(); }
  const Heartbeat& inbox_heartbeat() const noexcept override { return inbox_.heartbeat(); }

 private:
  StoreHealth health_;
  WriteTurn turn_{&health_};
  InboxLevel level_;
  SqliteRunStore runs_;
  SqliteOutbox outbox_;
  SqliteRunArchive archive_;
  SqliteInbox inbox_;  // last, so that its thread ends first
};

Result<Database> Connect(const std::filesystem::path& path) {
  auto database = Database::Open(path, SQLITE_OPEN_READWRITE);
  if (!database) return database;
  if (auto configured = Configure(*database); !configured) return Fail(configured.error());
  return database;
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> OpenStore(const std::filesystem::path& path,
                                               const StoreOptions& options) {
  const std::string attempt = "open " + path.string();
  auto first = OpenStoreFile(path);
  if (!first) return Fail(first.error());
  if (auto configured = Configure(*first); !configured) {
    return Fail(std::move(configured.error()).While(attempt));
  }
  if (auto migrated = Migrate(*first); !migrated)
    return Fail(std::move(migrated.error()).While(attempt));

  MakeShrinkable(*first, path);
  const auto inbox_bytes = ReadInboxBytes(*first);
  if (!inbox_bytes) return Fail(Error{inbox_bytes.error()}.While(attempt));

  std::array<std::optional<Database>, 3> others;
  for (auto& other : others) {
    auto database = Connect(path);
    if (!database) return Fail(std::move(database.error()).While(attempt));
    other.emplace(std::move(*database));
  }
  return std::make_unique<OpenedStore>(path, std::move(*first), std::move(*others[0]),
                                       std::move(*others[1]), std::move(*others[2]), *inbox_bytes,
                                       options);
}

}  // namespace backup_monitor::sqlite
