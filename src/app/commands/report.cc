#include <cstdio>
#include <memory>

#include "adapters/redis/redis_factory.h"
#include "adapters/sqlite/sqlite_store.h"
#include "app/command_line.h"
#include "app/commands/commands.h"
#include "app/request_desk.h"
#include "app/service.h"
#include "notify/addressed_mail.h"
#include "report/report_json.h"

namespace backup_monitor {
namespace {

/// The books of the daemon, where it has any that we may read; else empty ones.
struct Books {
  std::unique_ptr<SqliteStore> store;
  std::unique_ptr<RunStore::Transaction> history;  ///< Never committed.
  RunMemory memory;
};

Books OpenBooks(const Config& config, Time now) {
  Books books;
  std::error_code ignored;
  if (!std::filesystem::exists(config.store.path, ignored)) return books;
  auto store = OpenStore(config.store.path);
  if (!store) {
    std::fprintf(stderr, "without history: %s\n", store.error().message.c_str());
    return books;
  }
  auto memory = (*store)->runs().Load(now);
  auto history = (*store)->runs().Begin();
  if (!memory || !history) return books;
  books.store = *std::move(store);
  books.history = *std::move(history);
  books.memory = *std::move(memory);
  return books;
}

Result<std::string> InFormat(const std::string& format, const Report& report, const Config& config) {
  if (format == "json") return ReportJson(report) + "\n";
  const MessageWriter writer{config.mail};
  if (format == "eml") {
    return writer.Write(report, {}).map(
        [](const Message& message) { return ForReading(message.mail, message.recipients); });
  }
  const RenderedReport words = writer.Render(report);
  return format == "html" ? words.html : words.subject + "\n\n" + words.text;
}

}  // namespace

int PrintReport(const std::filesystem::path& file, const std::string& format, const std::string& plan) {
  const auto config = LoadConfig(file);
  if (!config) {
    std::fprintf(stderr, "%s\n", config.error().message.c_str());
    return kExitConfig;
  }
  const SystemClock clock;
  const auto view = MakeClusterReader(config->redis)->Look(clock.Now());
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
  // The books are closed before a byte is printed: a pager that waits must not hold the daemon's store.
  const auto report = [&] {
    const Books books = OpenBooks(*config, clock.Now());
    return StandingReport(*view, books.memory, RulesOf(config->correlator), wanted, books.history.get());
  }();
  const auto text = report ? InFormat(format, *report, *config) : Fail(report.error());
  if (!text) {
    std::fprintf(stderr, "%s\n", text.error().message.c_str());
    return 1;
  }
  std::fwrite(text->data(), 1, text->size(), stdout);
  return 0;
}

}  // namespace backup_monitor
