#include <cstdio>

#include "adapters/redis/redis_factory.h"
#include "announcement/requested_report.h"
#include "app/command_line.h"
#include "app/commands/commands.h"
#include "app/correspondence.h"
#include "app/service.h"
#include "notify/held_notifier.h"
#include "report/facts/derive_facts.h"

namespace backup_monitor::app::commands {

int SendTest(const std::filesystem::path& file) {
  const auto config = config::LoadConfig(file);
  if (!config) {
    std::fprintf(stderr, "%s\n", config.error().message.c_str());
    return kExitConfig;
  }
  if (config->mail.hold) {
    std::fprintf(stderr, "%.*s; nothing was sent\n", static_cast<int>(notify::kMailIsHeld.size()),
                 notify::kMailIsHeld.data());
    return kExitUnavailable;
  }
  const SystemClock clock;
  const auto view = redis::MakeClusterReader(config->redis)->Look(clock.Now());
  if (!view) std::fprintf(stderr, "cannot read the cluster: %s\n", view.error().message.c_str());
  const Report report = announcement::TestReport(view ? &*view : nullptr, clock.Now());
  const auto message = announcement::MessageWriter{CorrespondenceOf(config->mail)}.Write(
      report::FactsOf(report), {});
  if (!message) {
    std::fprintf(stderr, "%s\n", message.error().message.c_str());
    return kExitConfig;
  }
  const Transportation transportation = MakeTransportation(*config);
  int undelivered = 0;
  for (const std::string& recipient : message->recipients) {
    const Attempt attempt = transportation.notifier->Deliver(*message, recipient, {});
    const bool delivered = attempt.result == AttemptResult::kDelivered;
    undelivered += delivered ? 0 : 1;
    std::printf("%s: %s%s%s\n", recipient.c_str(), delivered ? "delivered" : "not delivered",
                attempt.detail.empty() ? "" : ": ", attempt.detail.c_str());
  }
  return undelivered == 0 ? 0 : 1;
}

}  // namespace backup_monitor::app::commands
