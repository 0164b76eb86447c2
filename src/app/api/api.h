#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/http_message.h"
#include "app/api/api_settings.h"
#include "app/api/authorization.h"
#include "app/api/history_endpoints.h"
#include "app/api/trigger_endpoints.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/mutex.h"
#include "store/inbox.h"
#include "store/run_archive.h"

namespace backup_monitor::app::api {

/// What the endpoints work with. All of it outlives the Api, and the Api outlives the last call of
/// the inbox: stop the server, then the store, then drop the Api.
struct ApiCollaborators {
  store::Inbox& inbox;
  store::RunArchive& archive;
  Metrics& metrics;
  const Clock& clock;
  std::function<void()>
      wake_worker;  ///< New triggers are in the inbox. Any thread; returns at once.
  std::function<void()> relay_changed;         ///< The relay's settings may be new. Likewise.
  std::function<std::string()> status_json;    ///< The body of GET /api/status. Any thread.
  std::function<std::string()> overview_json;  ///< The body of GET /api/overview. Any thread.
  announcement::DescribeRun describe;
  std::function<Result<void>(MessageId)> send_again;  ///< Any thread. kNotFound.
  /// Runs a job that works with the store, later and on another thread; false if that cannot be now.
  std::function<bool(std::function<void()>)> submit;
  std::function<Result<void>()> ready =
      {};                              ///< Why alerts could not be stored now. Any thread, at once.
  std::function<void()> measure = {};  ///< Sets gauges, before they are shown. Likewise.
};

/// The daemon's HTTP interface, without sockets: values in, values out.
///
/// What it serves is one table, in routes.cc. HEAD is answered like GET.
/// A slash at the end of a path without an id does no harm. A POST carries `Content-Type: application/json`
/// (else 415): so no web page can make a browser send it unasked. What is addressed to another host, or
/// comes from a foreign page, is refused (RefuseForeign). Errors are `{"error": "..."}`; never a redirect.
class Api {
 public:
  Api(ApiSettings settings, ApiCollaborators collaborators);

  /// Answers, at once or from the inbox's thread or a job. Any thread; never waits for the store.
  void Handle(const http::HttpRequest& request, const http::Respond& respond);

  /// For HttpServerSettings::on_refused: counts what never reached Handle().
  void CountRefused(const http::HttpRequest& request, int status);

  /// From the next request on. Any thread.
  void Reconfigure(ApiSettings settings);

 private:
  struct Route;
  struct Asked;  ///< A request that is allowed, and fits its route.
  /// The row of the table that serves `path`, or a row without a handler.
  [[nodiscard]] static Route RouteOf(std::string_view path);
  [[nodiscard]] std::shared_ptr<const ApiSettings> Settings() const;
  void Serve(const Route& route, const Asked& asked, const http::Respond& respond);
  [[nodiscard]] std::optional<http::HttpAnswer> RefuseOrigin(const http::HttpRequest& request,
                                                             const Route& route,
                                                             const ApiSettings& settings);
  /// Answers from a job, in its turn.
  void Later(std::function<http::HttpAnswer()> work, const http::Respond& respond) const;
  void CountRefusal(std::string_view reason);

  // The handlers of the table. Triggers answer when they are stored.
  void Alert(const Asked& asked, const http::Respond& respond);
  void Event(const Asked& asked, const http::Respond& respond);
  void LookNow(const Asked& asked, const http::Respond& respond);
  void RelayChanged(const Asked& asked, const http::Respond& respond);
  void TestMail(const Asked& asked, const http::Respond& respond);
  void Report(const Asked& asked, const http::Respond& respond);
  // From memory, at once.
  [[nodiscard]] http::HttpAnswer Health() const;
  [[nodiscard]] http::HttpAnswer Ready() const;
  [[nodiscard]] http::HttpAnswer ShowMetrics() const;
  // With the store, from a job.
  [[nodiscard]] http::HttpAnswer Status(std::string_view id, std::string_view query) const;
  [[nodiscard]] http::HttpAnswer Overview(std::string_view id, std::string_view query) const;
  [[nodiscard]] http::HttpAnswer Runs(std::string_view id, std::string_view query) const;
  [[nodiscard]] http::HttpAnswer Run(std::string_view id, std::string_view query) const;
  [[nodiscard]] http::HttpAnswer Results(std::string_view id, std::string_view query) const;
  [[nodiscard]] http::HttpAnswer Message(std::string_view id, std::string_view query) const;
  [[nodiscard]] http::HttpAnswer Request(std::string_view id, std::string_view query) const;
  [[nodiscard]] http::HttpAnswer SendAgain(std::string_view id, std::string_view query) const;

  ApiCollaborators collaborators_;
  TriggerEndpoints triggers_;
  HistoryEndpoints history_;
  mutable Mutex mutex_;
  std::shared_ptr<const ApiSettings> settings_ GUARDED_BY(mutex_);
  std::map<std::string, std::optional<seconds>> refusals_said_
      GUARDED_BY(mutex_);  ///< When the log last said each reason.
};

}  // namespace backup_monitor::app::api
