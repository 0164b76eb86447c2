#pragma once

#include <memory>

#include "adapters/http/http_server.h"
#include "adapters/sqlite/sqlite_store.h"
#include "app/api/api.h"
#include "app/api/history_thread.h"
#include "app/worker.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/secret.h"
#include "config/config.h"
#include "notify/dispatcher.h"

namespace backup_monitor::app {

/// The HTTP interface: it outlives a reload of the configuration, with its connections,
/// where address and limits stay the same. Open() and Close() from one thread.
class Receiver {
 public:
  /// The references must outlive this.
  Receiver(const Clock& clock, Metrics& metrics, sqlite::SqliteStore& store,
           notify::Dispatcher& dispatcher);
  ~Receiver();
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  /// From the next request on this configuration counts and this worker is woken. Listens, anew where
  /// `receiver` wants another address or limit than before.
  ///
  /// \return kInvalidInput, kUnavailable, kDenied from listening; then nobody listens.
  [[nodiscard]] Result<void> Open(const config::Config& config, const Secret& webhook_token,
                                  const std::shared_ptr<Worker>& worker);

  /// Requests in work are answered first, within 2 s.
  void Close();

  /// For how long a thread that serves requests has made no progress. Like Open() and Close().
  [[nodiscard]] std::chrono::steady_clock::duration silence(
      std::chrono::steady_clock::time_point now) const;

 private:
  class CurrentWorker;
  [[nodiscard]] api::ApiCollaborators Collaborators(const Clock& clock, Metrics& metrics,
                                                    sqlite::SqliteStore& store,
                                                    notify::Dispatcher& dispatcher) const;
  [[nodiscard]] bool IsOpenAs(const config::ReceiverConfig& receiver) const;

  std::shared_ptr<api::HistoryThread>
      history_;  ///< Shared with requests that come while this ends.
  std::shared_ptr<CurrentWorker>
      current_;                      ///< Shared with answers of the inbox that are still to come.
  std::shared_ptr<api::Api> api_;    ///< Likewise.
  config::ReceiverConfig receiver_;  ///< What `server_` was started with.
  std::unique_ptr<http::HttpServer> server_;
};

}  // namespace backup_monitor::app
