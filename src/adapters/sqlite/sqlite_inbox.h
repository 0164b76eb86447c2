#pragma once

#include <condition_variable>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/inbox_rows.h"
#include "adapters/sqlite/write_turn.h"
#include "base/heartbeat.h"
#include "base/mutex.h"
#include "store/inbox.h"

namespace backup_monitor::sqlite {

/// The inbox with a thread of its own, the committer: it takes everything that waits, stores it in
/// one transaction and then answers. While one commit is on its way to the disk the next one
/// gathers.
///
/// `done` is called on the committer's thread; a request that is refused at once (too many wait, or
/// the inbox has stopped) gets its answer on the caller's thread, inside Accept().
class SqliteInbox final : public store::Inbox {
 public:
  struct Limits {
    std::size_t
        most_waiting;  ///< Triggers that may wait for a commit; a request that finds more is refused.
    std::int64_t
        most_bytes;  ///< Likewise of what waits to be dealt with, on disk or on its way there.
  };
  SqliteInbox(Database database, WriteTurn& turn, InboxLevel& level, Limits limits);
  ~SqliteInbox() override;

  void Accept(std::vector<TriggerBody> bodies, Time received_at, Done done) override;
  Result<Portion> Pending(Kinds kinds, TriggerId after, std::size_t most_bytes) override;

  /// Stores what waits, answers it, and refuses from now on. Any thread, more than once.
  void Stop();

  /// Of the committer; between two beats at most one commit.
  [[nodiscard]] const Heartbeat& heartbeat() const noexcept { return heartbeat_; }

 private:
  struct Request {
    std::vector<TriggerText> triggers;
    std::int64_t bytes;  ///< That InboxLevel counts for them.
    Time received_at;
    Done done;
    std::vector<TriggerId> ids{};  ///< When it is stored.
  };

  /// Takes the request into the queue; else says why not and leaves it as it is.
  [[nodiscard]] std::string Enqueue(Request& request);
  void Commit();  ///< The committer's loop.
  [[nodiscard]] Result<void> Store(std::vector<Request>& requests);

  /// \return the bytes that InboxLevel counts for triggers which waited already.
  [[nodiscard]] Result<std::int64_t> Insert(Request& request) REQUIRES(database_mutex_);

  Mutex database_mutex_;  ///< Taken after the write turn, never before.
  Database database_ GUARDED_BY(database_mutex_);
  WriteTurn& turn_;
  InboxLevel& level_;
  const Limits limits_;

  Mutex queue_mutex_;
  std::condition_variable changed_;
  std::vector<Request> queue_ GUARDED_BY(queue_mutex_);
  std::size_t waiting_ GUARDED_BY(queue_mutex_) = 0;  ///< Triggers in `queue_`.
  bool stopping_ GUARDED_BY(queue_mutex_) = false;

  Heartbeat heartbeat_;
  Mutex stop_mutex_;
  std::thread committer_ GUARDED_BY(stop_mutex_);
};

}  // namespace backup_monitor::sqlite
