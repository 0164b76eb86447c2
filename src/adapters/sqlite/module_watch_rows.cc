#include "adapters/sqlite/module_watch_rows.h"

#include <utility>

namespace backup_monitor::sqlite {

Result<void> SaveModuleWatches(Database& database, const std::map<ModuleId, ModuleWatch>& watches) {
  if (auto removed = database.Execute("DELETE FROM module_watch;"); !removed) return removed;
  for (const auto& [module, watch] : watches) {
    auto saved = database
                     .Prepare(
                         "INSERT INTO module_watch (module, over, uuid, "
                         "unprotected_since, unprotected_reported) VALUES (?1, ?2, ?3, ?4, ?5)")
                     .Bind(module, watch.over, watch.uuid, watch.unprotected_since,
                           watch.unprotected_reported)
                     .Run();
    if (!saved) return saved;
  }
  return {};
}

Result<std::map<ModuleId, ModuleWatch>> ReadModuleWatches(Database& database) {
  std::map<ModuleId, ModuleWatch> watches;
  auto query = database.Prepare(
      "SELECT module, over, uuid, unprotected_since, unprotected_reported "
      "FROM module_watch ORDER BY module");
  while (query.Next()) {
    ModuleId module;
    ModuleWatch watch;
    query.Read(module, watch.over, watch.uuid, watch.unprotected_since, watch.unprotected_reported);
    watches.emplace_hint(watches.end(), std::move(module), std::move(watch));
  }
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return watches;
}

}  // namespace backup_monitor::sqlite
