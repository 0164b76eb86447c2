#include "adapters/sqlite/due_rows.h"

namespace backup_monitor::sqlite {
namespace {

template <typename Member>
auto OfMissed(const PlanWatch& watch, Member member) {
  return watch.missed ? std::optional{(*watch.missed).*member} : std::nullopt;
}

}  // namespace

Result<void> SaveRunDue(Database& database, const Run& run) {
  if (auto removed = database.Prepare("DELETE FROM run_due WHERE run = ?1").Bind(run.id).Run();
      !removed)
    return removed;
  if (!run.due) return {};
  for (const auto& [node, due] : run.due->nodes) {
    auto saved =
        database.Prepare("INSERT INTO run_due (run, node, at, answer_by) VALUES (?1, ?2, ?3, ?4)")
            .Bind(run.id, node, due.at, due.answer_by)
            .Run();
    if (!saved) return saved;
  }
  return {};
}

Result<void> ReadRunDue(Database& database, Run& run) {
  if (!run.due) return {};
  auto query = database.Prepare("SELECT node, at, answer_by FROM run_due WHERE run = ?1");
  query.Bind(run.id);
  while (query.Next()) {
    std::optional<NodeId> node;
    DueNode due;
    query.Read(node, due.at, due.answer_by);
    if (node) run.due->nodes.emplace(*node, due);
  }
  return query.Run();
}

Result<void> SaveWatches(Database& database, const std::map<PlanId, PlanWatch>& watches) {
  if (auto removed = database.Execute("DELETE FROM plan_watch;"); !removed) return removed;
  for (const auto& [plan, watch] : watches) {
    auto saved =
        database
            .Prepare(
                "INSERT INTO plan_watch (plan, schedule, since, settled, missed, missed_first, "
                "missed_last, "
                "missed_reported, overlap_noted, never_due_reported) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
            .Bind(plan, watch.schedule, watch.since, watch.settled,
                  OfMissed(watch, &DueCount::count), OfMissed(watch, &DueCount::first),
                  OfMissed(watch, &DueCount::last), watch.missed_reported, watch.overlap_noted,
                  watch.never_due_reported)
            .Run();
    if (!saved) return saved;
  }
  return {};
}

Result<std::map<PlanId, PlanWatch>> ReadWatches(Database& database) {
  std::map<PlanId, PlanWatch> watches;
  auto query = database.Prepare(
      "SELECT plan, schedule, since, settled, missed_reported, overlap_noted, "
      "never_due_reported, missed, missed_first, missed_last "
      "FROM plan_watch");
  while (query.Next()) {
    PlanId plan;
    PlanWatch watch;
    query.Read(plan, watch.schedule, watch.since, watch.settled, watch.missed_reported,
               watch.overlap_noted, watch.never_due_reported);
    constexpr int kMissed = 7;
    if (!query.IsNull(kMissed)) {
      DueCount& missed = watch.missed.emplace();
      query.ReadFrom(kMissed, missed.count, missed.first, missed.last);
    }
    watches.emplace(std::move(plan), std::move(watch));
  }
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return watches;
}

}  // namespace backup_monitor::sqlite
