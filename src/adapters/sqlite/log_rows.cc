#include "adapters/sqlite/log_rows.h"

#include "adapters/sqlite/pass_json.h"

namespace backup_monitor::sqlite {

Result<void> SaveRunLog(Database& database, const Run& run) {
  if (auto removed = database.Prepare("DELETE FROM run_log WHERE run = ?1").Bind(run.id).Run();
      !removed)
    return removed;
  for (const auto& [node, log] : run.log) {
    auto saved = database
                     .Prepare(
                         "INSERT INTO run_log (run, node, read_at, trouble, complete, "
                         "newest_entry, pass) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
                     .Bind(run.id, node, log.read_at, log.trouble, log.complete, log.newest_entry,
                           log.pass ? std::optional{WritePass(*log.pass)} : std::nullopt)
                     .Run();
    if (!saved) return saved;
  }
  return {};
}

Result<void> ReadRunLog(Database& database, Run& run) {
  auto query = database.Prepare(
      "SELECT node, read_at, trouble, complete, newest_entry, pass FROM run_log WHERE run = ?1");
  query.Bind(run.id);
  while (query.Next()) {
    std::optional<NodeId> node;
    NodeLog log;
    std::optional<std::string> pass;
    query.Read(node, log.read_at, log.trouble, log.complete, log.newest_entry, pass);
    if (!node) continue;
    if (pass) {
      auto read = ReadPass(*pass, *node, run.plan);
      if (!read) return Fail(read.error());
      log.pass = *std::move(read);
    }
    run.log.emplace(*node, std::move(log));
  }
  return query.Run();
}

}  // namespace backup_monitor::sqlite
