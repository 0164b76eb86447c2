#include "adapters/sqlite/sqlite_run_store.h"

#include "adapters/sqlite/finding_rows.h"
#include "adapters/sqlite/forget.h"
#include "adapters/sqlite/free_room.h"
#include "adapters/sqlite/known_alert_rows.h"
#include "adapters/sqlite/load_memory.h"
#include "adapters/sqlite/message_rows.h"
#include "adapters/sqlite/postponed_report_rows.h"
#include "adapters/sqlite/read_history.h"
#include "adapters/sqlite/run_rows.h"
#include "adapters/sqlite/save_changes.h"
#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor::sqlite {
namespace {

class SqliteTransaction final : public store::RunStore::Transaction {
 public:
  SqliteTransaction(Database& database, InboxLevel& inbox, WriteTransaction writing)
      : database_{database}, inbox_{inbox}, writing_{std::move(writing)} {}

  Result<void> Save(const RunChanges& changes) override {
    auto saved = SaveChanges(database_, changes);
    if (!saved) return Fail(std::move(saved.error()).While("store what changed"));
    auto settled = DeleteTriggers(database_, changes.settled);
    if (!settled) return Fail(std::move(settled.error()).While("take triggers out of the inbox"));
    settled_bytes_ += *settled;
    return {};
  }

  Result<std::set<std::string>> KnownAlerts(const std::set<std::string>& identities) override {
    auto known = ReadKnownAlerts(database_, identities);
    if (!known) return Fail(std::move(known.error()).While("read which alerts are known"));
    return known;
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

  Result<PostponedId> Postpone(const PostponedReport& report) override {
    auto id = InsertPostponedReport(database_, report);
    if (!id) return Fail(std::move(id.error()).While("hold a report back"));
    return id;
  }

  Result<std::vector<PostponedReport>> Postponed() override {
    auto reports = ReadPostponedReports(database_);
    if (!reports) return Fail(std::move(reports.error()).While("read what is postponed"));
    return reports;
  }

  Result<void> Release(PostponedId report) override {
    auto released = DeletePostponedReport(database_, report);
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
    inbox_.Remove(std::exchange(settled_bytes_, 0));
    return committed;
  }

 private:
  Database& database_;
  InboxLevel& inbox_;
  WriteTransaction writing_;
  std::int64_t settled_bytes_ = 0;  ///< That leave the inbox with the commit.
};

}  // namespace

Result<RunMemory> SqliteRunStore::Load(Time now) {
  const ReadTransaction view{database_};
  auto memory = LoadMemory(database_, now);
  if (!memory) return Fail(std::move(memory.error()).While("load the store"));
  return memory;
}

Result<std::unique_ptr<store::RunStore::Transaction>> SqliteRunStore::Begin() {
  auto writing = WriteTransaction::Begin(database_, turn_);
  if (!writing) return Fail(std::move(writing.error()).While("begin to store"));
  return std::make_unique<SqliteTransaction>(database_, inbox_, std::move(*writing));
}

Result<store::Retained> SqliteRunStore::ReadRetained() {
  store::Retained retained;
  std::optional<std::int64_t> keep;
  auto query = database_.Prepare("SELECT data_time, forgotten_to, keep_days FROM state");
  if (query.Next()) query.Read(retained.data_time, retained.forgotten_to, keep);
  if (auto ran = query.Run(); !ran)
    return Fail(std::move(ran.error()).While("read how far forgetting has got"));
  if (keep) retained.keep = std::chrono::days{*keep};
  return retained;
}

Result<void> SqliteRunStore::SaveRetained(const store::Retained& retained) {
  std::optional<std::int64_t> keep;
  if (retained.keep) keep = retained.keep->count();
  auto writing = WriteTransaction::Begin(database_, turn_);
  if (!writing) return Fail(std::move(writing.error()).While("store how far forgetting has got"));
  auto saved =
      database_.Prepare("UPDATE state SET data_time = ?1, forgotten_to = ?2, keep_days = ?3")
          .Bind(retained.data_time, retained.forgotten_to, keep)
          .Run();
  if (saved) saved = writing->Commit();
  if (!saved) return Fail(std::move(saved.error()).While("store how far forgetting has got"));
  return saved;
}

Result<std::optional<Time>> SqliteRunStore::NewestRecord() {
  std::optional<Time> newest;
  auto query = database_.Prepare("SELECT max(ended) FROM record");
  if (query.Next()) query.Read(newest);
  if (auto ran = query.Run(); !ran)
    return Fail(std::move(ran.error()).While("read the newest record"));
  return newest;
}

Result<std::optional<Time>> SqliteRunStore::OldestBefore(
    Time before, const std::set<RecordKey>& still_in_redis) {
  const ReadTransaction view{database_};
  auto oldest = sqlite::OldestBefore(database_, before, still_in_redis);
  if (!oldest) return Fail(std::move(oldest.error()).While("look for what is old"));
  return oldest;
}

Result<void> SqliteRunStore::Forget(Time before, const std::set<RecordKey>& still_in_redis) {
  auto forgotten = ForgetBefore(database_, turn_, before, still_in_redis);
  if (!forgotten) return Fail(std::move(forgotten.error()).While("forget old runs"));
  return forgotten;
}

Result<bool> SqliteRunStore::GiveBackRoom() {
  auto more = GiveBackFreePages(database_, turn_);
  if (!more) return Fail(std::move(more.error()).While("give room back to the disk"));
  return more;
}

}  // namespace backup_monitor::sqlite
