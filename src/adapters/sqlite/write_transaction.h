#pragma once

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/write_turn.h"
#include "base/result.h"

namespace backup_monitor::sqlite {

/// How long a writer waits for another one, of this process or not.
inline constexpr std::chrono::milliseconds kBusyPatience{10'000};

/// BEGIN IMMEDIATE to COMMIT. Destroyed without Commit(): rolled back. Begins in a file that is in its place
/// only, and reports the result to the store's health.
class WriteTransaction {
 public:
  /// \return kUnavailable if others keep writing for longer than kBusyPatience.
  [[nodiscard]] static Result<WriteTransaction> Begin(Database& database, WriteTurn& turn);
  /// For who has the turn already; gives it back at the end.
  [[nodiscard]] static Result<WriteTransaction> Begin(Database& database, WriteTurn::Lock lock);

  WriteTransaction(WriteTransaction&& other) noexcept;
  WriteTransaction& operator=(WriteTransaction&&) = delete;
  ~WriteTransaction();

  /// On disk when it returns success; rolled back when it fails.
  [[nodiscard]] Result<void> Commit();

 private:
  WriteTransaction(Database& database, WriteTurn::Lock lock) noexcept
      : database_{&database}, lock_{std::move(lock)} {}
  void RollBack() noexcept;
  void Tell(const Result<void>& result) const;

  Database* database_;  ///< Null once it is over.
  std::optional<WriteTurn::Lock> lock_;
};

/// One view of the file over several reads: what is committed meanwhile stays unseen.
class ReadTransaction {
 public:
  explicit ReadTransaction(Database& database);
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;
  ~ReadTransaction();

 private:
  Database& database_;
  bool mine_;  ///< False inside a transaction that was there before.
};

}  // namespace backup_monitor::sqlite
