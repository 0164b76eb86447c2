#include "adapters/sqlite/save_look.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace backup_monitor::sqlite {
namespace {

Result<void> RunForEach(Database& database, std::string_view sql,
                        const std::vector<ModuleId>& modules) {
  for (const ModuleId& module : modules) {
    if (auto ran = database.Prepare(sql).Bind(module).Run(); !ran) return ran;
  }
  return {};
}

Result<void> SaveModules(Database& database, const std::set<ModuleId>& known) {
  std::vector<ModuleId> stored;  // in order: SQLite compares bytes, as std::string does
  auto query = database.Prepare("SELECT id FROM known_module ORDER BY id");
  while (query.Next()) query.Read(stored.emplace_back());
  if (auto ran = query.Run(); !ran) return ran;

  std::vector<ModuleId> gone;
  std::vector<ModuleId> added;
  std::set_difference(stored.begin(), stored.end(), known.begin(), known.end(),
                      std::back_inserter(gone));
  std::set_difference(known.begin(), known.end(), stored.begin(), stored.end(),
                      std::back_inserter(added));
  auto removed = RunForEach(database, "DELETE FROM known_module WHERE id = ?1", gone);
  if (!removed) return removed;
  return RunForEach(database, "INSERT INTO known_module (id) VALUES (?1)", added);
}

}  // namespace

Result<void> SaveLook(Database& database, const RunChanges::Look& look) {
  for (const auto& [id, name] : look.plans) {
    auto saved =
        database
            .Prepare(
                "INSERT INTO plan (id, name, seen_at) VALUES (?1, ?2, ?3) "
                "ON CONFLICT DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at "
                "WHERE name <> excluded.name OR abs(excluded.seen_at - seen_at) >= 86400")
            .Bind(id, name, look.at)
            .Run();
    if (!saved) return saved;
  }
  if (auto saved = SaveModules(database, look.known_modules); !saved) return saved;
  return database.Prepare("UPDATE state SET last_look = ?1").Bind(look.at).Run();
}

}  // namespace backup_monitor::sqlite
