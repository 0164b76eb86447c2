#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/trigger_json.h"
#include "base/result.h"
#include "model/trigger.h"
#include "store/inbox.h"

namespace backup_monitor::sqlite {

/// How many bytes of triggers wait in the inbox, those included that are on their way to the disk. Kept by
/// whoever puts rows in and takes rows out; any thread.
class InboxLevel {
 public:
  explicit InboxLevel(std::int64_t bytes) noexcept : bytes_{bytes} {}

  /// \return false, and nothing is added, if more than `most` would wait.
  [[nodiscard]] bool Add(std::int64_t bytes, std::int64_t most) noexcept;
  void Remove(std::int64_t bytes) noexcept { bytes_ -= bytes; }
  [[nodiscard]] std::int64_t bytes() const noexcept { return bytes_; }

 private:
  std::atomic<std::int64_t> bytes_;
};

/// What one row counts: its body, and what SQLite and we need besides.
[[nodiscard]] std::int64_t InboxBytesOf(const TriggerText& text) noexcept;

/// What all rows count.
[[nodiscard]] Result<std::int64_t> ReadInboxBytes(Database& database);

struct StoredTrigger {
  TriggerId id;
  bool is_new;  ///< False: the same alert waits already, and its row counts for both.
};

/// Inside a transaction of the caller's.
[[nodiscard]] Result<StoredTrigger> InsertTrigger(Database& database, const TriggerText& text,
                                                  Time received_at);

/// Takes them out, as far as they are there. Likewise. \return what the rows counted.
[[nodiscard]] Result<std::int64_t> DeleteTriggers(Database& database,
                                                  const std::vector<TriggerId>& triggers);

/// What Inbox::Pending() returns.
[[nodiscard]] Result<store::Inbox::Portion> ReadTriggers(Database& database,
                                                         store::Inbox::Kinds kinds, TriggerId after,
                                                         std::size_t most_bytes);

}  // namespace backup_monitor::sqlite
