#include <cstdio>
#include <memory>

#include "adapters/redis/redis_factory.h"
#include "adapters/sqlite/stored_history.h"
#include "adapters/zoneinfo/zone_database.h"
#include "announcement/requested_report.h"
#include "app/command_line.h"
#include "app/commands/commands.h"
#include "app/correspondence.h"
#include "app/coverage.h"
#include "app/schedules.h"
#include "app/service.h"
#include "notify/addressed_mail.h"
#include "report/facts/derive_facts.h"
#include "report/json/report_json.h"

namespace backup_monitor::app::commands {
namespace {

/// What the daemon has stored, where there is anything that we may read.
struct Stored {
  std::unique_ptr<sqlite::StoredHistory> history;
  RunMemory memory;
};

Stored ReadStore(const config::Config& config, Time now) {
  Stored stored;
  std::error_code ignored;
  if (!std::filesystem::exists(config.store.path, ignored)) return stored;
  auto history = sqlite::OpenStoredHistory(config.store.path);
  auto memory = history ? (*history)->Load(now) : Fail(history.error());
  if (!memory) {
    std::fprintf(stderr, "without history: %s\n", memory.error().message.c_str());
    return stored;
  }
  return {*std::move(history), *std::move(memory)};
}

Result<std::string> InFormat(const std::string& format, const report::ReportFacts& facts,
                             const config::Config& config) {
  if (format == "json") return report::json::ReportJson(facts) + "\n";
  const announcement::MessageWriter writer{CorrespondenceOf(config.mail)};
  if (format == "eml") {
    return writer.Write(facts, {}).map([](const Message& message) {
      return notify::ForReading(message.mail, message.recipients);
    });
  }
  const RenderedReport words = writer.Render(facts);
  return format == "html" ? words.html : words.subject + "\n\n" + words.text;
}

}  // namespace

int PrintReport(const std::filesystem::path& file, const std::string& format,
                const std::string& plan) {
  const auto config = config::LoadConfig(file);
  if (!config) {
    std::fprintf(stderr, "%s\n", config.error().message.c_str());
    return kExitConfig;
  }
  const SystemClock clock;
  auto view = redis::MakeClusterReader(config->redis)->Look(clock.Now());
  if (!view) {
    std::fprintf(stderr, "cannot read the cluster: %s\n", view.error().message.c_str());
    return kExitUnavailable;
  }
  std::optional<PlanId> wanted;
  if (!plan.empty()) wanted = PlanId{plan};
  if (wanted && !view->plans.contains(*wanted)) {
    std::fprintf(stderr, "there is no plan %s; see Redis cluster/backup/<plan>\n", plan.c_str());
    return 1;
  }
  // The store is closed before a byte is printed: a pager that waits must not hold its log.
  const auto report = [&] {
    const Stored stored = ReadStore(*config, clock.Now());
    std::vector<std::string> warnings;
    const zoneinfo::ZoneDatabase zones;
    schedule::Timetable timetable = MakeTimetable(config->schedule, zones, warnings);
    for (const std::string& warning : warnings)
      std::fprintf(stderr, "warning: %s\n", warning.c_str());
    ReadSchedules(*view, &timetable, stored.memory);
    ReadCoverage(*view, config->protection.exempt, stored.memory);
    announcement::PastOf past;
    if (stored.history)
      past = [&](const Run& run, Time as_of) {
        return stored.history->archive().HistoryOf(run, as_of);
      };
    return announcement::ReportOnRequest(*view, stored.memory, RulesOf(*config), wanted, past);
  }();
  const auto text =
      report ? InFormat(format, report::FactsOf(*report), *config) : Fail(report.error());
  if (!text) {
    std::fprintf(stderr, "%s\n", text.error().message.c_str());
    return 1;
  }
  std::fwrite(text->data(), 1, text->size(), stdout);
  return 0;
}

}  // namespace backup_monitor::app::commands
