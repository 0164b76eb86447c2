#pragma once

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/inbox_rows.h"
#include "adapters/sqlite/write_turn.h"
#include "store/run_store.h"

namespace backup_monitor::sqlite {

/// The worker's connection. One thread. While a Transaction lives, nobody else writes: keep it short.
class SqliteRunStore final : public store::RunStore {
 public:
  SqliteRunStore(Database database, WriteTurn& turn, InboxLevel& inbox)
      : database_{std::move(database)}, turn_{turn}, inbox_{inbox} {}

  Result<RunMemory> Load(Time now) override;
  Result<std::unique_ptr<Transaction>> Begin() override;
  Result<store::Retained> ReadRetained() override;
  Result<void> SaveRetained(const store::Retained& retained) override;
  Result<std::optional<Time>> NewestRecord() override;
  Result<std::optional<Time>> OldestBefore(Time before,
                                           const std::set<RecordKey>& still_in_redis) override;
  /// Removes in portions, each its own commit, so that others can write in between: stopped half-way
  /// it has forgotten only some.
  Result<void> Forget(Time before, const std::set<RecordKey>& still_in_redis) override;
  Result<bool> GiveBackRoom() override;

 private:
  Database database_;
  WriteTurn& turn_;
  InboxLevel& inbox_;
};

}  // namespace backup_monitor::sqlite
