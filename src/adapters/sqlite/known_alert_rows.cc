#include "adapters/sqlite/known_alert_rows.h"

#include "base/bounds.h"

namespace backup_monitor::sqlite {
namespace {

/// A repeated alert is written anew at most so often.
constexpr seconds kFresh = std::chrono::days{1};

}  // namespace

Result<void> SaveKnownAlerts(Database& database, const std::map<std::string, Time>& alerts,
                             std::int64_t most) {
  if (alerts.empty()) return {};
  for (const auto& [identity, at] : alerts) {
    auto old = database.Prepare("DELETE FROM known_alert WHERE identity = ?1 AND at <= ?2")
                   .Bind(identity, at - kFresh)
                   .Run();
    if (!old) return old;
    auto saved =
        database.Prepare("INSERT OR IGNORE INTO known_alert (identity, at) VALUES (?1, ?2)")
            .Bind(identity, at)
            .Run();
    if (!saved) return saved;
  }
  // Ids go up, so those of the newest `most` rows lie at most so far apart.
  auto trimmed =
      database.Prepare("DELETE FROM known_alert WHERE id <= (SELECT max(id) FROM known_alert) - ?1")
          .Bind(most)
          .Run();
  if (!trimmed) return trimmed;
  const int dropped = sqlite3_changes(database.handle());
  if (dropped > 0) {
    NoteBoundReached("known_alerts",
                     "the newest " + std::to_string(most) +
                         " alerts that were reported are remembered; an older one is reported "
                         "again if it comes again",
                     static_cast<std::uint64_t>(dropped));
  }
  return {};
}

Result<std::set<std::string>> ReadKnownAlerts(Database& database,
                                              const std::set<std::string>& identities) {
  std::set<std::string> known;
  for (const std::string& identity : identities) {
    auto query = database.Prepare("SELECT 1 FROM known_alert WHERE identity = ?1");
    query.Bind(identity);
    if (query.Next()) known.insert(identity);
    else if (auto ran = query.Run(); !ran) return Fail(ran.error());
  }
  return known;
}

}  // namespace backup_monitor::sqlite
