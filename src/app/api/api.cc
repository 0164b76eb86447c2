#include "app/api/api.h"

#include <algorithm>
#include <array>
#include <string>

#include "app/api/query.h"
#include "base/bounds.h"
#include "base/log.h"

namespace backup_monitor {
namespace {

constexpr const char* kBoundReached = "backup_monitor_bound_reached_total";

enum class Endpoint {
  kAlert,
  kEvent,
  kLookHint,
  kRelayHint,
  kTestMail,
  kReport,
  kSendAgain,  // POST
  kAlive,
  kMetrics,
  kStatus,
  kOverview,
  kRuns,
  kRun,
  kResults,
  kMessage,
  kRequest,  // GET
  kNone,
};

bool IsPost(Endpoint endpoint) { return endpoint <= Endpoint::kSendAgain; }

/// "application/json", with or without parameters.
bool IsJson(std::string_view content_type) {
  constexpr std::string_view kJson = "application/json";
  auto type = content_type.substr(0, std::min(content_type.find(';'), content_type.size()));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(type.begin(), type.end(), kJson.begin(), kJson.end(),
                    [lower](char given, char wanted) { return lower(given) == wanted; });
}

HttpAnswer Unauthorized() {
  HttpAnswer answer = ErrorAnswer(401, "a valid bearer token is needed");
  answer.headers = {{"WWW-Authenticate", "Bearer realm=\"backup-monitor\""}};
  return answer;
}

HttpAnswer WrongMethod(bool post) {
  HttpAnswer answer = ErrorAnswer(405, "method not allowed");
  answer.headers = {{"Allow", post ? "POST" : "GET, HEAD"}};
  return answer;
}

std::string_view CounterAnswer(int status) {
  switch (status) {
    case 401: return "unauthorized";
    case 413: return "too_large";
    case 415: return "unsupported";
    case 503: return "unavailable";
    default: return "malformed";
  }
}

}  // namespace

struct Api::Route {
  Endpoint endpoint = Endpoint::kNone;
  Access access = Access::kOpen;
  std::string_view kind;  ///< For the counter; empty where nothing is triggered.
  std::string_view id;    ///< What follows the last '/' of endpoints that name one thing.
};

/// NS8's events. Without the token nobody learns which of them there are.
Api::Route Api::EventRouteOf(std::string_view name) {
  constexpr std::array<std::string_view, 5> kLookNow{"backup-schedule-changed",
                                                     "backup-destination-changed", "module-added",
                                                     "module-removed", "leader-changed"};
  if (name == "backup-status-changed") return {Endpoint::kEvent, Access::kToken, "event", {}};
  if (name == "smarthost-changed") return {Endpoint::kRelayHint, Access::kToken, "event", {}};
  if (std::find(kLookNow.begin(), kLookNow.end(), name) != kLookNow.end()) {
    return {Endpoint::kLookHint, Access::kToken, "event", {}};
  }
  return {Endpoint::kNone, Access::kToken, {}, {}};
}

Api::Route Api::RouteOf(std::string_view path) {
  constexpr std::string_view kEvents = "/event/";
  if (path.substr(0, kEvents.size()) == kEvents) return EventRouteOf(path.substr(kEvents.size()));
  struct Fixed {
    std::string_view path;
    Route route;
  };
  static constexpr std::array kFixed{
      Fixed{"/alert", {Endpoint::kAlert, Access::kAlert, "alert", {}}},
      Fixed{"/event", {Endpoint::kEvent, Access::kToken, "event", {}}},
      Fixed{"/health", {Endpoint::kAlive, Access::kOpen, {}, {}}},
      Fixed{"/ready", {Endpoint::kAlive, Access::kOpen, {}, {}}},
      Fixed{"/metrics", {Endpoint::kMetrics, Access::kOpen, {}, {}}},
      Fixed{"/api/status", {Endpoint::kStatus, Access::kToken, {}, {}}},
      Fixed{"/api/overview", {Endpoint::kOverview, Access::kToken, {}, {}}},
      Fixed{"/api/results", {Endpoint::kResults, Access::kToken, {}, {}}},
      Fixed{"/api/runs", {Endpoint::kRuns, Access::kToken, {}, {}}},
      Fixed{"/api/test-mail", {Endpoint::kTestMail, Access::kToken, "request", {}}},
      Fixed{"/api/report", {Endpoint::kReport, Access::kToken, "request", {}}},
  };
  static constexpr std::array kWithId{
      Fixed{"/api/runs/", {Endpoint::kRun, Access::kToken, {}, {}}},
      Fixed{"/api/messages/", {Endpoint::kMessage, Access::kToken, {}, {}}},
      Fixed{"/api/send-again/", {Endpoint::kSendAgain, Access::kToken, "request", {}}},
      Fixed{"/api/requests/", {Endpoint::kRequest, Access::kToken, {}, {}}},
  };
  for (const Fixed& fixed : kFixed) {
    if (path == fixed.path) return fixed.route;
  }
  for (const Fixed& prefix : kWithId) {
    if (path.substr(0, prefix.path.size()) != prefix.path) continue;
    Route route = prefix.route;
    route.id = path.substr(prefix.path.size());
    return route;
  }
  // Who may not look must not learn which paths exist either.
  return {Endpoint::kNone, path.substr(0, 5) == "/api/" ? Access::kToken : Access::kOpen, {}, {}};
}

Api::Api(ApiSettings settings, ApiCollaborators collaborators)
    : collaborators_{std::move(collaborators)},
      triggers_{collaborators_.inbox, collaborators_.metrics, collaborators_.clock,
                collaborators_.wake_worker, collaborators_.relay_changed},
      history_{collaborators_.archive, collaborators_.tell},
      settings_{std::make_shared<const ApiSettings>(std::move(settings))} {
  collaborators_.metrics.DeclareCounter(kBoundReached,
                                        "How often something was refused, dropped or put off at a bound.");
}

void Api::Reconfigure(ApiSettings settings) {
  auto fresh = std::make_shared<const ApiSettings>(std::move(settings));
  const std::lock_guard lock{mutex_};
  settings_ = std::move(fresh);
}

std::shared_ptr<const ApiSettings> Api::Settings() const {
  const std::lock_guard lock{mutex_};
  return settings_;
}

void Api::Handle(const HttpRequest& request, Respond respond) {
  const auto settings = Settings();
  const Route route = RouteOf(request.path);
  if (!IsAllowed(route.access, request.authorization, *settings)) {
    if (!route.kind.empty()) triggers_.Count(route.kind, "unauthorized");
    return respond(Unauthorized());
  }
  if (route.endpoint == Endpoint::kNone) return respond(ErrorAnswer(404, "not found"));
  const bool post = IsPost(route.endpoint);
  const bool fits =
      post ? request.method == "POST" : request.method == "GET" || request.method == "HEAD";
  if (!fits) return respond(WrongMethod(post));
  if (post) return Post(route, request, *settings, std::move(respond));
  respond(Get(route, request));
}

void Api::Post(const Route& route, const HttpRequest& request, const ApiSettings& settings,
               Respond respond) {
  if (request.body.size() > settings.max_body_bytes) {
    triggers_.Count(route.kind, "too_large");
    return respond(ErrorAnswer(413, "body too large"));
  }
  if (!IsJson(request.content_type)) {
    triggers_.Count(route.kind, "unsupported");
    return respond(ErrorAnswer(415, "Content-Type must be application/json"));
  }
  switch (route.endpoint) {
    case Endpoint::kAlert:
      return triggers_.Alert(request.body, settings.alert_names, std::move(respond));
    case Endpoint::kEvent: return triggers_.Event(request.body, std::move(respond));
    case Endpoint::kLookHint: return triggers_.LookNow(respond);
    case Endpoint::kRelayHint: return triggers_.RelayChanged(respond);
    case Endpoint::kReport: return triggers_.Report(request.body, std::move(respond));
    case Endpoint::kSendAgain: return respond(SendAgain(route.id));
    default: return triggers_.TestMail(std::move(respond));
  }
}

HttpAnswer Api::SendAgain(std::string_view message) const {
  const auto number = PositiveNumber(message);
  const auto sent = number ? collaborators_.send_again(MessageId{*number})
                           : Fail(ErrorCode::kNotFound, "no number");
  if (!sent && sent.error().code == ErrorCode::kNotFound) return ErrorAnswer(404, "not found");
  if (!sent) {
    LogError(sent.error().message);
    return ErrorAnswer(503, "cannot be stored now");
  }
  return {202, "application/json", "{\"message\":" + std::to_string(*number) + "}", {}};
}

std::string Api::ExposeMetrics() const {
  for (const ReachedBound& bound : ReachedBounds()) {
    collaborators_.metrics.Set(kBoundReached, {{"bound", bound.name}}, static_cast<double>(bound.times));
  }
  return collaborators_.metrics.Expose();
}

HttpAnswer Api::Get(const Route& route, const HttpRequest& request) const {
  HttpAnswer answer;
  switch (route.endpoint) {
    case Endpoint::kMetrics:
      answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
      answer.body = ExposeMetrics();
      return answer;
    case Endpoint::kStatus: answer.body = collaborators_.status_json(); return answer;
    case Endpoint::kOverview: answer.body = collaborators_.overview_json(); return answer;
    case Endpoint::kRuns: return history_.Runs(request.query);
    case Endpoint::kRun: return history_.Run(route.id, request.query);
    case Endpoint::kResults: return history_.Results(request.query);
    case Endpoint::kMessage: return history_.Message(route.id);
    case Endpoint::kRequest: return history_.Request(route.id);
    default:
      // Listening is shown by this answer, an open store by our being built at all.
      answer.body = R"({"status":"ok"})";
      return answer;
  }
}

void Api::CountRefused(const HttpRequest& request, int status) {
  const Route route = RouteOf(request.path);
  if (!route.kind.empty()) triggers_.Count(route.kind, CounterAnswer(status));
}

}  // namespace backup_monitor
