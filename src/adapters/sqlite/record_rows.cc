#include "adapters/sqlite/record_rows.h"

namespace backup_monitor::sqlite {
namespace {

Result<void> Upsert(Database& database, const FiledRecord& filed) {
  const SeenRecord& seen = filed.record;
  const StatusRecord& record = seen.record;
  const auto run = filed.run == RunId{} ? std::nullopt : std::optional{filed.run};
  return database
      .Prepare(
          "INSERT INTO record (plan, module, start_at, end_at, node, errors, restore_bytes, "
          "file_count, snapshot_count, error_text, seen_at, started, ended, run, newest, "
          "stored_by) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, ?15) "
          "ON CONFLICT DO UPDATE SET end_at = excluded.end_at, node = excluded.node, "
          "errors = excluded.errors, restore_bytes = excluded.restore_bytes, "
          "file_count = excluded.file_count, snapshot_count = excluded.snapshot_count, "
          "error_text = excluded.error_text, seen_at = excluded.seen_at, "
          "started = excluded.started, ended = excluded.ended, stored_by = excluded.stored_by, "
          "run = excluded.run "
          "WHERE excluded.run IS NOT NULL OR record.run IS NULL")
      .Bind(record.plan, record.module, record.start, record.end, record.node, record.error_count,
            record.restore_bytes, record.file_count, record.snapshot_count, record.error_text,
            seen.seen_at, seen.started, seen.ended, run, seen.stored_by)
      .Run();
}

/// NS8 keeps one record per plan and module: what was newest until now is no longer in Redis.
Result<void> MarkNewest(Database& database, const RecordKey& key) {
  auto replaced = database
                      .Prepare(
                          "UPDATE record SET newest = 0 WHERE plan = ?1 AND module = ?2 "
                          "AND newest = 1 AND start_at <> ?3")
                      .Bind(key.plan, key.module, key.start)
                      .Run();
  if (!replaced) return replaced;
  return database
      .Prepare(
          "UPDATE record SET newest = 1 WHERE plan = ?1 AND module = ?2 AND start_at = ?3 "
          "AND newest = 0")
      .Bind(key.plan, key.module, key.start)
      .Run();
}

}  // namespace

Result<void> SaveRecord(Database& database, const FiledRecord& filed) {
  if (auto saved = Upsert(database, filed); !saved) return saved;
  return MarkNewest(database, filed.record.record.key());
}

Result<void> SaveMissingRecord(Database& database, const FiledRecord& filed) {
  const RecordKey key = filed.record.record.key();
  bool there = false;
  {
    auto query =
        database.Prepare("SELECT 1 FROM record WHERE plan = ?1 AND module = ?2 AND start_at = ?3");
    there = query.Bind(key.plan, key.module, key.start).Next();
    if (auto ran = query.Run(); !ran) return ran;
  }
  return there ? Result<void>{} : SaveRecord(database, filed);
}

std::string RecordColumns(const std::string& alias) {
  std::string columns;
  for (const char* name :
       {"start_at", "end_at", "node", "errors", "restore_bytes", "file_count", "snapshot_count",
        "error_text", "seen_at", "started", "ended", "stored_by"}) {
    if (!columns.empty()) columns += ", ";
    columns += alias + "." + name;
  }
  return columns + ", " + FindingColumns(alias);
}

SeenRecord ReadRecord(Query& row, int first, const PlanId& plan, const ModuleId& module) {
  SeenRecord seen;
  StatusRecord& record = seen.record;
  record.plan = plan;
  record.module = module;
  row.ReadFrom(first, record.start, record.end, record.node, record.error_count,
               record.restore_bytes, record.file_count, record.snapshot_count, record.error_text,
               seen.seen_at, seen.started, seen.ended, seen.stored_by);
  seen.finding = ReadFinding(row, first + kRecordColumns - kFindingColumns);
  return seen;
}

}  // namespace backup_monitor::sqlite
