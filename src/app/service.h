#pragma once

#include <memory>
#include <stop_token>

#include "adapters/http/http_server.h"
#include "adapters/sqlite/sqlite_store.h"
#include "app/api/api.h"
#include "app/message_writer.h"
#include "app/secrets.h"
#include "app/worker.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "cluster/cluster_reader.h"
#include "config/config.h"
#include "notify/dispatcher.h"
#include "notify/notifier.h"
#include "notify/smarthost_source.h"

namespace backup_monitor {

/// What outlives a reload of the configuration: what is known and what is counted.
struct Household {
  const Clock& clock;
  Metrics& metrics;
  SqliteStore& store;
  Dispatcher& dispatcher;
};

/// The notifier that `mail.transport` names, or the one of `mail.hold`.
struct Transportation {
  std::unique_ptr<SmarthostSource> relay;  ///< Null with `sendmail`, and with held mail.
  std::unique_ptr<Notifier> notifier;
};
[[nodiscard]] Transportation MakeTransportation(const Config& config, const std::stop_token& stop = {});

[[nodiscard]] RunRules RulesOf(const CorrelatorConfig& correlator);

/// Everything that follows one configuration: the webhook, the worker, the way out for mail. The
/// order of the whole pipeline is here.
class Service {
 public:
  /// Listens, and has its threads running when it returns.
  ///
  /// \return kInvalidInput for secrets that cannot be read; kUnavailable, kDenied from listening.
  [[nodiscard]] static Result<std::unique_ptr<Service>> Start(const Config& config, Household household);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

 private:
  Service(const Config& config, const Secret& webhook_token, Household household);
  [[nodiscard]] Result<void> Listen(const ReceiverConfig& receiver);

  std::stop_source stop_;  ///< Ends whatever waits for Redis.
  Household household_;
  MessageWriter writer_;
  Transportation transportation_;
  std::unique_ptr<ClusterReader> cluster_;
  std::shared_ptr<Worker> worker_;  ///< Shared with answers of the inbox that are still to come.
  std::shared_ptr<Api> api_;        ///< Likewise.
  std::unique_ptr<HttpServer> server_;
};

}  // namespace backup_monitor
