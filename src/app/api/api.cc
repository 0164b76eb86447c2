#include "app/api/api.h"

#include <algorithm>
#include <array>
#include <string>

#include "app/api/addressing.h"
#include "app/api/content.h"
#include "app/api/query.h"
#include "app/api/route.h"
#include "base/bounds.h"
#include "base/log.h"

namespace backup_monitor::app::api {
namespace {

using http::HttpAnswer;
using http::Respond;

constexpr const char* kBoundReached = "backup_monitor_bound_reached_total";
constexpr const char* kRefused = "backup_monitor_requests_refused_total";

/// Reasons of the counter, and what the log says of them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kRefusals{{
    {"host", "their Host is not a name of this receiver; see receiver.host_names"},
    {"origin", "they come from web pages of another origin"},
}};

HttpAnswer Unauthorized() {
  HttpAnswer answer = http::ErrorAnswer(401, "a valid bearer token is needed");
  answer.headers = {{"WWW-Authenticate", "Bearer realm=\"backup-monitor\""}};
  return answer;
}

HttpAnswer WrongMethod(Method method) {
  HttpAnswer answer = http::ErrorAnswer(405, "method not allowed");
  answer.headers = {{"Allow", method == Method::kPost ? "POST" : "GET, HEAD"}};
  return answer;
}

bool Fits(Method wanted, std::string_view method) {
  if (wanted == Method::kPost) return method == "POST";
  return method == "GET" || method == "HEAD";
}

std::string_view CounterAnswer(int status) {
  switch (status) {
    case 401: return "unauthorized";
    case 403: return "forbidden";
    case 413: return "too_large";
    case 415: return "unsupported";
    case 421: return "misdirected";
    case 503: return "unavailable";
    default: return "malformed";
  }
}

}  // namespace

Api::Api(ApiSettings settings, ApiCollaborators collaborators)
    : collaborators_{std::move(collaborators)},
      triggers_{collaborators_.inbox, collaborators_.archive,     collaborators_.metrics,
                collaborators_.clock, collaborators_.wake_worker, collaborators_.relay_changed,
                collaborators_.submit},
      history_{collaborators_.archive, collaborators_.describe},
      settings_{std::make_shared<const ApiSettings>(std::move(settings))} {
  collaborators_.metrics.DeclareCounter(
      kBoundReached, "How often something was refused, dropped or put off at a bound.");
  collaborators_.metrics.DeclareCounter(
      kRefused, "HTTP requests for another host, or from a web page of another origin.");
  for (const auto& [reason, words] : kRefusals) {
    collaborators_.metrics.Add(kRefused, {{"reason", std::string{reason}}}, 0);
  }
}

void Api::Reconfigure(ApiSettings settings) {
  auto fresh = std::make_shared<const ApiSettings>(std::move(settings));
  const MutexLock lock{mutex_};
  settings_ = std::move(fresh);
}

std::shared_ptr<const ApiSettings> Api::Settings() const {
  const MutexLock lock{mutex_};
  return settings_;
}

void Api::Handle(const http::HttpRequest& request, const Respond& respond) {
  const auto settings = Settings();
  const Route route = RouteOf(request.path);
  if (auto refusal = RefuseOrigin(request, route, *settings)) return respond(*std::move(refusal));
  if (!IsAllowed(route.access, request.authorization, *settings)) {
    if (!route.counter.empty()) triggers_.Count(route.counter, "unauthorized");
    return respond(Unauthorized());
  }
  if (!route.found()) return respond(http::ErrorAnswer(404, "not found"));
  if (!Fits(route.method, request.method)) return respond(WrongMethod(route.method));
  if (route.method == Method::kPost) {
    if (auto refusal = RefuseBody(request, settings->max_body_bytes)) {
      triggers_.Count(route.counter, CounterAnswer(refusal->status));
      return respond(*std::move(refusal));
    }
  }
  Serve(route, {request, *settings}, respond);
}

void Api::Serve(const Route& route, const Asked& asked, const Respond& respond) {
  if (const auto* trigger = std::get_if<Route::Trigger>(&route.handler)) {
    return (this->**trigger)(asked, respond);
  }
  if (const auto* at_once = std::get_if<Route::AtOnce>(&route.handler)) {
    return respond((this->**at_once)());
  }
  // Not the whole request: a body that nobody asked for must not wait in memory.
  Later([this, stored = std::get<Route::Stored>(route.handler), id = std::string{route.id},
         query = asked.request.query] { return (this->*stored)(id, query); },
        respond);
}

/// Old probes ask in HTTP/1.0 without Host how we are, and learn no more than that.
std::optional<HttpAnswer> Api::RefuseOrigin(const http::HttpRequest& request, const Route& route,
                                            const ApiSettings& settings) {
  if (route.is_probe && request.host.name.empty()) return std::nullopt;
  auto refusal = RefuseForeign(request, settings.host_names);
  if (!refusal) return std::nullopt;
  if (!route.counter.empty()) triggers_.Count(route.counter, CounterAnswer(refusal->status));
  CountRefusal(refusal->status == 403 ? "origin" : "host");
  return refusal;
}

void Api::Later(std::function<HttpAnswer()> work, const Respond& respond) const {
  const bool accepted =
      collaborators_.submit([work = std::move(work), respond] { respond(work()); });
  if (accepted) return;
  NoteBoundReached("http_readers",
                   "too many requests wait to read the store; further ones are answered 503");
  respond(http::BusyAnswer("too many requests wait for the store"));
}

void Api::Alert(const Asked& asked, const Respond& respond) {
  triggers_.Alert(asked.request.body, asked.settings.alert_names, respond);
}

void Api::Event(const Asked& asked, const Respond& respond) {
  triggers_.Event(asked.request.body, respond);
}

void Api::LookNow(const Asked& /*asked*/, const Respond& respond) { triggers_.LookNow(respond); }

void Api::RelayChanged(const Asked& /*asked*/, const Respond& respond) {
  triggers_.RelayChanged(respond);
}

void Api::TestMail(const Asked& /*asked*/, const Respond& respond) { triggers_.TestMail(respond); }

void Api::Report(const Asked& asked, const Respond& respond) {
  triggers_.Report(asked.request.body, respond);
}

HttpAnswer Api::SendAgain(std::string_view id, std::string_view /*query*/) const {
  const auto number = PositiveNumber(id);
  const auto sent = number ? collaborators_.send_again(MessageId{*number})
                           : Fail(ErrorCode::kNotFound, "no number");
  if (!sent && sent.error().code == ErrorCode::kNotFound)
    return http::ErrorAnswer(404, "not found");
  if (!sent) {
    LogError(sent.error().message);
    return http::ErrorAnswer(503, "cannot be stored now");
  }
  return {202, "application/json", "{\"message\":" + std::to_string(*number) + "}", {}};
}

/// Listening is shown by any answer; that alerts can be stored, by this one.
HttpAnswer Api::Ready() const {
  const auto ready = collaborators_.ready ? collaborators_.ready() : Result<void>{};
  if (!ready)
    return http::ErrorAnswer(503, "nothing can be stored now; the log and /api/status say why");
  return Health();
}

HttpAnswer Api::ShowMetrics() const {
  if (collaborators_.measure) collaborators_.measure();
  for (const ReachedBound& bound : ReachedBounds()) {
    collaborators_.metrics.Set(kBoundReached, {{"bound", bound.name}},
                               static_cast<double>(bound.times));
  }
  HttpAnswer answer;
  answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
  answer.body = collaborators_.metrics.Expose();
  return answer;
}

/// Listening is shown by this answer, an open store by our being built at all.
// NOLINTNEXTLINE(readability-convert-member-functions-to-static): the route table has one signature
HttpAnswer Api::Health() const {
  HttpAnswer answer;
  answer.body = R"({"status":"ok"})";
  return answer;
}

HttpAnswer Api::Status(std::string_view /*id*/, std::string_view /*query*/) const {
  HttpAnswer answer;
  answer.body = collaborators_.status_json();
  return answer;
}

HttpAnswer Api::Overview(std::string_view /*id*/, std::string_view /*query*/) const {
  HttpAnswer answer;
  answer.body = collaborators_.overview_json();
  return answer;
}

HttpAnswer Api::Runs(std::string_view /*id*/, std::string_view query) const {
  return history_.Runs(query);
}

HttpAnswer Api::Run(std::string_view id, std::string_view query) const {
  return history_.Run(id, query);
}

HttpAnswer Api::Results(std::string_view /*id*/, std::string_view query) const {
  return history_.Results(query);
}

HttpAnswer Api::Message(std::string_view id, std::string_view /*query*/) const {
  return history_.Message(id);
}

HttpAnswer Api::Request(std::string_view id, std::string_view /*query*/) const {
  return history_.Request(id);
}

void Api::CountRefused(const http::HttpRequest& request, int status) {
  const Route route = RouteOf(request.path);
  if (!route.counter.empty()) triggers_.Count(route.counter, CounterAnswer(status));
}

/// One line of the log an hour and reason; the metric counts them all.
void Api::CountRefusal(std::string_view reason) {
  collaborators_.metrics.Add(kRefused, {{"reason", std::string{reason}}});
  const seconds now = collaborators_.clock.Steady();
  {
    const MutexLock lock{mutex_};
    auto& said = refusals_said_[std::string{reason}];
    if (said && now - *said < std::chrono::hours{1}) return;
    said = now;
  }
  for (const auto& [known, words] : kRefusals) {
    if (known == reason) LogWarning("requests are refused: " + std::string{words});
  }
}

}  // namespace backup_monitor::app::api
