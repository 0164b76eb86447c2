#include "adapters/sqlite/sqlite_run_store.h"

#include "adapters/sqlite/finding_rows.h"
#include "adapters/sqlite/forget.h"
#include "adapters/sqlite/held_report_rows.h"
#include "adapters/sqlite/load_memory.h"
#include "adapters/sqlite/message_rows.h"
#include "adapters/sqlite/read_history.h"
#include "adapters/sqlite/run_rows.h"
#include "adapters/sqlite/save_changes.h"
#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor {
namespace {

class SqliteTransaction final : public RunStore::Transaction {
 public:
  SqliteTransaction(Database& database, WriteTransaction writing)
      : database_{database}, writing_{std::move(writing)} {}

  Result<void> Save(const RunChanges& changes) override {
    auto saved = SaveChanges(database_, changes);
    if (!saved) return Fail(std::move(saved.error()).While("store what changed"));
    return saved;
  }

  Result<Run> Read(RunId run) override {
    auto read = ReadRun(database_, run);
    if (!read) return Fail(std::move(read.error()).While("read a run"));
    return read;
  }

  Result<void> Keep(const RecordKey& record, const Finding& finding) override {
    auto kept = SaveFinding(database_, record, finding);
    if (!kept) return Fail(std::move(kept.error()).While("store what a repository holds"));
    return kept;
  }

  Result<HeldId> Hold(const HeldReport& held) override {
    auto id = InsertHeldReport(database_, held);
    if (!id) return Fail(std::move(id.error()).While("hold a report back"));
    return id;
  }

  Result<std::vector<HeldReport>> Held() override {
    auto reports = ReadHeldReports(database_);
    if (!reports) return Fail(std::move(reports.error()).While("read what is held back"));
    return reports;
  }

  Result<void> Release(HeldId held) override {
    auto released = DeleteHeldReport(database_, held);
    if (!released) return Fail(std::move(released.error()).While("release a report"));
    return released;
  }

  Result<PlanHistory> HistoryOf(const Run& run, Time as_of) override {
    auto history = ReadHistory(database_, run, as_of);
    if (!history) return Fail(std::move(history.error()).While("read the history of a run"));
    return history;
  }

  Result<std::vector<PastMessage>> MessagesOf(RunId run) override {
    const auto ids = MessageIdsOf(database_, run);
    if (!ids) return Fail(ids.error());
    std::vector<PastMessage> messages;
    for (const MessageId id : *ids) {
      auto message = ReadMessageRow(database_, id, MailBytes::kLeaveOut);
      if (!message) return Fail(std::move(message.error()).While("read earlier messages"));
      messages.push_back({message->id, std::move(message->message_id),
                          std::move(message->thread_root), std::move(message->recipients)});
    }
    return messages;
  }

  Result<MessageId> Post(const Message& message) override {
    auto posted = InsertMessage(database_, message);
    if (!posted) return Fail(std::move(posted.error()).While("post a message"));
    return posted;
  }

  Result<void> Commit() override {
    auto committed = writing_.Commit();
    if (!committed) return Fail(std::move(committed.error()).While("store what changed"));
    return committed;
  }

 private:
  Database& database_;
  WriteTransaction writing_;
};

}  // namespace

Result<RunMemory> SqliteRunStore::Load(Time now) {
  const ReadTransaction view{database_};
  auto memory = LoadMemory(database_, now);
  if (!memory) return Fail(std::move(memory.error()).While("load the store"));
  return memory;
}

Result<std::unique_ptr<RunStore::Transaction>> SqliteRunStore::Begin() {
  auto writing = WriteTransaction::Begin(database_, turn_);
  if (!writing) return Fail(std::move(writing.error()).While("begin to store"));
  return std::make_unique<SqliteTransaction>(database_, std::move(*writing));
}

Result<void> SqliteRunStore::Forget(Time before, const std::set<RecordKey>& still_in_redis) {
  auto forgotten = ForgetBefore(database_, turn_, before, still_in_redis);
  if (!forgotten) return Fail(std::move(forgotten.error()).While("forget old runs"));
  return forgotten;
}

}  // namespace backup_monitor
