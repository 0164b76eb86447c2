#pragma once

#include <memory>
#include <stop_token>

#include "adapters/sqlite/sqlite_store.h"
#include "adapters/zoneinfo/zone_database.h"
#include "announcement/message_writer.h"
#include "app/alert_reading.h"
#include "app/log_reading.h"
#include "app/presence_reading.h"
#include "app/receiver.h"
#include "app/repository_checks.h"
#include "app/secrets.h"
#include "app/witness_board.h"
#include "app/worker.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "cluster/cluster_reader.h"
#include "config/config.h"
#include "notify/dispatcher.h"
#include "notify/notifier.h"
#include "notify/smarthost_source.h"

namespace backup_monitor::app {

/// What outlives a reload of the configuration: what is known, what is counted, who listens.
struct ServiceParts {
  const Clock& clock;
  Metrics& metrics;
  sqlite::SqliteStore& store;
  notify::Dispatcher& dispatcher;
  Receiver& receiver;
  RepositoryChecksMemory& checks;
  WitnessBoard& witnesses;
};

/// The notifier that `mail.transport` names, or the one of `mail.hold`.
struct Transportation {
  std::unique_ptr<notify::SmarthostSource> relay;  ///< Null with `sendmail`, and with held mail.
  std::unique_ptr<notify::Notifier> notifier;
};
[[nodiscard]] Transportation MakeTransportation(const config::Config& config,
                                                const std::stop_token& stop = {});

[[nodiscard]] run::RunRules RulesOf(const config::Config& config);

/// Everything that follows one configuration: what the webhook obeys, the worker, the way out for mail.
/// The order of the whole pipeline is here.
class Service {
 public:
  /// The receiver is open and the threads are running when it returns. The receiver stays open when
  /// this goes: what comes until the next Start() is stored.
  ///
  /// \return kInvalidInput for secrets that cannot be read; kUnavailable, kDenied from listening.
  [[nodiscard]] static Result<std::unique_ptr<Service>> Start(const config::Config& config,
                                                              ServiceParts parts);
  ~Service();

  /// For how long the worker has made no progress.
  [[nodiscard]] std::chrono::steady_clock::duration worker_silence(
      std::chrono::steady_clock::time_point now) const {
    return worker_->heartbeat().silence(now);
  }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

 private:
  Service(const config::Config& config, ServiceParts parts);

  std::stop_source stop_;  ///< Ends whatever waits for Redis.
  ServiceParts parts_;
  std::vector<std::string> warnings_;
  zoneinfo::ZoneDatabase zones_;
  schedule::Timetable timetable_;
  announcement::MessageWriter writer_;
  Transportation transportation_;
  std::unique_ptr<cluster::ClusterReader> cluster_;
  std::unique_ptr<RepositoryChecks> checks_;   ///< None where no repositories are to be checked.
  std::unique_ptr<LogReading> log_;            ///< None where the log is not to be read.
  std::unique_ptr<PresenceReading> presence_;  ///< None where nodes are not to be asked for.
  std::shared_ptr<Worker> worker_;             ///< Woken by the receiver while it is here.
  std::unique_ptr<AlertReading> alerts_;       ///< None where nobody is to be asked what fires.
};

}  // namespace backup_monitor::app
