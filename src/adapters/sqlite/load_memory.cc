#include "adapters/sqlite/load_memory.h"

#include "adapters/sqlite/alert_rate_rows.h"
#include "adapters/sqlite/due_rows.h"
#include "adapters/sqlite/module_watch_rows.h"
#include "adapters/sqlite/record_rows.h"
#include "adapters/sqlite/run_rows.h"
#include "adapters/sqlite/upload_rows.h"

namespace backup_monitor::sqlite {
namespace {

Result<void> LoadRuns(Database& database, Time oldest, RunMemory& memory) {
  std::vector<RunId> ids;
  auto query = database.Prepare(
      "SELECT id FROM run WHERE closed_at IS NULL "
      "UNION SELECT id FROM run WHERE closed_at >= ?1 "
      "UNION SELECT (SELECT newest.id FROM run newest WHERE newest.plan = each.plan "
      "AND newest.closed_at IS NOT NULL ORDER BY newest.begin_at DESC, newest.id DESC LIMIT 1) AS "
      "id "
      "FROM (SELECT DISTINCT plan FROM run) each WHERE id IS NOT NULL "
      "UNION SELECT (SELECT due.id FROM run due WHERE due.plan = each.plan "
      "AND due.closed_at IS NOT NULL AND due.due_at IS NOT NULL "
      "ORDER BY due.due_at DESC, due.id DESC LIMIT 1) AS id "
      "FROM (SELECT DISTINCT plan FROM run) each WHERE id IS NOT NULL");
  query.Bind(oldest);
  while (query.Next()) query.Read(ids.emplace_back());
  if (auto ran = query.Run(); !ran) return ran;
  for (const RunId id : ids) {
    auto run = ReadRun(database, id);
    if (!run) return Fail(run.error());
    memory.runs.emplace(id, std::move(*run));
  }
  return {};
}

Result<void> LoadSeen(Database& database, Time oldest, RunMemory& memory) {
  auto query = database.Prepare(
      "SELECT plan, module, start_at FROM record WHERE ended >= ?1 "
      "UNION ALL SELECT plan, module, start_at FROM record WHERE newest = 1 "
      "UNION ALL SELECT plan, module, start_at FROM record WHERE start_at > seen_at");
  query.Bind(oldest);
  while (query.Next()) {
    RecordKey key;
    query.Read(key.plan, key.module, key.start);
    memory.seen.insert(std::move(key));
  }
  return query.Run();
}

Result<void> LoadHistory(Database& database, RunMemory& memory) {
  static const std::string kSelect = "SELECT h.plan, h.module, " + RecordColumns("h") +
                                     " FROM record h WHERE h.run IS NULL "
                                     "AND (SELECT count(*) FROM run WHERE run.plan = h.plan "
                                     "AND run.opened_at >= h.seen_at) <= 1 "
                                     "ORDER BY h.plan, h.started, h.module";
  auto query = database.Prepare(kSelect);
  while (query.Next()) {
    PlanId plan;
    ModuleId module;
    query.Read(plan, module);
    memory.history[plan].push_back(ReadRecord(query, 2, plan, module));
  }
  return query.Run();
}

Result<void> LoadModules(Database& database, RunMemory& memory) {
  auto query = database.Prepare(
      "SELECT plan, module, started, ended, lag, good_duration, longest_duration, "
      "has_record, reported_never_ran, newest_data "
      "FROM "
      "module_memory");
  while (query.Next()) {
    PlanModule key;
    ModuleMemory module;
    query.Read(key.first, key.second, module.started, module.ended, module.lag,
               module.good_duration, module.longest_duration, module.has_record,
               module.reported_never_ran, module.newest_data);
    memory.modules.emplace_hint(memory.modules.end(), std::move(key), module);
  }
  return query.Run();
}

Result<void> LoadReported(Database& database, RunMemory& memory) {
  auto reported = database.Prepare("SELECT plan, at FROM compact_reported");
  while (reported.Next()) {
    PlanId plan;
    Time at;
    reported.Read(plan, at);
    memory.compact_reported.emplace(std::move(plan), at);
  }
  return reported.Run();
}

Result<void> LoadAlertRates(Database& database, RunMemory& memory) {
  auto rates = ReadAlertRates(database);
  if (!rates) return Fail(rates.error());
  memory.alert_rates = *std::move(rates);
  return {};
}

Result<void> LoadWatches(Database& database, RunMemory& memory) {
  auto watches = ReadWatches(database);
  if (!watches) return Fail(watches.error());
  memory.watches = *std::move(watches);
  return {};
}

Result<void> LoadModuleWatches(Database& database, RunMemory& memory) {
  auto watches = ReadModuleWatches(database);
  if (!watches) return Fail(watches.error());
  memory.module_watches = *std::move(watches);
  return {};
}

Result<void> LoadUploads(Database& database, RunMemory& memory) {
  auto uploads = ReadUploads(database);
  if (!uploads) return Fail(uploads.error());
  memory.uploads = *std::move(uploads);
  return {};
}

Result<void> LoadLook(Database& database, RunMemory& memory) {
  auto plans = database.Prepare("SELECT id, name FROM plan");
  while (plans.Next()) {
    PlanId id;
    std::string name;
    plans.Read(id, name);
    memory.known_plans.emplace(std::move(id), std::move(name));
  }
  if (auto ran = plans.Run(); !ran) return ran;
  auto modules = database.Prepare("SELECT id FROM known_module ORDER BY id");
  while (modules.Next()) {
    ModuleId id;
    modules.Read(id);
    memory.known_modules.insert(memory.known_modules.end(), std::move(id));
  }
  if (auto ran = modules.Run(); !ran) return ran;
  auto state = database.Prepare("SELECT last_look, newest_run FROM state");
  if (state.Next()) state.Read(memory.last_look, memory.newest_run);
  return state.Run();
}

}  // namespace

Result<RunMemory> LoadMemory(Database& database, Time now) {
  RunMemory memory;
  const Time oldest = now - RunMemory::kRunWindow;
  for (const auto& loaded : {LoadRuns(database, oldest, memory), LoadSeen(database, oldest, memory),
                             LoadHistory(database, memory), LoadModules(database, memory),
                             LoadReported(database, memory), LoadAlertRates(database, memory),
                             LoadWatches(database, memory), LoadModuleWatches(database, memory),
                             LoadUploads(database, memory), LoadLook(database, memory)}) {
    if (!loaded) return Fail(loaded.error());
  }
  return memory;
}

}  // namespace backup_monitor::sqlite
