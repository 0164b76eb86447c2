#include "app/service.h"

#include <utility>

#include "adapters/process/sendmail_notifier.h"
#include "adapters/redis/redis_factory.h"
#include "adapters/smtp/ca_bundle.h"
#include "adapters/smtp/smtp_notifier.h"
#include "adapters/smtp/static_smarthost.h"
#include "app/status_json.h"
#include "base/log.h"
#include "notify/held_notifier.h"

namespace backup_monitor {
namespace {

bool IsLoopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0;
}

ApiSettings ApiSettingsOf(const Config& config, const Secret& token) {
  return {.token = token,
          .alert_token = config.receiver.alert_token,
          .beyond_loopback = !IsLoopback(config.receiver.host),
          .max_body_bytes = config.receiver.max_body_bytes,
          .alert_names = config.correlator.alert_names};
}

}  // namespace

Transportation MakeTransportation(const Config& config, const std::stop_token& stop) {
  Transportation made;
  const MailConfig& mail = config.mail;
  if (mail.hold) {
    made.notifier = std::make_unique<HeldNotifier>();
    return made;
  }
  if (mail.transport == Transport::kSendmail) {
    made.notifier = std::make_unique<SendmailNotifier>(mail.sendmail_command, mail.timeout);
    return made;
  }
  if (mail.transport == Transport::kSmtp) made.relay = std::make_unique<StaticSmarthost>(mail.smtp);
  else made.relay = MakeSmarthostSource(config.redis, stop);
  SmtpManner manner;
  manner.timeout = mail.timeout;
  manner.ca_bundle = FindCaBundle();
  made.notifier = std::make_unique<SmtpNotifier>(*made.relay, std::move(manner));
  return made;
}

RunRules RulesOf(const CorrelatorConfig& correlator) {
  return {.wait = correlator.wait,
          .recent_window = correlator.recent_window,
          .early_notice = correlator.early_notice,
          .reconcile = correlator.reconcile,
          .quiet = correlator.quiet,
          .max_run = correlator.max_run};
}

Service::Service(const Config& config, const Secret& webhook_token, Household household)
    : household_{household},
      writer_{config.mail},
      transportation_{MakeTransportation(config, stop_.get_token())},
      cluster_{MakeClusterReader(config.redis, stop_.get_token())} {
  Worker::Parts parts{.clock = household.clock,
                      .cluster = *cluster_,
                      .inbox = household.store.inbox(),
                      .store = household.store.runs(),
                      .archive = household.store.archive(),
                      .metrics = household.metrics,
                      .writer = writer_,
                      .wake_delivery = [&household = household_] { household.dispatcher.Wake(); }};
  worker_ = std::make_shared<Worker>(
      std::move(parts), Worker::Settings{.rules = RulesOf(config.correlator),
                                         .notify_on = config.mail.notify_on,
                                         .keep = std::chrono::days{config.store.keep_days}});
  // Answers of the inbox may come after this service has gone: they hold on to the Api alone.
  const std::weak_ptr<Worker> worker = worker_;
  ApiCollaborators collaborators{.inbox = household.store.inbox(),
                                 .archive = household.store.archive(),
                                 .metrics = household.metrics,
                                 .clock = household.clock,
                                 .wake_worker =
                                     [worker] {
                                       if (const auto awake = worker.lock()) awake->Wake();
                                     },
                                 .relay_changed =
                                     [&dispatcher = household.dispatcher] { dispatcher.RelayChanged(); },
                                 .status_json = [worker, &outbox = household.store.outbox(),
                                                 held = config.mail.hold] {
                                   const auto known = worker.lock();
                                   return StatusJson(known ? known->status() : WorkerStatus{}, outbox.Count(),
                                                     held);
                                 }};
  api_ = std::make_shared<Api>(ApiSettingsOf(config, webhook_token), std::move(collaborators));
}

Result<void> Service::Listen(const ReceiverConfig& receiver) {
  HttpServerSettings settings;
  settings.host = receiver.host;
  settings.port = receiver.port;
  settings.max_body_bytes = receiver.max_body_bytes;
  settings.on_refused = [api = api_](const HttpRequest& request, int status) {
    api->CountRefused(request, status);
  };
  auto server = HttpServer::Start(std::move(settings), [api = api_](HttpRequest request, Respond respond) {
    api->Handle(request, [api, respond = std::move(respond)](HttpAnswer answer) { respond(std::move(answer)); });
  });
  if (!server) return Fail(server.error());
  server_ = *std::move(server);
  LogInfo("listening on " + receiver.host + ":" + std::to_string(server_->port()));
  return {};
}

Result<std::unique_ptr<Service>> Service::Start(const Config& config, Household household) {
  const auto token = ReadWebhookToken(config);
  if (!token) return Fail(token.error());
  std::unique_ptr<Service> service{new Service{config, *token, household}};
  if (auto listening = service->Listen(config.receiver); !listening) return Fail(listening.error());
  service->worker_->Start();
  household.dispatcher.Start(*service->transportation_.notifier);
  return service;
}

Service::~Service() {
  stop_.request_stop();
  if (server_) server_->Stop();
  worker_->Stop();
  household_.dispatcher.Stop();
}

}  // namespace backup_monitor
