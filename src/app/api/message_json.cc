#include "app/api/message_json.h"

namespace backup_monitor::app::api {
namespace {

void WriteDelivery(JsonWriter& json, const store::DeliveryStatus& delivery) {
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

void WriteMessage(JsonWriter& json, const store::MessageStatus& status) {
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
  for (const store::DeliveryStatus& delivery : status.deliveries) WriteDelivery(json, delivery);
  json.EndList();
  json.EndObject();
}

void WriteMessages(JsonWriter& json, const std::vector<store::MessageStatus>& messages) {
  json.BeginList("messages");
  for (const store::MessageStatus& message : messages) WriteMessage(json, message);
  json.EndList();
}

}  // namespace backup_monitor::app::api
