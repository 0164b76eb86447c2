#include "app/api/api.h"

#include <algorithm>
#include <array>
#include <string>

#include "app/api/addressing.h"
#include "app/api/query.h"
#include "base/bounds.h"
#include "base/log.h"

namespace backup_monitor {
namespace {

constexpr const char* kBoundReached = "backup_monitor_bound_reached_total";
constexpr const char* kRefused = "backup_monitor_requests_refused_total";

/// Reasons of the counter, and what the log says of them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kRefusals{{
    {"host", "their Host is not a name of this receiver; see receiver.host_names"},
    {"origin", "they come from web pages of another origin"},
}};

/// "application/json", with or without parameters.
bool IsJson(std::string_view content_type) {
  constexpr std::string_view kJson = "application/json";
  auto type = content_type.substr(0, std::min(content_type.find(';'), content_type.size()));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(type.begin(), type.end(), kJson.begin(), kJson.end(),
                    [lower](char given, char wanted) { return lower(given) == wanted; });
}

/// RFC 9110 section 12.5.3: identity means no coding.
bool IsCoded(std::string_view content_encoding) {
  return !content_encoding.empty() && content_encoding != "identity";
}

/// RFC 9110 section 15.5.16: Accept-Encoding says what would have been accepted.
HttpAnswer UnknownCoding(std::string_view content_encoding) {
  constexpr std::size_t kLongestQuoted = 100;
  HttpAnswer answer = ErrorAnswer(415, "Content-Encoding '" +
                                           std::string{content_encoding.substr(0, kLongestQuoted)} +
                                           "' is not supported: send the body without compression");
  answer.headers = {{"Accept-Encoding", "identity"}};
  return answer;
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
    case 403: return "forbidden";
    case 413: return "too_large";
    case 415: return "unsupported";
    case 421: return "misdirected";
    case 503: return "unavailable";
    default: return "malformed";
  }
}

}  // namespace

enum class Api::Endpoint {
  kAlert,
  kEvent,
  kLookHint,
  kRelayHint,
  kTestMail,
  kReport,
  kSendAgain,  // POST
  kAlive,
  kReady,
  kMetrics,  // GET, answered from memory
  kStatus,
  kOverview,
  kRuns,
  kRun,
  kResults,
  kMessage,
  kRequest,  // GET, from the store
  kNone,
};

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
  struct Fixed {
    std::string_view path;
    Route route;
  };
  static constexpr std::array kFixed{
      Fixed{"/alert", {Endpoint::kAlert, Access::kAlert, "alert", {}}},
      Fixed{"/event", {Endpoint::kEvent, Access::kToken, "event", {}}},
      Fixed{"/health", {Endpoint::kAlive, Access::kOpen, {}, {}}},
      Fixed{"/ready", {Endpoint::kReady, Access::kOpen, {}, {}}},
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
  const bool slash = path.size() > 1 && path.back() == '/';
  const std::string_view bare = slash ? path.substr(0, path.size() - 1) : path;
  for (const Fixed& fixed : kFixed) {
    if (bare == fixed.path) return fixed.route;
  }
  if (path.substr(0, kEvents.size()) == kEvents) return EventRouteOf(path.substr(kEvents.size()));
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
      triggers_{collaborators_.inbox, collaborators_.archive,     collaborators_.metrics,
                collaborators_.clock, collaborators_.wake_worker, collaborators_.relay_changed,
                collaborators_.submit},
      history_{collaborators_.archive, collaborators_.tell},
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
  if (auto refusal = RefuseOrigin(request, route, *settings)) return respond(*std::move(refusal));
  if (!IsAllowed(route.access, request.authorization, *settings)) {
    if (!route.kind.empty()) triggers_.Count(route.kind, "unauthorized");
    return respond(Unauthorized());
  }
  if (route.endpoint == Endpoint::kNone) return respond(ErrorAnswer(404, "not found"));
  const bool post = route.endpoint <= Endpoint::kSendAgain;
  const bool fits =
      post ? request.method == "POST" : request.method == "GET" || request.method == "HEAD";
  if (!fits) return respond(WrongMethod(post));
  if (post) return Post(route, request, *settings, std::move(respond));
  if (route.endpoint <= Endpoint::kMetrics) return respond(GetAtOnce(route.endpoint));
  // Not the whole request: a body that nobody asked for must not wait in memory.
  Later([this, endpoint = route.endpoint, id = std::string{route.id},
         query = request.query] { return GetStored(endpoint, id, query); },
        std::move(respond));
}

/// Old probes ask in HTTP/1.0 without Host how we are, and learn no more than that.
std::optional<HttpAnswer> Api::RefuseOrigin(const HttpRequest& request, const Route& route,
                                            const ApiSettings& settings) {
  if ((route.endpoint == Endpoint::kAlive || route.endpoint == Endpoint::kReady) &&
      request.host.name.empty())
    return std::nullopt;
  auto refusal = RefuseForeign(request, settings.host_names);
  if (!refusal) return std::nullopt;
  if (!route.kind.empty()) triggers_.Count(route.kind, CounterAnswer(refusal->status));
  CountRefusal(refusal->status == 403 ? "origin" : "host");
  return refusal;
}

void Api::Later(std::function<HttpAnswer()> work, Respond respond) {
  const bool accepted =
      collaborators_.submit([work = std::move(work), respond] { respond(work()); });
  if (accepted) return;
  NoteBoundReached("http_readers",
                   "too many requests wait to read the store; further ones are answered 503");
  respond(BusyAnswer("too many requests wait for the store"));
}

void Api::Post(const Route& route, const HttpRequest& request, const ApiSettings& settings,
               Respond respond) {
  if (request.body.size() > settings.max_body_bytes) {
    triggers_.Count(route.kind, "too_large");
    return respond(ErrorAnswer(413, "body too large"));
  }
  if (IsCoded(request.content_encoding)) {
    triggers_.Count(route.kind, "unsupported");
    return respond(UnknownCoding(request.content_encoding));
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
    case Endpoint::kSendAgain:
      return Later([this, id = std::string{route.id}] { return SendAgain(id); },
                   std::move(respond));
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

/// Listening is shown by any answer; that alerts can be stored, by this one.
HttpAnswer Api::Ready() const {
  const auto ready = collaborators_.ready ? collaborators_.ready() : Result<void>{};
  if (!ready) return ErrorAnswer(503, "nothing can be stored now; the log and /api/status say why");
  HttpAnswer answer;
  answer.body = R"({"status":"ok"})";
  return answer;
}

std::string Api::ExposeMetrics() const {
  if (collaborators_.measure) collaborators_.measure();
  for (const ReachedBound& bound : ReachedBounds()) {
    collaborators_.metrics.Set(kBoundReached, {{"bound", bound.name}},
                               static_cast<double>(bound.times));
  }
  return collaborators_.metrics.Expose();
}

HttpAnswer Api::GetAtOnce(Endpoint endpoint) const {
  HttpAnswer answer;
  if (endpoint == Endpoint::kReady) return Ready();
  if (endpoint == Endpoint::kMetrics) {
    answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
    answer.body = ExposeMetrics();
    return answer;
  }
  // Listening is shown by this answer, an open store by our being built at all.
  answer.body = R"({"status":"ok"})";
  return answer;
}

HttpAnswer Api::GetStored(Endpoint endpoint, std::string_view id, std::string_view query) const {
  HttpAnswer answer;
  switch (endpoint) {
    case Endpoint::kStatus: answer.body = collaborators_.status_json(); return answer;
    case Endpoint::kOverview: answer.body = collaborators_.overview_json(); return answer;
    case Endpoint::kRuns: return history_.Runs(query);
    case Endpoint::kRun: return history_.Run(id, query);
    case Endpoint::kResults: return history_.Results(query);
    case Endpoint::kMessage: return history_.Message(id);
    default: return history_.Request(id);
  }
}

void Api::CountRefused(const HttpRequest& request, int status) {
  const Route route = RouteOf(request.path);
  if (!route.kind.empty()) triggers_.Count(route.kind, CounterAnswer(status));
}

/// One line of the log an hour and reason; the metric counts them all.
void Api::CountRefusal(std::string_view reason) {
  collaborators_.metrics.Add(kRefused, {{"reason", std::string{reason}}});
  const seconds now = collaborators_.clock.Steady();
  {
    const std::lock_guard lock{mutex_};
    auto& said = refusals_said_[std::string{reason}];
    if (said && now - *said < std::chrono::hours{1}) return;
    said = now;
  }
  for (const auto& [known, words] : kRefusals) {
    if (known == reason) LogWarning("requests are refused: " + std::string{words});
  }
}

}  // namespace backup_monitor
