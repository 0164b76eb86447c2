#include "adapters/sqlite/postponed_report_rows.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "adapters/sqlite/trigger_json.h"

namespace backup_monitor::sqlite {
namespace {

Result<void> ReadRuns(Database& database, PostponedReport& report) {
  auto query =
      database.Prepare("SELECT run FROM held_report_run WHERE held = ?1 ORDER BY position");
  query.Bind(report.id);
  while (query.Next()) query.Read(report.announcement.runs.emplace_back());
  return query.Run();
}

Result<void> ReadAlert(const std::string& body, PostponedReport& report) {
  auto trigger = ReadTrigger("alert", body);
  if (!trigger) return Fail(trigger.error());
  report.announcement.alert = std::get<Alert>(*std::move(trigger));
  return {};
}

Result<void> ReadHeads(Database& database, std::vector<PostponedReport>& reports) {
  auto query = database.Prepare("SELECT id, kind, since, alert FROM held_report ORDER BY id");
  while (query.Next()) {
    PostponedReport report;
    std::optional<std::string> alert;
    query.Read(report.id, report.announcement.kind, report.since, alert);
    if (alert) {
      if (auto read = ReadAlert(*alert, report); !read) return read;
    }
    reports.push_back(std::move(report));
  }
  return query.Run();
}

}  // namespace

Result<PostponedId> InsertPostponedReport(Database& database, const PostponedReport& report) {
  const Announcement& announcement = report.announcement;
  std::optional<std::string> alert;
  if (announcement.alert) alert = WriteTrigger(*announcement.alert).body;
  auto inserted =
      database.Prepare("INSERT INTO held_report (kind, since, alert) VALUES (?1, ?2, ?3)")
          .Bind(announcement.kind, report.since, alert)
          .Run();
  if (!inserted) return Fail(inserted.error());
  const PostponedId id{sqlite3_last_insert_rowid(database.handle())};
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

Result<std::vector<PostponedReport>> ReadPostponedReports(Database& database) {
  std::vector<PostponedReport> reports;
  if (auto read = ReadHeads(database, reports); !read) return Fail(read.error());
  for (PostponedReport& report : reports) {
    if (auto read = ReadRuns(database, report); !read) return Fail(read.error());
  }
  return reports;
}

Result<void> DeletePostponedReport(Database& database, PostponedId report) {
  return database.Prepare("DELETE FROM held_report WHERE id = ?1").Bind(report).Run();
}

}  // namespace backup_monitor::sqlite
