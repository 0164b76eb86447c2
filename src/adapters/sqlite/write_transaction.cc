#include "adapters/sqlite/write_transaction.h"

#include "adapters/sqlite/store_health.h"

namespace backup_monitor::sqlite {

Result<WriteTransaction> WriteTransaction::Begin(Database& database, WriteTurn& turn) {
  auto lock = turn.Acquire(kBusyPatience);
  if (!lock) return Fail(ErrorCode::kUnavailable, "the store is busy writing");
  return Begin(database, std::move(*lock));
}

Result<WriteTransaction> WriteTransaction::Begin(Database& database, WriteTurn::Lock lock) {
  if (const StoreHealth* health = lock.health()) {
    if (auto in_place = health->InPlace(); !in_place) return Fail(in_place.error());
  }
  if (auto begun = database.Prepare("BEGIN IMMEDIATE").Run(); !begun) return Fail(begun.error());
  return WriteTransaction{database, std::move(lock)};
}

WriteTransaction::WriteTransaction(WriteTransaction&& other) noexcept
    : database_{std::exchange(other.database_, nullptr)}, lock_{std::move(other.lock_)} {}

WriteTransaction::~WriteTransaction() {
  if (database_ == nullptr) return;
  const int code = sqlite3_errcode(database_->handle()) & 0xff;
  if (code == SQLITE_FULL || code == SQLITE_IOERR)
    Tell(Fail(SqliteError(database_->handle(), code)));
  RollBack();
}

void WriteTransaction::Tell(const Result<void>& result) const {
  StoreHealth* health = lock_ ? lock_->health() : nullptr;
  if (health != nullptr) health->Stored(result);
}

Result<void> WriteTransaction::Commit() {
  if (database_ == nullptr) return Fail(ErrorCode::kInvalidInput, "this transaction is over");
  auto committed = database_->Prepare("COMMIT").Run();
  Tell(committed);
  if (committed) database_ = nullptr;
  RollBack();
  lock_.reset();
  return committed;
}

void WriteTransaction::RollBack() noexcept {
  if (database_ == nullptr) return;
  // SQLite rolls back by itself after some errors, disk full among them.
  if (sqlite3_get_autocommit(database_->handle()) == 0) {
    sqlite3_exec(database_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  database_ = nullptr;
}

ReadTransaction::ReadTransaction(Database& database)
    : database_{database}, mine_{sqlite3_get_autocommit(database.handle()) != 0} {
  if (mine_) sqlite3_exec(database_.handle(), "BEGIN", nullptr, nullptr, nullptr);
}

ReadTransaction::~ReadTransaction() {
  if (mine_) sqlite3_exec(database_.handle(), "COMMIT", nullptr, nullptr, nullptr);
}

}  // namespace backup_monitor::sqlite
