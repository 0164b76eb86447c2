#include "adapters/sqlite/run_rows.h"

#include <algorithm>

#include "adapters/sqlite/due_rows.h"
#include "adapters/sqlite/log_rows.h"
#include "adapters/sqlite/presence_rows.h"
#include "adapters/sqlite/record_rows.h"
#include "adapters/sqlite/run_module_rows.h"
#include "adapters/sqlite/upload_rows.h"
#include "model/checked_backup.h"

namespace backup_monitor::sqlite {
namespace {

struct ModuleCounts {
  int modules = 0;
  int succeeded = 0;
  int without_snapshot = 0;
};

ModuleCounts CountModules(const Run& run) {
  ModuleCounts counts;
  for (const auto& [id, module] : run.modules) {
    if (!module.counts()) continue;
    ++counts.modules;
    const SeenRecord* shown = module.shown();
    const bool good = module.verdict ? module.verdict == Verdict::kSucceeded
                                     : shown != nullptr && shown->record.succeeded();
    if (good) ++counts.succeeded;
    if (SucceededWithoutSnapshot(module, run.origin)) ++counts.without_snapshot;
  }
  return counts;
}

Result<void> SaveHead(Database& database, const Run& run) {
  const auto& compact = run.compact_status;
  const auto of_compact = [&](auto member) {
    return compact ? std::optional{(*compact).*member} : std::nullopt;
  };
  const auto of_gap = [&](auto member) {
    return run.gap ? std::optional{(*run.gap).*member} : std::nullopt;
  };
  const auto of_alert = [&](auto member) {
    return run.alert ? std::optional{(*run.alert).*member} : std::nullopt;
  };
  const auto of_missed = [&](auto member) {
    return run.missed ? std::optional{(*run.missed).*member} : std::nullopt;
  };
  const auto of_overlapped = [&](auto member) {
    return run.overlapped ? std::optional{(*run.overlapped).*member} : std::nullopt;
  };
  const ModuleCounts counts = CountModules(run);
  const RunLifecycle::Stored& state = run.stored();
  return database
      .Prepare(
          "INSERT INTO run (id, plan, plan_name, destination_id, destination_name, origin, "
          "begin_at, opened_at, first_error_seen_at, early_notice_given, closed_at, announced, "
          "reopened_until, compact_at, compact_succeeded, compact_errors, compact_error_text, "
          "gap_from, gap_to, alert_identity, outcome, end_at, modules, succeeded, "
          "without_snapshot, alert_since, alert_node, alert_names_plan, late_notice_given, "
          "due_at, missed, missed_first, missed_last, overlapped, overlapped_first, "
          "overlapped_last, gap_unknown_due, alert_silenced) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
          "?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, "
          "?33, ?34, ?35, ?36, ?37, ?38) "
          "ON CONFLICT DO UPDATE SET plan = excluded.plan, plan_name = excluded.plan_name, "
          "destination_id = excluded.destination_id, "
          "destination_name = excluded.destination_name, origin = excluded.origin, "
          "begin_at = excluded.begin_at, opened_at = excluded.opened_at, "
          "first_error_seen_at = excluded.first_error_seen_at, "
          "early_notice_given = excluded.early_notice_given, closed_at = excluded.closed_at, "
          "announced = excluded.announced, reopened_until = excluded.reopened_until, "
          "compact_at = excluded.compact_at, compact_succeeded = excluded.compact_succeeded, "
          "compact_errors = excluded.compact_errors, "
          "compact_error_text = excluded.compact_error_text, gap_from = excluded.gap_from, "
          "gap_to = excluded.gap_to, alert_identity = excluded.alert_identity, "
          "outcome = excluded.outcome, end_at = excluded.end_at, modules = excluded.modules, "
          "succeeded = excluded.succeeded, without_snapshot = excluded.without_snapshot, "
          "alert_since = excluded.alert_since, alert_node = excluded.alert_node, "
          "alert_names_plan = excluded.alert_names_plan, "
          "late_notice_given = excluded.late_notice_given, due_at = excluded.due_at, "
          "missed = excluded.missed, missed_first = excluded.missed_first, "
          "missed_last = excluded.missed_last, overlapped = excluded.overlapped, "
          "overlapped_first = excluded.overlapped_first, "
          "overlapped_last = excluded.overlapped_last, "
          "gap_unknown_due = excluded.gap_unknown_due, "
          "alert_silenced = excluded.alert_silenced")
      .Bind(run.id, run.plan, run.plan_name, run.destination_id, run.destination_name, run.origin,
            run.begin, run.opened_at, run.first_error_seen_at, state.early_notice_given,
            state.closed_at, state.announced, state.reopened_until,
            of_compact(&CompactPlanStatus::timestamp), of_compact(&CompactPlanStatus::succeeded),
            of_compact(&CompactPlanStatus::error_count), of_compact(&CompactPlanStatus::error_text),
            of_gap(&Gap::from), of_gap(&Gap::to), run.alert_identity, run.outcome, run.last_end(),
            counts.modules, counts.succeeded, counts.without_snapshot,
            of_alert(&CausingAlert::since), of_alert(&CausingAlert::node),
            of_alert(&CausingAlert::names_plan), state.late_notice_given,
            run.due ? std::optional{run.due->at} : std::nullopt, of_missed(&DueCount::count),
            of_missed(&DueCount::first), of_missed(&DueCount::last),
            of_overlapped(&DueCount::count), of_overlapped(&DueCount::first),
            of_overlapped(&DueCount::last), run.gap ? run.gap->unknown_due : 0,
            run.alert && run.alert->silenced)
      .Run();
}

void ReadCount(Query& row, int first, std::optional<DueCount>& count) {
  if (row.IsNull(first)) return;
  DueCount& read = count.emplace();
  row.ReadFrom(first, read.count, read.first, read.last);
}

void ReadHead(Query& row, Run& run) {
  RunLifecycle::Stored state;
  row.Read(run.id, run.plan, run.plan_name, run.destination_id, run.destination_name, run.origin,
           run.begin, run.opened_at, run.first_error_seen_at, state.early_notice_given,
           state.closed_at, state.announced, state.reopened_until, state.late_notice_given,
           run.alert_identity, run.outcome);
  run.Restore(state);
  constexpr int kCompact = 16;
  if (!row.IsNull(kCompact)) {
    CompactPlanStatus& compact = run.compact_status.emplace();
    row.ReadFrom(kCompact, compact.timestamp, compact.succeeded, compact.error_count,
                 compact.error_text);
  }
  constexpr int kGap = kCompact + 4;
  if (!row.IsNull(kGap)) {
    Gap& gap = run.gap.emplace();
    row.ReadFrom(kGap, gap.from, gap.to, gap.unknown_due);
  }
  constexpr int kAlert = kGap + 3;
  if (!row.IsNull(kAlert)) {
    CausingAlert& alert = run.alert.emplace();
    row.ReadFrom(kAlert, alert.since, alert.node, alert.names_plan, alert.silenced);
  }
  constexpr int kDue = kAlert + 4;
  if (!row.IsNull(kDue)) row.ReadFrom(kDue, run.due.emplace().at);
  constexpr int kMissed = kDue + 1;
  ReadCount(row, kMissed, run.missed);
  ReadCount(row, kMissed + 3, run.overlapped);
}

}  // namespace

Result<void> SaveRun(Database& database, const Run& run) {
  auto saved = SaveHead(database, run);
  if (!saved) return saved;
  if (auto due = SaveRunDue(database, run); !due) return due;
  if (auto log = SaveRunLog(database, run); !log) return log;
  if (auto presence = SaveRunPresence(database, run); !presence) return presence;
  if (auto backup = SaveRunClusterBackup(database, run); !backup) return backup;
  return SaveRunModules(database, run);
}

Result<Run> ReadRun(Database& database, RunId id) {
  Run run;
  {
    auto query = database.Prepare(
        "SELECT id, plan, plan_name, destination_id, destination_name, origin, begin_at, "
        "opened_at, "
        "first_error_seen_at, early_notice_given, closed_at, announced, reopened_until, "
        "late_notice_given, alert_identity, outcome, compact_at, compact_succeeded, "
        "compact_errors, "
        "compact_error_text, "
        "gap_from, gap_to, gap_unknown_due, alert_since, alert_node, alert_names_plan, "
        "alert_silenced, due_at, "
        "missed, missed_first, missed_last, overlapped, overlapped_first, overlapped_last "
        "FROM run WHERE id = ?1");
    if (!query.Bind(id).Next()) {
      if (auto ran = query.Run(); !ran) return Fail(ran.error());
      return Fail(ErrorCode::kNotFound,
                  "there is no run " + std::to_string(static_cast<std::int64_t>(id)));
    }
    ReadHead(query, run);
    if (auto ran = query.Run(); !ran) return Fail(ran.error());
  }
  if (auto read = ReadRunDue(database, run); !read) return Fail(read.error());
  if (auto read = ReadRunLog(database, run); !read) return Fail(read.error());
  if (auto read = ReadRunPresence(database, run); !read) return Fail(read.error());
  if (auto read = ReadRunClusterBackup(database, run); !read) return Fail(read.error());
  if (auto read = ReadRunModules(database, run); !read) return Fail(read.error());
  return run;
}

}  // namespace backup_monitor::sqlite
