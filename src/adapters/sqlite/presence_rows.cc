#include "adapters/sqlite/presence_rows.h"

namespace backup_monitor::sqlite {
namespace {

Result<void> SaveAbsences(Database& database, RunId run, NodeId node,
                          const NodePresence& presence) {
  int position = 0;
  for (const Absence& absence : presence.absences) {
    auto saved = database
                     .Prepare(
                         "INSERT INTO run_absence (run, node, position, began, ended) "
                         "VALUES (?1, ?2, ?3, ?4, ?5)")
                     .Bind(run, node, position++, absence.from, absence.until)
                     .Run();
    if (!saved) return saved;
  }
  return {};
}

Result<void> ReadAbsences(Database& database, Run& run) {
  auto query = database.Prepare(
      "SELECT node, began, ended FROM run_absence WHERE run = ?1 ORDER BY node, position");
  query.Bind(run.id);
  while (query.Next()) {
    std::optional<NodeId> node;
    Absence absence;
    query.Read(node, absence.from, absence.until);
    const auto its = node ? run.presence.find(*node) : run.presence.end();
    if (its != run.presence.end()) its->second.absences.push_back(absence);
  }
  return query.Run();
}

}  // namespace

Result<void> SaveRunPresence(Database& database, const Run& run) {
  if (auto removed = database.Prepare("DELETE FROM run_presence WHERE run = ?1").Bind(run.id).Run();
      !removed)
    return removed;
  for (const auto& [node, presence] : run.presence) {
    auto saved = database
                     .Prepare(
                         "INSERT INTO run_presence (run, node, read_at, trouble, known_from, "
                         "booted, ended_backup) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
                     .Bind(run.id, node, presence.read_at, presence.trouble, presence.known_from,
                           presence.booted, presence.ended_backup)
                     .Run();
    if (!saved) return saved;
    if (auto absences = SaveAbsences(database, run.id, node, presence); !absences) return absences;
  }
  return {};
}

Result<void> ReadRunPresence(Database& database, Run& run) {
  {
    auto query = database.Prepare(
        "SELECT node, read_at, trouble, known_from, booted, ended_backup FROM run_presence "
        "WHERE run = ?1");
    query.Bind(run.id);
    while (query.Next()) {
      std::optional<NodeId> node;
      NodePresence presence;
      query.Read(node, presence.read_at, presence.trouble, presence.known_from, presence.booted,
                 presence.ended_backup);
      if (node) run.presence.emplace(*node, std::move(presence));
    }
    if (auto ran = query.Run(); !ran) return ran;
  }
  return ReadAbsences(database, run);
}

}  // namespace backup_monitor::sqlite
