#include "adapters/sqlite/sqlite_inbox.h"

#include "adapters/sqlite/trigger_json.h"
#include "adapters/sqlite/write_transaction.h"
#include "base/bounds.h"

namespace backup_monitor::sqlite {

SqliteInbox::SqliteInbox(Database database, WriteTurn& turn, InboxLevel& level, Limits limits)
    : database_{std::move(database)},
      turn_{turn},
      level_{level},
      limits_{limits},
      committer_{[this] { Commit(); }} {}

SqliteInbox::~SqliteInbox() { Stop(); }

void SqliteInbox::Stop() {
  {
    const MutexLock lock{queue_mutex_};
    stopping_ = true;
  }
  changed_.notify_one();
  const MutexLock lock{stop_mutex_};
  if (committer_.joinable()) committer_.join();
}

void SqliteInbox::Accept(std::vector<TriggerBody> bodies, Time received_at, Done done) {
  Request request{{}, 0, received_at, std::move(done)};
  for (const TriggerBody& body : bodies) {
    request.triggers.push_back(WriteTrigger(body));
    request.bytes += InboxBytesOf(request.triggers.back());
  }
  if (const std::string refusal = Enqueue(request); !refusal.empty()) {
    request.done(Fail(ErrorCode::kUnavailable, refusal));
    return;
  }
  changed_.notify_one();
}

std::string SqliteInbox::Enqueue(Request& request) {
  const MutexLock lock{queue_mutex_};
  if (stopping_) return "stopping";
  if (!queue_.empty() && waiting_ + request.triggers.size() > limits_.most_waiting) {
    NoteBoundReached("inbox_queue",
                     "triggers come faster than they can be stored; they are refused with 503");
    return "too many triggers wait to be stored";
  }
  if (!level_.Add(request.bytes, limits_.most_bytes)) {
    NoteBoundReached("inbox_bytes", "triggers of " + std::to_string(limits_.most_bytes) +
                                        " bytes wait to be worked off; more are refused with 503");
    return "too many triggers wait to be worked off";
  }
  waiting_ += request.triggers.size();
  queue_.push_back(std::move(request));
  return {};
}

void SqliteInbox::Commit() {
  NameThread("committer");
  for (;;) {
    std::vector<Request> requests;
    {
      MutexLock lock{queue_mutex_};
      do heartbeat_.Beat();
      while (!changed_.wait_for(lock.native(), kHeartbeatInterval, [this]() REQUIRES(queue_mutex_) {
        return stopping_ || !queue_.empty();
      }));
      if (queue_.empty()) return heartbeat_.End();
      requests.swap(queue_);
      waiting_ = 0;
    }
    const auto stored = Store(requests);
    for (Request& request : requests) {
      if (stored) {
        request.done(std::move(request.ids));
      } else {
        level_.Remove(request.bytes);
        request.done(Fail(stored.error()));
      }
    }
  }
}

Result<void> SqliteInbox::Store(std::vector<Request>& requests) {
  auto turn = turn_.Acquire(kBusyPatience);
  if (!turn) return Fail(ErrorCode::kUnavailable, "store triggers: the store is busy writing");
  const MutexLock lock{database_mutex_};
  auto transaction = WriteTransaction::Begin(database_, std::move(*turn));
  if (!transaction) return Fail(std::move(transaction.error()).While("store triggers"));
  std::int64_t shared_bytes = 0;
  for (Request& request : requests) {
    const auto shared = Insert(request);
    if (!shared) return Fail(Error{shared.error()}.While("store triggers"));
    shared_bytes += *shared;
  }
  if (auto committed = transaction->Commit(); !committed) {
    return Fail(std::move(committed.error()).While("store triggers"));
  }
  level_.Remove(shared_bytes);
  return {};
}

Result<std::int64_t> SqliteInbox::Insert(Request& request) {
  std::int64_t shared_bytes = 0;
  for (const TriggerText& trigger : request.triggers) {
    const auto stored = InsertTrigger(database_, trigger, request.received_at);
    if (!stored) return Fail(stored.error());
    if (!stored->is_new) shared_bytes += InboxBytesOf(trigger);
    request.ids.push_back(stored->id);
  }
  return shared_bytes;
}

Result<store::Inbox::Portion> SqliteInbox::Pending(Kinds kinds, TriggerId after,
                                                   std::size_t most_bytes) {
  const MutexLock lock{database_mutex_};
  auto portion = ReadTriggers(database_, kinds, after, most_bytes);
  if (!portion) return Fail(std::move(portion.error()).While("read the inbox"));
  return portion;
}

}  // namespace backup_monitor::sqlite
