#include "adapters/sqlite/forget.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor {
namespace {

/// Calls `remove` for everything in `list`, `portion` of them in one transaction.
template <typename T>
Result<void> RemoveInPortions(Database& database, WriteTurn& turn, const std::vector<T>& list,
                              std::size_t portion,
                              const std::function<Result<void>(const T&)>& remove) {
  for (std::size_t first = 0; first < list.size(); first += portion) {
    auto transaction = WriteTransaction::Begin(database, turn);
    if (!transaction) return Fail(transaction.error());
    for (std::size_t i = first; i < std::min(first + portion, list.size()); ++i) {
      if (auto removed = remove(list[i]); !removed) return removed;
    }
    if (auto committed = transaction->Commit(); !committed) return committed;
  }
  return {};
}

Result<void> ForgetRuns(Database& database, WriteTurn& turn, Time before) {
  std::vector<RunId> runs;
  {
    auto query = database.Prepare("SELECT id FROM run WHERE closed_at < ?1 AND id NOT IN (SELECT run FROM held_report_run)");
    query.Bind(before);
    while (query.Next()) query.Read(runs.emplace_back());
    if (auto ran = query.Run(); !ran) return ran;
  }
  return RemoveInPortions<RunId>(database, turn, runs, 10, [&](const RunId& run) {
    return database.Prepare("DELETE FROM run WHERE id = ?1").Bind(run).Run();
  });
}

/// A message goes with the last of its runs; one without runs when it is old enough itself.
Result<void> ForgetMessages(Database& database, WriteTurn& turn, Time before) {
  std::vector<MessageId> messages;
  {
    auto query = database.Prepare(
        "SELECT id FROM message m WHERE "
        "(created_at < ?1 OR EXISTS (SELECT 1 FROM message_run r WHERE r.message = m.id)) "
        "AND NOT EXISTS (SELECT 1 FROM message_run r JOIN run ON run.id = r.run WHERE r.message = "
        "m.id) "
        "AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message = m.id AND d.state = 'waiting')");
    query.Bind(before);
    while (query.Next()) query.Read(messages.emplace_back());
    if (auto ran = query.Run(); !ran) return ran;
  }
  return RemoveInPortions<MessageId>(database, turn, messages, 100, [&](const MessageId& message) {
    return database.Prepare("DELETE FROM message WHERE id = ?1").Bind(message).Run();
  });
}

/// Records that no remaining run shows.
Result<std::vector<RecordKey>> OldRecords(Database& database, Time before) {
  std::vector<RecordKey> records;
  auto query = database.Prepare(
      "SELECT plan, module, start_at FROM record o WHERE ended < ?1 "
      "AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = o.run) "
      "AND NOT EXISTS (SELECT 1 FROM run_module b JOIN run ON run.id = b.run "
      "WHERE b.module = o.module AND b.borrowed_start = o.start_at AND run.plan = o.plan)");
  query.Bind(before);
  while (query.Next()) {
    RecordKey& key = records.emplace_back();
    query.Read(key.plan, key.module, key.start);
  }
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return records;
}

Result<void> ForgetRecords(Database& database, WriteTurn& turn, Time before,
                           const std::set<RecordKey>& still_in_redis) {
  auto records = OldRecords(database, before);
  if (!records) return Fail(records.error());
  std::erase_if(*records, [&](const RecordKey& key) { return still_in_redis.contains(key); });
  return RemoveInPortions<RecordKey>(database, turn, *records, 1000, [&](const RecordKey& key) {
    return database.Prepare("DELETE FROM record WHERE plan = ?1 AND module = ?2 AND start_at = ?3")
        .Bind(key.plan, key.module, key.start)
        .Run();
  });
}

}  // namespace

Result<void> ForgetBefore(Database& database, WriteTurn& turn, Time before,
                          const std::set<RecordKey>& still_in_redis) {
  if (auto forgotten = ForgetRuns(database, turn, before); !forgotten) return forgotten;
  if (auto forgotten = ForgetMessages(database, turn, before); !forgotten) return forgotten;
  return ForgetRecords(database, turn, before, still_in_redis);
}

}  // namespace backup_monitor
