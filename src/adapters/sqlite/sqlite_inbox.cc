#include "adapters/sqlite/sqlite_inbox.h"

#include "adapters/sqlite/trigger_json.h"
#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor {

SqliteInbox::SqliteInbox(Database database, WriteTurn& turn, std::size_t most_waiting)
    : database_{std::move(database)}, turn_{turn}, most_waiting_{most_waiting}, committer_{[this] {
        Commit();
      }} {}

SqliteInbox::~SqliteInbox() { Stop(); }

void SqliteInbox::Stop() {
  {
    const std::lock_guard lock{queue_mutex_};
    stopping_ = true;
  }
  changed_.notify_one();
  const std::lock_guard lock{stop_mutex_};
  if (committer_.joinable()) committer_.join();
}

void SqliteInbox::Accept(std::vector<TriggerBody> bodies, Time received_at, Done done) {
  Request request{std::move(bodies), received_at, std::move(done)};
  if (const char* refusal = Enqueue(request)) {
    request.done(Fail(ErrorCode::kUnavailable, refusal));
    return;
  }
  changed_.notify_one();
}

const char* SqliteInbox::Enqueue(Request& request) {
  const std::lock_guard lock{queue_mutex_};
  if (stopping_) return "stopping";
  if (!queue_.empty() && waiting_ + request.bodies.size() > most_waiting_) {
    return "too many triggers wait to be stored";
  }
  waiting_ += request.bodies.size();
  queue_.push_back(std::move(request));
  return nullptr;
}

void SqliteInbox::Commit() {
  NameThread("committer");
  for (;;) {
    std::vector<Request> requests;
    {
      std::unique_lock lock{queue_mutex_};
      do heartbeat_.Beat();
      while (!changed_.wait_for(lock, kHeartbeatInterval,
                                [&] { return stopping_ || !queue_.empty(); }));
      if (queue_.empty()) return heartbeat_.End();
      requests.swap(queue_);
      waiting_ = 0;
    }
    auto stored = Store(requests);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (stored) {
        requests[i].done(std::move((*stored)[i]));
      } else {
        requests[i].done(Fail(stored.error()));
      }
    }
  }
}

Result<std::vector<std::vector<TriggerId>>> SqliteInbox::Store(
    const std::vector<Request>& requests) {
  auto held = turn_.Take(kBusyPatience);
  if (!held) return Fail(ErrorCode::kUnavailable, "store triggers: the store is busy writing");
  const std::lock_guard lock{database_mutex_};
  auto transaction = WriteTransaction::Begin(database_, std::move(*held));
  if (!transaction) return Fail(std::move(transaction.error()).While("store triggers"));
  std::vector<std::vector<TriggerId>> ids;
  for (const Request& request : requests) {
    auto inserted = Insert(request);
    if (!inserted) return Fail(std::move(inserted.error()).While("store triggers"));
    ids.push_back(std::move(*inserted));
  }
  if (auto committed = transaction->Commit(); !committed) {
    return Fail(std::move(committed.error()).While("store triggers"));
  }
  return ids;
}

Result<std::vector<TriggerId>> SqliteInbox::Insert(const Request& request) {
  std::vector<TriggerId> ids;
  for (const TriggerBody& body : request.bodies) {
    const TriggerText text = WriteTrigger(body);
    auto added =
        database_.Prepare("INSERT INTO inbox (received_at, kind, body) VALUES (?1, ?2, ?3)")
            .Bind(request.received_at, text.kind, text.body)
            .Run();
    if (!added) return Fail(added.error());
    ids.push_back(TriggerId{sqlite3_last_insert_rowid(database_.handle())});
  }
  return ids;
}

Result<std::vector<Trigger>> SqliteInbox::Pending(TriggerId after, int limit) {
  const std::lock_guard lock{database_mutex_};
  std::vector<Trigger> triggers;
  auto query = database_.Prepare(
      "SELECT id, received_at, kind, body FROM inbox WHERE id > ? ORDER BY id LIMIT ?");
  query.Bind(after, limit);
  while (query.Next()) {
    std::string kind;
    std::string text;
    Trigger& trigger = triggers.emplace_back();
    query.Read(trigger.id, trigger.received_at, kind, text);
    auto body = ReadTrigger(kind, text);
    if (!body) return Fail(body.error());
    trigger.body = std::move(*body);
  }
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("read the inbox"));
  return triggers;
}

}  // namespace backup_monitor
