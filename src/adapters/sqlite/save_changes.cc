#include "adapters/sqlite/save_changes.h"

#include "adapters/sqlite/alert_rate_rows.h"
#include "adapters/sqlite/due_rows.h"
#include "adapters/sqlite/known_alert_rows.h"
#include "adapters/sqlite/module_watch_rows.h"
#include "adapters/sqlite/record_rows.h"
#include "adapters/sqlite/run_rows.h"
#include "adapters/sqlite/save_look.h"
#include "adapters/sqlite/upload_rows.h"

namespace backup_monitor::sqlite {
namespace {

Result<void> SaveRuns(Database& database, const RunChanges& changes) {
  for (const FiledRecord& record : changes.records) {
    if (auto saved = SaveRecord(database, record); !saved) return saved;
  }
  for (const auto& [id, run] : changes.runs) {
    if (auto saved = SaveRun(database, run); !saved) return saved;
    auto raised =
        database.Prepare("UPDATE state SET newest_run = ?1 WHERE newest_run < ?1").Bind(id).Run();
    if (!raised) return raised;
  }
  return {};
}

Result<void> SaveModules(Database& database, const RunChanges& changes) {
  for (const auto& [key, memory] : changes.modules) {
    auto saved =
        database
            .Prepare(
                "INSERT OR REPLACE INTO module_memory (plan, module, started, ended, lag, "
                "good_duration, longest_duration, has_record, reported_never_ran, newest_data) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
            .Bind(key.first, key.second, memory.started, memory.ended, memory.lag,
                  memory.good_duration, memory.longest_duration, memory.has_record,
                  memory.reported_never_ran, memory.newest_data)
            .Run();
    if (!saved) return saved;
  }
  return {};
}

Result<void> SaveAlerts(Database& database, const RunChanges& changes) {
  for (const auto& [plan, at] : changes.compact_reported) {
    auto saved =
        database.Prepare("INSERT OR REPLACE INTO compact_reported (plan, at) VALUES (?1, ?2)")
            .Bind(plan, at)
            .Run();
    if (!saved) return saved;
  }
  return SaveKnownAlerts(database, changes.alert_identities);
}

}  // namespace

Result<void> SaveChanges(Database& database, const RunChanges& changes) {
  if (auto saved = SaveRuns(database, changes); !saved) return saved;
  if (auto saved = SaveModules(database, changes); !saved) return saved;
  if (auto saved = SaveAlerts(database, changes); !saved) return saved;
  if (changes.alert_rates) {
    if (auto saved = SaveAlertRates(database, *changes.alert_rates); !saved) return saved;
  }
  if (changes.watches) {
    if (auto saved = SaveWatches(database, *changes.watches); !saved) return saved;
  }
  if (changes.module_watches) {
    if (auto saved = SaveModuleWatches(database, *changes.module_watches); !saved) return saved;
  }
  if (changes.uploads) {
    if (auto saved = SaveUploads(database, *changes.uploads); !saved) return saved;
  }
  return changes.look ? SaveLook(database, *changes.look) : Result<void>{};
}

}  // namespace backup_monitor::sqlite
