#include "adapters/sqlite/alert_rate_rows.h"

#include <string_view>

namespace backup_monitor::sqlite {
namespace {

constexpr std::string_view kUnmatched = "unmatched";
constexpr std::string_view kRuns = "runs";

Result<void> Save(Database& database, std::string_view kind, const AlertRate& rate) {
  if (!rate.since) return {};
  auto saved = database
                   .Prepare(
                       "INSERT INTO alert_rate (kind, since, singly, summarized) "
                       "VALUES (?1, ?2, ?3, ?4)")
                   .Bind(kind, *rate.since, rate.singly, rate.summarized)
                   .Run();
  if (!saved) return saved;
  int position = 0;
  for (const std::string& name : rate.names) {
    auto named =
        database.Prepare("INSERT INTO alert_rate_name (kind, position, name) VALUES (?1, ?2, ?3)")
            .Bind(kind, position++, name)
            .Run();
    if (!named) return named;
  }
  return {};
}

Result<void> Read(Database& database, std::string_view kind, AlertRate& rate) {
  auto query = database.Prepare("SELECT since, singly, summarized FROM alert_rate WHERE kind = ?1");
  if (query.Bind(kind).Next()) query.Read(rate.since, rate.singly, rate.summarized);
  if (auto ran = query.Run(); !ran) return ran;
  auto names =
      database.Prepare("SELECT name FROM alert_rate_name WHERE kind = ?1 ORDER BY position");
  names.Bind(kind);
  while (names.Next()) names.Read(rate.names.emplace_back());
  return names.Run();
}

}  // namespace

Result<void> SaveAlertRates(Database& database, const AlertRates& rates) {
  if (auto removed = database.Execute("DELETE FROM alert_rate; DELETE FROM alert_rate_name;");
      !removed) {
    return removed;
  }
  if (auto saved = Save(database, kUnmatched, rates.unmatched); !saved) return saved;
  return Save(database, kRuns, rates.runs);
}

Result<AlertRates> ReadAlertRates(Database& database) {
  AlertRates rates;
  if (auto read = Read(database, kUnmatched, rates.unmatched); !read) return Fail(read.error());
  if (auto read = Read(database, kRuns, rates.runs); !read) return Fail(read.error());
  return rates;
}

}  // namespace backup_monitor::sqlite
