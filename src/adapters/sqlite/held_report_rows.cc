#include "adapters/sqlite/held_report_rows.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "adapters/sqlite/trigger_json.h"

namespace backup_monitor::sqlite {
namespace {

Result<void> ReadRuns(Database& database, HeldReport& held) {
  auto query =
      database.Prepare("SELECT run FROM held_report_run WHERE held = ?1 ORDER BY position");
  query.Bind(held.id);
  while (query.Next()) query.Read(held.announcement.runs.emplace_back());
  return query.Run();
}

Result<void> ReadAlert(const std::string& body, HeldReport& held) {
  auto trigger = ReadTrigger("alert", body);
  if (!trigger) return Fail(trigger.error());
  held.announcement.alert = std::get<Alert>(*std::move(trigger));
  return {};
}

Result<void> ReadHeads(Database& database, std::vector<HeldReport>& reports) {
  auto query = database.Prepare("SELECT id, kind, since, alert FROM held_report ORDER BY id");
  while (query.Next()) {
    HeldReport held;
    std::optional<std::string> alert;
    query.Read(held.id, held.announcement.kind, held.since, alert);
    if (alert) {
      if (auto read = ReadAlert(*alert, held); !read) return read;
    }
    reports.push_back(std::move(held));
  }
  return query.Run();
}

}  // namespace

Result<HeldId> InsertHeldReport(Database& database, const HeldReport& held) {
  const Announcement& announcement = held.announcement;
  std::optional<std::string> alert;
  if (announcement.alert) alert = WriteTrigger(*announcement.alert).body;
  auto inserted =
      database.Prepare("INSERT INTO held_report (kind, since, alert) VALUES (?1, ?2, ?3)")
          .Bind(announcement.kind, held.since, alert)
          .Run();
  if (!inserted) return Fail(inserted.error());
  const HeldId id{sqlite3_last_insert_rowid(database.handle())};
  std::int64_t position = 0;
  for (const RunId run : announcement.runs) {
    auto row =
        database.Prepare("INSERT INTO held_report_run (held, position, run) VALUES (?1, ?2, ?3)")
            .Bind(id, position++, run)
            .Run();
    if (!row) return Fail(row.error());
  }
  return id;
}

Result<std::vector<HeldReport>> ReadHeldReports(Database& database) {
  std::vector<HeldReport> reports;
  if (auto read = ReadHeads(database, reports); !read) return Fail(read.error());
  for (HeldReport& held : reports) {
    if (auto read = ReadRuns(database, held); !read) return Fail(read.error());
  }
  return reports;
}

Result<void> DeleteHeldReport(Database& database, HeldId held) {
  return database.Prepare("DELETE FROM held_report WHERE id = ?1").Bind(held).Run();
}

}  // namespace backup_monitor::sqlite
