#include "adapters/sqlite/run_module_rows.h"

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/sqlite/record_rows.h"
#include "model/checked_backup.h"

namespace backup_monitor::sqlite {
namespace {

/// What a row holds besides its key.
struct Row {
  std::optional<NodeId> node;
  bool expected = false;
  bool left = false;
  bool ever_recorded = false;
  std::optional<Time> record;
  std::optional<Time> borrowed;
  std::optional<Verdict> verdict;
  bool without_snapshot = false;
  std::optional<seconds> target;
  bool was_over = false;

  friend bool operator==(const Row&, const Row&) = default;
};

Row RowOf(const RunModule& module, RunOrigin origin) {
  Row row{module.node,
          module.expected,
          module.left,
          module.ever_recorded,
          {},
          {},
          module.verdict,
          SucceededWithoutSnapshot(module, origin),
          module.target,
          module.was_over};
  if (module.record) row.record = module.record->record.start;
  if (module.borrowed) row.borrowed = module.borrowed->record.start;
  return row;
}

Result<std::map<ModuleId, Row>> ReadRows(Database& database, RunId run) {
  std::map<ModuleId, Row> rows;
  auto query = database.Prepare(
      "SELECT module, node, expected, left_plan, ever_recorded, record_start, borrowed_start, "
      "verdict, without_snapshot, target, was_over "
      "FROM run_module WHERE run = ?1 ORDER BY module");
  query.Bind(run);
  while (query.Next()) {
    ModuleId module;
    Row row;
    query.Read(module, row.node, row.expected, row.left, row.ever_recorded, row.record,
               row.borrowed, row.verdict, row.without_snapshot, row.target, row.was_over);
    rows.emplace_hint(rows.end(), std::move(module), row);
  }
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return rows;
}

Result<void> WriteRow(Database& database, const Run& run, const ModuleId& id) {
  const RunModule& module = run.modules.at(id);
  if (module.record) {
    if (auto saved = SaveMissingRecord(database, {*module.record, run.id}); !saved) return saved;
  }
  if (module.borrowed) {
    if (auto saved = SaveMissingRecord(database, {*module.borrowed, RunId{}}); !saved) return saved;
  }
  const Row row = RowOf(module, run.origin);
  return database
      .Prepare(
          "INSERT OR REPLACE INTO run_module (run, module, node, expected, left_plan, "
          "ever_recorded, record_start, borrowed_start, verdict, without_snapshot, target, "
          "was_over) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")
      .Bind(run.id, id, row.node, row.expected, row.left, row.ever_recorded, row.record,
            row.borrowed, row.verdict, row.without_snapshot, row.target, row.was_over)
      .Run();
}

}  // namespace

Result<void> SaveRunModules(Database& database, const Run& run) {
  const auto rows = ReadRows(database, run.id);
  if (!rows) return Fail(rows.error());
  for (const auto& [id, module] : run.modules) {
    const auto row = rows->find(id);
    if (row != rows->end() && row->second == RowOf(module, run.origin)) continue;
    if (auto written = WriteRow(database, run, id); !written) return written;
  }
  for (const auto& [id, row] : *rows) {
    if (run.modules.contains(id)) continue;
    auto removed = database.Prepare("DELETE FROM run_module WHERE run = ?1 AND module = ?2")
                       .Bind(run.id, id)
                       .Run();
    if (!removed) return removed;
  }
  return {};
}

Result<void> ReadRunModules(Database& database, Run& run) {
  static const std::string kSelect =
      "SELECT m.module, m.node, m.expected, m.left_plan, m.ever_recorded, m.verdict, m.target, "
      "m.was_over, " +
      RecordColumns("own") + ", " + RecordColumns("other") +
      " FROM run_module m "
      "LEFT JOIN record own ON own.plan = ?2 AND own.module = m.module AND own.start_at = "
      "m.record_start "
      "LEFT JOIN record other ON other.plan = ?2 AND other.module = m.module "
      "AND other.start_at = m.borrowed_start WHERE m.run = ?1 ORDER BY m.module";
  constexpr int kOwn = 8;
  constexpr int kOther = kOwn + kRecordColumns;
  auto query = database.Prepare(kSelect);
  query.Bind(run.id, run.plan);
  while (query.Next()) {
    ModuleId id;
    RunModule module;
    query.Read(id, module.node, module.expected, module.left, module.ever_recorded, module.verdict,
               module.target, module.was_over);
    if (!query.IsNull(kOwn)) module.record = ReadRecord(query, kOwn, run.plan, id);
    if (!query.IsNull(kOther)) module.borrowed = ReadRecord(query, kOther, run.plan, id);
    run.modules.emplace_hint(run.modules.end(), std::move(id), std::move(module));
  }
  return query.Run();
}

}  // namespace backup_monitor::sqlite
