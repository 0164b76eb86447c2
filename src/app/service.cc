#include "app/service.h"

#include <utility>

#include "adapters/process/sendmail_notifier.h"
#include "adapters/redis/redis_factory.h"
#include "adapters/smtp/ca_bundle.h"
#include "adapters/smtp/smtp_notifier.h"
#include "adapters/smtp/static_smarthost.h"
#include "app/correspondence.h"
#include "app/schedules.h"
#include "base/log.h"
#include "notify/held_notifier.h"

namespace backup_monitor::app {

Transportation MakeTransportation(const config::Config& config, const std::stop_token& stop) {
  Transportation made;
  const config::MailConfig& mail = config.mail;
  if (mail.hold) {
    made.notifier = std::make_unique<notify::HeldNotifier>();
    return made;
  }
  if (mail.transport == config::Transport::kSendmail) {
    made.notifier =
        std::make_unique<process::SendmailNotifier>(mail.sendmail_command, mail.timeout);
    return made;
  }
  if (mail.transport == config::Transport::kSmtp)
    made.relay = std::make_unique<smtp::StaticSmarthost>(mail.smtp);
  else made.relay = redis::MakeSmarthostSource(config.redis, stop);
  smtp::SmtpManner manner;
  manner.timeout = mail.timeout;
  manner.helo_name = mail.smtp.helo_name;
  manner.ca_bundle = smtp::FindCaBundle();
  made.notifier = std::make_unique<smtp::SmtpNotifier>(*made.relay, std::move(manner));
  return made;
}

run::RunRules RulesOf(const config::Config& config) {
  const config::CorrelatorConfig& correlator = config.correlator;
  std::map<PlanId, seconds> targets;
  for (const auto& [plan, target] : config.protection.targets)
    targets.emplace(PlanId{plan}, target);
  return {.wait = correlator.wait,
          .recent_window = correlator.recent_window,
          .early_notice = correlator.early_notice,
          .reconcile = correlator.reconcile,
          .quiet = correlator.quiet,
          .max_run = correlator.max_run,
          .grace = config.schedule.grace,
          .recovery_targets = std::move(targets),
          .reads_log = config.cluster_log.read,
          .asks_for_nodes = config.nodes.read};
}

Service::Service(const config::Config& config, ServiceParts parts)
    : parts_{parts},
      timetable_{MakeTimetable(config.schedule, zones_, warnings_)},
      writer_{CorrespondenceOf(config.mail)},
      transportation_{MakeTransportation(config, stop_.get_token())},
      cluster_{redis::MakeClusterReader(config.redis, stop_.get_token())},
      checks_{RepositoryChecks::Make(config, parts.clock, parts.metrics, parts.witnesses,
                                     parts.checks, stop_.get_token())},
      log_{
          LogReading::Make(config, parts.clock, parts.metrics, parts.witnesses, stop_.get_token())},
      presence_{PresenceReading::Make(config, parts.clock, parts.metrics, parts.witnesses,
                                      stop_.get_token())} {
  Worker::Parts worker_parts{.clock = parts.clock,
                             .cluster = *cluster_,
                             .inbox = parts.store.inbox(),
                             .store = parts.store.runs(),
                             .archive = parts.store.archive(),
                             .metrics = parts.metrics,
                             .writer = writer_,
                             .wake_delivery = [&parts = parts_] { parts.dispatcher.Wake(); },
                             .run_has_closed =
                                 [this] {
                                   if (alerts_) alerts_->puller().RunHasClosed();
                                 },
                             .checker = checks_ ? &checks_->checker() : nullptr,
                             .timetable = &timetable_,
                             .log = log_ ? &log_->reader() : nullptr,
                             .uploads = log_ ? &log_->uploads() : nullptr,
                             .presence = presence_ ? &presence_->reader() : nullptr,
                             .witnesses = &parts.witnesses};
  worker_ = std::make_shared<Worker>(
      std::move(worker_parts),
      Worker::Settings{.rules = RulesOf(config),
                       .notify_on = config.mail.notify_on,
                       .keep = std::chrono::days{config.store.keep_days},
                       .probe_mode = checks_ ? config.repo_check.mode : ProbeMode::kOff,
                       .probe_run_timeout = config.repo_check.run_timeout,
                       .exemptions = config.protection.exempt});
  alerts_ = AlertReading::Make(config,
                               {.clock = parts.clock,
                                .metrics = parts.metrics,
                                .inbox = parts.store.inbox(),
                                .witnesses = parts.witnesses,
                                .wake = [this] { worker_->Wake(); }},
                               stop_.get_token());
}

Result<std::unique_ptr<Service>> Service::Start(const config::Config& config, ServiceParts parts) {
  const auto secrets = ReadSecrets(config);
  if (!secrets) return Fail(secrets.error());
  std::unique_ptr<Service> service{new Service{config, parts}};
  const auto open = parts.receiver.Open(config, secrets->webhook_token, service->worker_);
  if (!open) return Fail(open.error());
  for (const std::string& warning : config.warnings) LogWarning(warning);
  for (const std::string& warning : service->warnings_) LogWarning(warning);
  for (const std::string& warning : secrets->warnings) LogWarning(warning);
  if (service->checks_) {
    service->checks_->checker().Start([&worker = *service->worker_] { worker.WakeForFindings(); });
  }
  if (service->log_) {
    service->log_->reader().Start([&worker = *service->worker_] { worker.WakeForFindings(); });
    service->log_->uploads().Start([&worker = *service->worker_] { worker.WakeForFindings(); });
  }
  if (service->presence_)
    service->presence_->reader().Start([&worker = *service->worker_] { worker.WakeForFindings(); });
  service->worker_->Start();
  if (service->alerts_) service->alerts_->puller().Start();
  parts.dispatcher.Start(*service->transportation_.notifier);
  return service;
}

Service::~Service() {
  stop_.request_stop();
  if (alerts_) alerts_->puller().Stop();
  worker_->Stop();
  if (checks_) checks_->checker().Stop();
  if (log_) {
    log_->reader().Stop();
    log_->uploads().Stop();
  }
  if (presence_) presence_->reader().Stop();
  parts_.dispatcher.Stop();
}

}  // namespace backup_monitor::app
