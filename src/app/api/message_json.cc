#include "app/api/message_json.h"

namespace backup_monitor {
namespace {

std::string_view Name(ReportKind kind) {
  switch (kind) {
    case ReportKind::kEarlyNotice: return "early_notice";
    case ReportKind::kFinal: return "final";
    case ReportKind::kUpdate: return "update";
    case ReportKind::kNoStatus: return "no_status";
    case ReportKind::kUnknownPlan: return "unknown_plan";
    case ReportKind::kOnRequest: return "on_request";
    case ReportKind::kTest: return "test";
    case ReportKind::kUndelivered: return "undelivered";
  }
  return "final";
}

std::string_view Name(DeliveryState state) {
  switch (state) {
    case DeliveryState::kWaiting: return "waiting";
    case DeliveryState::kDelivered: return "delivered";
    case DeliveryState::kFailed: return "failed";
    case DeliveryState::kSummarized: return "summarized";
  }
  return "waiting";
}

std::string_view Name(AttemptResult result) {
  switch (result) {
    case AttemptResult::kDelivered: return "delivered";
    case AttemptResult::kTemporary: return "temporary";
    case AttemptResult::kPermanent: return "permanent";
    case AttemptResult::kDisabled: return "disabled";
  }
  return "temporary";
}

void WriteDelivery(JsonWriter& json, const DeliveryStatus& delivery) {
  json.BeginObject();
  json.Text("recipient", delivery.recipient);
  json.Text("state", Name(delivery.state));
  const bool waits = delivery.state == DeliveryState::kWaiting;
  json.Moment("next_attempt", waits ? std::optional{delivery.next_attempt} : std::nullopt);
  json.BeginList("attempts");
  for (const Attempt& attempt : delivery.attempts) {
    json.BeginObject();
    json.Moment("at", attempt.at);
    json.Text("result", Name(attempt.result));
    json.Text("detail", attempt.detail);
    json.EndObject();
  }
  json.EndList();
  json.EndObject();
}

}  // namespace

void WriteMessage(JsonWriter& json, const MessageStatus& status) {
  const Message& message = status.message;
  json.BeginObject();
  json.Number("id", static_cast<std::int64_t>(message.id));
  json.Text("kind", Name(message.kind));
  json.Text("subject", message.subject);
  json.Moment("created_at", message.created_at);
  json.Text("message_id", message.message_id);
  json.Text("thread_root", message.thread_root);
  json.Text("sender", message.sender);
  json.BeginList("runs");
  for (const RunId run : message.runs) json.Number(static_cast<std::int64_t>(run));
  json.EndList();
  if (message.request != TriggerId{})
    json.Number("request", static_cast<std::int64_t>(message.request));
  else json.Null("request");
  json.BeginList("deliveries");
  for (const DeliveryStatus& delivery : status.deliveries) WriteDelivery(json, delivery);
  json.EndList();
  json.EndObject();
}

void WriteMessages(JsonWriter& json, const std::vector<MessageStatus>& messages) {
  json.BeginList("messages");
  for (const MessageStatus& message : messages) WriteMessage(json, message);
  json.EndList();
}

}  // namespace backup_monitor
