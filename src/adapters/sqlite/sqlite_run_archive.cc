#include "adapters/sqlite/sqlite_run_archive.h"

#include <algorithm>
#include <limits>

#include "adapters/sqlite/message_rows.h"
#include "adapters/sqlite/read_history.h"
#include "adapters/sqlite/run_rows.h"
#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor::sqlite {

Result<std::vector<store::RunHead>> SqliteRunArchive::List(const store::RunFilter& filter) {
  const MutexLock lock{mutex_};
  const RunId before =
      filter.before == RunId{} ? RunId{std::numeric_limits<std::int64_t>::max()} : filter.before;
  std::vector<store::RunHead> heads;
  auto query = database_.Prepare(
      "SELECT id, plan, plan_name, begin_at, end_at, closed_at, outcome, modules, succeeded, "
      "without_snapshot, closed_at IS NOT NULL AND id IN (SELECT run FROM held_report_run), "
      "iif(outcome IS NULL, (SELECT count(*) FROM run_module m JOIN record r ON r.plan = run.plan "
      "AND r.module = m.module AND r.start_at = m.record_start WHERE m.run = run.id AND "
      "m.left_plan = 0 "
      "AND r.errors > 0), 0), "
      "closed_at IS NULL AND alert_since IS NOT NULL AND compact_at IS NULL AND NOT EXISTS (SELECT "
      "1 "
      "FROM run_module m WHERE m.run = run.id AND coalesce(m.record_start, m.borrowed_start) IS "
      "NOT "
      "NULL) FROM run "
      "WHERE id < ?1 AND (?2 IS NULL OR plan = ?2) AND (?3 IS NULL OR outcome = ?3) "
      "ORDER BY id DESC LIMIT ?4");
  query.Bind(before, filter.plan, filter.outcome, std::clamp(filter.limit, 1, 1000));
  while (query.Next()) {
    store::RunHead& head = heads.emplace_back();
    query.Read(head.id, head.plan, head.plan_name, head.begin, head.end, head.closed_at,
               head.outcome, head.modules, head.succeeded, head.without_snapshot,
               head.being_checked, head.errors_so_far, head.only_alerted);
  }
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("list runs"));
  return heads;
}

Result<Run> SqliteRunArchive::Read(RunId run) {
  const MutexLock lock{mutex_};
  const ReadTransaction view{database_};
  return ReadRun(database_, run);
}

Result<PlanHistory> SqliteRunArchive::HistoryOf(const Run& run, Time as_of) {
  const MutexLock lock{mutex_};
  const ReadTransaction view{database_};
  return ReadHistory(database_, run, as_of);
}

Result<std::vector<store::ModuleResult>> SqliteRunArchive::ResultsOf(
    const std::vector<store::RunHead>& runs) {
  const MutexLock lock{mutex_};
  const ReadTransaction view{database_};
  std::vector<store::ModuleResult> results;
  for (const store::RunHead& run : runs) {
    // A module that has left counts only where its record has no errors (RunModule::counts).
    auto query = database_.Prepare(
        "SELECT m.module, m.node, coalesce(m.verdict, CASE WHEN r.errors = 0 THEN 'succeeded' "
        "WHEN r.of_run_at IS NOT NULL THEN 'saved_with_errors' WHEN r.errors > 0 THEN 'failed' "
        "END), "
        "m.without_snapshot, r.ended - r.started, "
        "iif(r.errors = 0, r.restore_bytes, NULL) "
        "FROM run_module m LEFT JOIN record r ON r.plan = ?2 AND r.module = m.module "
        "AND r.start_at = coalesce(m.record_start, m.borrowed_start) WHERE m.run = ?1 "
        "AND iif(m.left_plan, m.record_start IS NOT NULL AND r.errors = 0, m.expected OR "
        "m.record_start IS NOT NULL) "
        "ORDER BY m.module");
    query.Bind(run.id, run.plan);
    while (query.Next()) {
      store::ModuleResult& result = results.emplace_back();
      result.run = run.id;
      query.Read(result.module, result.node, result.verdict, result.without_snapshot, result.took,
                 result.size_bytes);
    }
    if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("read results"));
  }
  return results;
}

Result<store::DeliveryHealth> SqliteRunArchive::HealthOfDelivery() {
  const MutexLock lock{mutex_};
  const ReadTransaction view{database_};
  store::DeliveryHealth health;
  auto delivered = database_.Prepare("SELECT max(at) FROM attempt WHERE result = 'delivered'");
  if (delivered.Next()) delivered.Read(health.last_delivered);
  if (auto ran = delivered.Run(); !ran)
    return Fail(std::move(ran.error()).While("read the deliveries"));
  auto failed = database_.Prepare(
      "SELECT at, result, detail FROM attempt WHERE result IN ('temporary', 'permanent') ORDER BY "
      "at DESC LIMIT 1");
  if (failed.Next()) {
    Attempt& attempt = health.last_failure.emplace();
    failed.Read(attempt.at, attempt.result, attempt.detail);
  }
  if (auto ran = failed.Run(); !ran)
    return Fail(std::move(ran.error()).While("read the deliveries"));
  return health;
}

Result<std::vector<store::MessageStatus>> SqliteRunArchive::MessagesOf(RunId run) {
  const MutexLock lock{mutex_};
  const ReadTransaction view{database_};
  const auto ids = MessageIdsOf(database_, run);
  if (!ids) return Fail(ids.error());
  return ReadAll(*ids);
}

Result<std::vector<store::MessageStatus>> SqliteRunArchive::MessagesFor(TriggerId request) {
  const MutexLock lock{mutex_};
  const ReadTransaction view{database_};
  std::vector<MessageId> ids;
  {
    auto query =
        database_.Prepare("SELECT id FROM message WHERE request = ?1 AND request <> 0 ORDER BY id");
    query.Bind(request);
    while (query.Next()) query.Read(ids.emplace_back());
    if (auto ran = query.Run(); !ran) return Fail(ran.error());
  }
  return ReadAll(ids);
}

Result<bool> SqliteRunArchive::IsInProgress(store::RequestKind kind, Time now) {
  const bool test = kind == store::RequestKind::kTestMail;
  const MutexLock lock{mutex_};
  // Each part reads a few rows: of the inbox what is no alert, of the messages the newest of that kind.
  auto query = database_.Prepare(
      "SELECT EXISTS (SELECT 1 FROM inbox WHERE kind <> 'alert' AND kind = ?1) "
      "OR EXISTS (SELECT 1 FROM delivery d JOIN message m ON m.id = d.message "
      "WHERE m.id = (SELECT id FROM message WHERE request <> 0 AND kind = ?2 "
      "ORDER BY request DESC LIMIT 1) AND m.created_at > ?3 AND d.state = 'waiting' "
      "AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.message = d.message AND a.recipient = "
      "d.recipient))");
  query.Bind(std::string_view{test ? "test_mail" : "report"},
             test ? ReportKind::kTest : ReportKind::kOnRequest, now - kLongestFirstAttempt);
  bool in_progress = false;
  if (query.Next()) query.Read(in_progress);
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("read the requests"));
  return in_progress;
}

Result<store::MessageStatus> SqliteRunArchive::ReadMessage(MessageId message) {
  const MutexLock lock{mutex_};
  const ReadTransaction view{database_};
  return ReadMessageStatus(database_, message, MailBytes::kRead);
}

Result<std::map<PlanId, Time>> SqliteRunArchive::LastSuccesses() {
  const MutexLock lock{mutex_};
  std::map<PlanId, Time> ends;
  // SQLite takes the other columns from the row that has the maximum.
  auto query = database_.Prepare(
      "SELECT plan, coalesce(end_at, compact_at, begin_at), max(begin_at) FROM run "
      "WHERE outcome = 'SUCCESS' GROUP BY plan");
  while (query.Next()) {
    PlanId plan;
    Time end;
    query.Read(plan, end);
    ends.emplace(std::move(plan), end);
  }
  if (auto ran = query.Run(); !ran)
    return Fail(std::move(ran.error()).While("read the last successes"));
  return ends;
}

Result<std::vector<store::MessageStatus>> SqliteRunArchive::ReadAll(
    const std::vector<MessageId>& ids) {
  std::vector<store::MessageStatus> messages;
  for (const MessageId id : ids) {
    auto message = ReadMessageStatus(database_, id, MailBytes::kLeaveOut);
    if (!message) return Fail(message.error());
    messages.push_back(std::move(*message));
  }
  return messages;
}

}  // namespace backup_monitor::sqlite
