#include "adapters/sqlite/forget.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor::sqlite {
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
    auto query = database.Prepare(
        "SELECT id FROM run WHERE closed_at < ?1 AND id NOT IN (SELECT run FROM held_report_run)");
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

struct OldRecord {
  RecordKey key;
  Time ended;
};

/// Records that no remaining run shows, and NS8 neither.
Result<std::vector<OldRecord>> OldRecords(Database& database, Time before,
                                          const std::set<RecordKey>& still_in_redis) {
  std::vector<OldRecord> records;
  auto query = database.Prepare(
      "SELECT plan, module, start_at, ended FROM record o WHERE ended < ?1 "
      "AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = o.run) "
      "AND NOT EXISTS (SELECT 1 FROM run_module b JOIN run ON run.id = b.run "
      "WHERE b.module = o.module AND b.borrowed_start = o.start_at AND run.plan = o.plan)");
  query.Bind(before);
  while (query.Next()) {
    OldRecord record;
    query.Read(record.key.plan, record.key.module, record.key.start, record.ended);
    if (!still_in_redis.contains(record.key)) records.push_back(std::move(record));
  }
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return records;
}

Result<void> ForgetRecords(Database& database, WriteTurn& turn, Time before,
                           const std::set<RecordKey>& still_in_redis) {
  const auto records = OldRecords(database, before, still_in_redis);
  if (!records) return Fail(records.error());
  return RemoveInPortions<OldRecord>(database, turn, *records, 1000, [&](const OldRecord& record) {
    return database.Prepare("DELETE FROM record WHERE plan = ?1 AND module = ?2 AND start_at = ?3")
        .Bind(record.key.plan, record.key.module, record.key.start)
        .Run();
  });
}

/// Reported alerts have no other trace than their identity.
Result<void> ForgetAlerts(Database& database, WriteTurn& turn, Time before) {
  std::vector<std::int64_t> alerts;
  {
    auto query = database.Prepare("SELECT id FROM known_alert WHERE at < ?1");
    query.Bind(before);
    while (query.Next()) query.Read(alerts.emplace_back());
    if (auto ran = query.Run(); !ran) return ran;
  }
  return RemoveInPortions<std::int64_t>(database, turn, alerts, 1000, [&](std::int64_t id) {
    return database.Prepare("DELETE FROM known_alert WHERE id = ?1").Bind(id).Run();
  });
}

constexpr std::string_view kGonePlans =
    "FROM plan p WHERE seen_at < ?1 - 86400 AND NOT EXISTS (SELECT 1 FROM run WHERE run.plan = "
    "p.id) "
    "AND NOT EXISTS (SELECT 1 FROM record WHERE record.plan = p.id)";

Result<void> ForgetPlan(Database& database, const PlanId& plan) {
  for (const std::string_view sql :
       {"DELETE FROM compact_reported WHERE plan = ?1", "DELETE FROM module_memory WHERE plan = ?1",
        "DELETE FROM plan WHERE id = ?1"}) {
    if (auto removed = database.Prepare(sql).Bind(plan).Run(); !removed) return removed;
  }
  return {};
}

/// Plans that have gone, of which nothing is left to show; of plans that are there, modules of which that
/// is so.
Result<void> ForgetPlans(Database& database, WriteTurn& turn, Time before) {
  static const std::string kSelect = "SELECT id " + std::string{kGonePlans};
  std::vector<PlanId> plans;
  {
    auto query = database.Prepare(kSelect);
    query.Bind(before);
    while (query.Next()) query.Read(plans.emplace_back());
    if (auto ran = query.Run(); !ran) return ran;
  }
  auto forgotten = RemoveInPortions<PlanId>(
      database, turn, plans, 100, [&](const PlanId& plan) { return ForgetPlan(database, plan); });
  if (!forgotten) return forgotten;
  auto transaction = WriteTransaction::Begin(database, turn);
  if (!transaction) return Fail(transaction.error());
  auto modules = database
                     .Prepare(
                         "DELETE FROM module_memory WHERE ended < ?1 "
                         "AND module NOT IN (SELECT id FROM known_module) "
                         "AND NOT EXISTS (SELECT 1 FROM record r WHERE r.plan = module_memory.plan "
                         "AND r.module = module_memory.module)")
                     .Bind(before)
                     .Run();
  return modules ? transaction->Commit() : modules;
}

Result<void> ReadOldest(Database& database, std::string_view sql, Time before,
                        std::optional<Time>& oldest) {
  std::optional<Time> found;
  auto query = database.Prepare(sql);
  query.Bind(before);
  if (query.Next()) query.Read(found);
  if (found && (!oldest || *found < *oldest)) oldest = found;
  return query.Run();
}

}  // namespace

Result<std::optional<Time>> OldestBefore(Database& database, Time before,
                                         const std::set<RecordKey>& still_in_redis) {
  static const std::string kPlans = "SELECT min(seen_at) " + std::string{kGonePlans};
  std::optional<Time> oldest;
  for (const std::string_view sql :
       {std::string_view{"SELECT min(closed_at) FROM run WHERE closed_at < ?1 "
                         "AND id NOT IN (SELECT run FROM held_report_run)"},
        std::string_view{
            "SELECT min(created_at) FROM message m WHERE created_at < ?1 "
            "AND NOT EXISTS (SELECT 1 FROM message_run r JOIN run ON run.id = r.run "
            "WHERE r.message = m.id) AND NOT EXISTS "
            "(SELECT 1 FROM delivery d WHERE d.message = m.id AND d.state = 'waiting')"},
        std::string_view{"SELECT min(at) FROM known_alert WHERE at < ?1"},
        std::string_view{kPlans}}) {
    if (auto read = ReadOldest(database, sql, before, oldest); !read) return Fail(read.error());
  }
  const auto records = OldRecords(database, before, still_in_redis);
  if (!records) return Fail(records.error());
  for (const OldRecord& record : *records) {
    if (!oldest || record.ended < *oldest) oldest = record.ended;
  }
  return oldest;
}

Result<void> ForgetBefore(Database& database, WriteTurn& turn, Time before,
                          const std::set<RecordKey>& still_in_redis) {
  if (auto forgotten = ForgetRuns(database, turn, before); !forgotten) return forgotten;
  if (auto forgotten = ForgetMessages(database, turn, before); !forgotten) return forgotten;
  if (auto forgotten = ForgetRecords(database, turn, before, still_in_redis); !forgotten)
    return forgotten;
  if (auto forgotten = ForgetAlerts(database, turn, before); !forgotten) return forgotten;
  return ForgetPlans(database, turn, before);
}

}  // namespace backup_monitor::sqlite
