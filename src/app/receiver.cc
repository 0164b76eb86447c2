#include "app/receiver.h"

#include <unistd.h>

#include <array>
#include <utility>

#include "announcement/stored_report.h"
#include "app/overview.h"
#include "app/status_json.h"
#include "base/log.h"
#include "base/mutex.h"

namespace backup_monitor::app {
namespace {

/// What callers may call us: the configured address and names, and the node's name, long and short. A
/// wildcard address does no harm: as a host it reaches this machine and nobody else.
std::vector<std::string> HostNames(const config::ReceiverConfig& receiver) {
  std::vector<std::string> names{http::ComparableHost(receiver.host)};
  for (const std::string& name : receiver.host_names) names.push_back(http::ComparableHost(name));
  std::array<char, 256> node{};
  if (::gethostname(node.data(), node.size() - 1) == 0 && node.front() != '\0') {
    names.push_back(http::ComparableHost(node.data()));
    names.push_back(names.back().substr(0, names.back().find('.')));
  }
  return names;
}

api::ApiSettings ApiSettingsOf(const config::Config& config, const Secret& token) {
  return {.token = token,
          .alert_token = config.receiver.alert_token,
          .beyond_loopback = !config.receiver.loopback,
          .host_names = HostNames(config.receiver),
          .max_body_bytes = config.receiver.max_body_bytes,
          .alert_names = config.correlator.alert_names};
}

/// A store that cannot be written shows at once, not with the next step.
WorkerStatus WithHealth(WorkerStatus status, const sqlite::SqliteStore& store) {
  if (!status.store_error.empty()) return status;
  if (const auto healthy = store.CheckHealth(); !healthy)
    status.store_error = healthy.error().message;
  return status;
}

void DeclareStoreMetrics(Metrics& metrics) {
  metrics.DeclareGauge("backup_monitor_store_usable", "1 if alerts and reports can be stored.");
  metrics.DeclareGauge("backup_monitor_store_bytes", "Size of the store's file and its log.");
  metrics.DeclareGauge("backup_monitor_store_free_bytes", "Free space on the store's disk.");
  metrics.DeclareGauge("backup_monitor_inbox_bytes",
                       "Size of the triggers that wait to be worked off.");
}

}  // namespace

/// The worker of the configuration in use. Any thread.
class Receiver::CurrentWorker {
 public:
  struct View {
    std::shared_ptr<Worker> worker;  ///< None while the configuration is reloaded.
    bool mail_held;
  };
  [[nodiscard]] View Now() const {
    const MutexLock lock{mutex_};
    return {worker_.lock(), mail_held_};
  }
  void Change(const std::shared_ptr<Worker>& worker, bool mail_held) {
    const MutexLock lock{mutex_};
    worker_ = worker;
    mail_held_ = mail_held;
  }

 private:
  mutable Mutex mutex_;
  std::weak_ptr<Worker> worker_ GUARDED_BY(mutex_);
  bool mail_held_ GUARDED_BY(mutex_) = false;
};

Receiver::Receiver(const Clock& clock, Metrics& metrics, sqlite::SqliteStore& store,
                   notify::Dispatcher& dispatcher)
    : history_{std::make_shared<api::HistoryThread>()},
      current_{std::make_shared<CurrentWorker>()},
      api_{std::make_shared<api::Api>(api::ApiSettings{},
                                      Collaborators(clock, metrics, store, dispatcher))} {}

Receiver::~Receiver() {
  Close();
  history_->Stop();  // the store may go after this
}

api::ApiCollaborators Receiver::Collaborators(const Clock& clock, Metrics& metrics,
                                              sqlite::SqliteStore& store,
                                              notify::Dispatcher& dispatcher) const {
  const auto wake = [current = current_] {
    if (const auto worker = current->Now().worker) worker->Wake();
  };
  const auto status = [current = current_, &outbox = store.outbox(), &store] {
    const auto [worker, mail_held] = current->Now();
    return StatusJson(WithHealth(worker ? worker->status() : WorkerStatus{}, store), outbox.Count(),
                      mail_held);
  };
  const auto overview = [current = current_, &outbox = store.outbox(), &archive = store.archive(),
                         &clock, &store] {
    const auto [worker, mail_held] = current->Now();
    return OverviewJson(WithHealth(worker ? worker->status() : WorkerStatus{}, store),
                        outbox.Count(), mail_held, archive, clock.Now());
  };
  const auto describe = [current = current_, &archive = store.archive(), &clock](
                            const Run& run, std::optional<Language> language) {
    const auto worker = current->Now().worker;
    const auto view = worker ? worker->status().view : nullptr;
    return announcement::ReportOnStored(run, language, archive, view.get(),
                                        announcement::ReportMomentOf(run, clock.Now()));
  };
  const auto send_again = [&outbox = store.outbox(), &clock, &dispatcher](MessageId message) {
    auto sent = outbox.SendAgain(message, clock.Now());
    if (sent) dispatcher.Wake();
    return sent;
  };
  const auto ready = [current = current_, &store]() -> Result<void> {
    if (auto healthy = store.CheckHealth(); !healthy) return healthy;
    const auto worker = current->Now().worker;
    const std::string error = worker ? worker->status().store_error : std::string{};
    if (!error.empty()) return Fail(ErrorCode::kUnavailable, error);
    return {};
  };
  const auto measure = [&store, &metrics, ready] {
    const auto sizes = store.MeasureSizes();
    metrics.Set("backup_monitor_store_usable", {}, ready() ? 1 : 0);
    metrics.Set("backup_monitor_store_bytes", {}, static_cast<double>(sizes.bytes));
    metrics.Set("backup_monitor_store_free_bytes", {}, static_cast<double>(sizes.free_bytes));
    metrics.Set("backup_monitor_inbox_bytes", {}, static_cast<double>(sizes.inbox_bytes));
  };
  DeclareStoreMetrics(metrics);
  return {.inbox = store.inbox(),
          .archive = store.archive(),
          .metrics = metrics,
          .clock = clock,
          .wake_worker = wake,
          .relay_changed = [&dispatcher] { dispatcher.RelayChanged(); },
          .status_json = status,
          .overview_json = overview,
          .describe = describe,
          .send_again = send_again,
          .submit = [history = history_](
                        std::function<void()> job) { return history->Submit(std::move(job)); },
          .ready = ready,
          .measure = measure};
}

bool Receiver::IsOpenAs(const config::ReceiverConfig& receiver) const {
  return server_ && receiver.host == receiver_.host && receiver.port == receiver_.port &&
         receiver.max_body_bytes == receiver_.max_body_bytes;
}

Result<void> Receiver::Open(const config::Config& config, const Secret& webhook_token,
                            const std::shared_ptr<Worker>& worker) {
  const bool stays = IsOpenAs(config.receiver);
  if (!stays) Close();
  current_->Change(worker, config.mail.hold);
  api_->Reconfigure(ApiSettingsOf(config, webhook_token));
  if (stays) return {};

  http::HttpServerSettings settings;
  settings.host = config.receiver.host;
  settings.port = config.receiver.port;
  settings.max_body_bytes = config.receiver.max_body_bytes;
  settings.on_refused = [api = api_](const http::HttpRequest& request, int status) {
    api->CountRefused(request, status);
  };
  auto server = http::HttpServer::Start(
      std::move(settings), [api = api_](const http::HttpRequest& request, http::Respond respond) {
        api->Handle(request, [api, respond = std::move(respond)](http::HttpAnswer answer) {
          respond(std::move(answer));
        });
      });
  if (!server) return Fail(server.error());
  server_ = *std::move(server);
  receiver_ = config.receiver;
  LogInfo("listening on " + receiver_.host + ":" + std::to_string(server_->port()));
  return {};
}

std::chrono::steady_clock::duration Receiver::silence(
    std::chrono::steady_clock::time_point now) const {
  return server_ ? server_->silence(now) : std::chrono::steady_clock::duration::zero();
}

void Receiver::Close() {
  if (server_) server_->Stop();
  server_.reset();
}

}  // namespace backup_monitor::app
