#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/heartbeat.h"
#include "base/result.h"
#include "notify/outbox.h"
#include "store/inbox.h"
#include "store/run_archive.h"
#include "store/run_store.h"

namespace backup_monitor::sqlite {

struct StoreOptions {
  /// Triggers that may wait for their commit; a request that finds more is refused.
  std::size_t most_waiting = 10'000;
  /// Bytes of triggers that may wait to be dealt with, on disk; a request beyond is refused. The largest
  /// request that fits into receiver.max_body_bytes must fit with room to spare.
  std::int64_t most_inbox_bytes = 32LL << 20;
};

/// Everything the daemon keeps, in one SQLite file: the four ports, each on its own connection, so
/// that readers never wait for writers. Writers queue in order of arrival.
class SqliteStore {
 public:
  virtual ~SqliteStore() = default;

  [[nodiscard]] virtual store::Inbox& inbox() noexcept = 0;
  [[nodiscard]] virtual store::RunStore& runs() noexcept = 0;
  [[nodiscard]] virtual store::RunArchive& archive() noexcept = 0;
  [[nodiscard]] virtual notify::Outbox& outbox() noexcept = 0;

  /// Whether what is written now is stored, and will be found again: the file is in its place, the last
  /// transaction was stored, and the disk has room. Any thread.
  [[nodiscard]] virtual Result<void> CheckHealth() const = 0;
  struct Sizes {
    std::uint64_t bytes = 0;       ///< Of the file and its log.
    std::uint64_t free_bytes = 0;  ///< Of its disk.
    std::int64_t inbox_bytes = 0;  ///< Of triggers that wait to be worked off.
  };
  [[nodiscard]] virtual Sizes MeasureSizes() const = 0;

  /// Stores and answers the triggers that wait, and refuses later ones with kUnavailable. Blocks
  /// until that is done. The destructor does it too.
  virtual void StopInbox() = 0;
  /// Of the thread that stores triggers.
  [[nodiscard]] virtual const Heartbeat& inbox_heartbeat() const noexcept = 0;
};

/// Opens the file, creates it with mode 0600 if it is missing, and brings it to the newest schema.
///
/// \return kCorrupt if the file is damaged, another program's or a newer version's: it is left
///         exactly as it was; kUnavailable if it cannot be created, read or written. The message
///         names the file and says what to do.
[[nodiscard]] Result<std::unique_ptr<SqliteStore>> OpenStore(const std::filesystem::path& path,
                                                             const StoreOptions& options = {});

}  // namespace backup_monitor::sqlite
