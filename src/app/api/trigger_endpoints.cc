#include "app/api/trigger_endpoints.h"

#include "base/bounds.h"
#include "base/json/json_value.h"
#include "base/log.h"
#include "intake/alert_payload.h"
#include "intake/event_payload.h"

namespace backup_monitor::app::api {
namespace {

using http::Respond;
using store::RequestKind;

constexpr const char* kTriggers = "backup_monitor_triggers_total";
constexpr const char* kOneAccepted = "{\"accepted\":1}";
constexpr std::size_t kMostPlanBytes = 256;
constexpr const char* kRetryAfterSeconds = "5";

http::HttpAnswer AcceptedAnswer(std::string body) {
  return {202, "application/json", std::move(body), {}};
}

std::string CountsJson(const intake::AlertIntake& intake) {
  return "{\"accepted\":" + std::to_string(intake.firing.size()) +
         ",\"resolved\":" + std::to_string(intake.resolved) +
         ",\"foreign\":" + std::to_string(intake.foreign) + "}";
}

std::string RequestJson(const std::vector<TriggerId>& ids) {
  return "{\"request\":" + std::to_string(static_cast<std::int64_t>(ids.at(0))) + "}";
}

Result<ReportRequest> ParseReportRequest(std::string_view body) {
  if (body.empty()) return ReportRequest{};
  const auto request = ParseJsonObject(body);
  if (!request) return Fail(ErrorCode::kInvalidInput, "not a JSON object");
  const JsonValue* const plan = Member(*request, "plan");
  if (plan == nullptr || plan->IsNull()) return ReportRequest{};
  const std::string_view id = TextOf(*plan);
  if (id.empty() || id.size() > kMostPlanBytes) {
    return Fail(ErrorCode::kInvalidInput, "'plan' is no id of a plan");
  }
  return ReportRequest{PlanId{std::string{id}}};
}

http::HttpAnswer InProgress(RequestKind kind) {
  const std::string what = kind == RequestKind::kTestMail ? "test mail" : "report";
  http::HttpAnswer answer =
      http::ErrorAnswer(429, "the " + what +
                                 " requested before is still in progress; wait for its first "
                                 "delivery attempt, then request again");
  answer.headers.emplace_back("Retry-After", kRetryAfterSeconds);
  return answer;
}

}  // namespace

TriggerEndpoints::TriggerEndpoints(store::Inbox& inbox, store::RunArchive& archive,
                                   Metrics& metrics, const Clock& clock,
                                   std::function<void()> wake_worker,
                                   std::function<void()> relay_changed, Submit submit)
    : inbox_{inbox},
      gate_{archive, clock},
      metrics_{metrics},
      clock_{clock},
      wake_worker_{std::move(wake_worker)},
      relay_changed_{std::move(relay_changed)},
      submit_{std::move(submit)} {
  metrics_.DeclareCounter(kTriggers, "Triggers received over HTTP, by kind and answer");
  for (const char* kind : {"alert", "event", "request"}) {
    for (const char* answer : {"accepted", "malformed", "unauthorized", "unavailable"})
      Count(kind, answer, 0);
  }
  for (const char* answer : {"resolved", "foreign"}) Count("alert", answer, 0);
}

void TriggerEndpoints::Count(std::string_view kind, std::string_view answer, int amount) {
  metrics_.Add(kTriggers, {{"kind", std::string{kind}}, {"answer", std::string{answer}}}, amount);
}

void TriggerEndpoints::Alert(std::string_view body, const std::vector<std::string>& alert_names,
                             Respond respond) {
  auto intake = intake::ParseAlerts(body, alert_names);
  if (!intake) return Refuse("alert", intake.error(), respond);
  if (intake->resolved > 0) Count("alert", "resolved", intake->resolved);
  if (intake->foreign > 0) Count("alert", "foreign", intake->foreign);
  std::string counts = CountsJson(*intake);
  if (intake->resolved > 0) LogInfo("alerts resolved: " + std::to_string(intake->resolved));
  if (intake->firing.empty()) return respond(AcceptedAnswer(std::move(counts)));
  std::vector<TriggerBody> bodies{std::make_move_iterator(intake->firing.begin()),
                                  std::make_move_iterator(intake->firing.end())};
  Store(
      "alert", std::move(bodies), [counts](const auto&) { return counts; }, std::move(respond));
}

void TriggerEndpoints::Event(std::string_view body, Respond respond) {
  const auto event = intake::ParseEvent(body);
  if (!event) return Refuse("event", event.error(), respond);
  Store(
      "event", {*event}, [](const auto&) { return std::string{kOneAccepted}; }, std::move(respond));
}

void TriggerEndpoints::LookNow(const Respond& respond) { Hint(respond, wake_worker_); }

void TriggerEndpoints::RelayChanged(const Respond& respond) { Hint(respond, relay_changed_); }

void TriggerEndpoints::Hint(const Respond& respond, const std::function<void()>& follow) {
  Count("event", "accepted");
  respond(AcceptedAnswer(kOneAccepted));
  follow();
}

void TriggerEndpoints::TestMail(const Respond& respond) {
  Request(RequestKind::kTestMail, TestMailRequest{}, respond);
}

void TriggerEndpoints::Report(std::string_view body, const Respond& respond) {
  auto request = ParseReportRequest(body);
  if (!request) return Refuse("request", request.error(), respond);
  Request(RequestKind::kReport, *std::move(request), respond);
}

void TriggerEndpoints::Request(RequestKind kind, TriggerBody body, const Respond& respond) {
  const bool accepted =
      submit_([this, kind, body = std::move(body), respond] { Enter(kind, body, respond); });
  if (accepted) return;
  Count("request", "unavailable");
  respond(http::BusyAnswer("too many requests wait for the store"));
}

void TriggerEndpoints::Enter(RequestKind kind, TriggerBody body, Respond respond) {
  const auto entered = gate_.Enter(kind);
  if (!entered) {
    Count("request", "unavailable");
    LogError("accept a request: " + entered.error().message);
    return respond(http::ErrorAnswer(503, "cannot be stored now"));
  }
  if (!*entered) {
    Count("request", "busy");
    NoteBoundReached(
        "requests",
        "a mail was requested while the one requested before was still in progress; the "
        "second request was refused");
    return respond(InProgress(kind));
  }
  Store("request", {std::move(body)}, RequestJson, std::move(respond),
        [this, kind] { gate_.Leave(kind); });
}

void TriggerEndpoints::Store(std::string kind, std::vector<TriggerBody> bodies, Accepted to_json,
                             Respond respond, std::function<void()> stored) {
  const int amount = static_cast<int>(bodies.size());
  auto done = [this, kind = std::move(kind), amount, to_json = std::move(to_json),
               stored = std::move(stored),
               respond = std::move(respond)](const Result<std::vector<TriggerId>>& ids) {
    if (stored) stored();
    if (!ids) {
      Count(kind, "unavailable");
      LogError("store a trigger: " + ids.error().message);
      return respond(http::ErrorAnswer(503, "cannot be stored now"));
    }
    Count(kind, "accepted", amount);
    respond(AcceptedAnswer(to_json(*ids)));
    wake_worker_();
  };
  inbox_.Accept(std::move(bodies), clock_.Now(), std::move(done));
}

void TriggerEndpoints::Refuse(std::string_view kind, const Error& error, const Respond& respond) {
  Count(kind, "malformed");
  respond(http::ErrorAnswer(400, error.message));
}

}  // namespace backup_monitor::app::api
