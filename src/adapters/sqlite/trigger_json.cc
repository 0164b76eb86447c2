#include "adapters/sqlite/trigger_json.h"

#include "base/digest.h"
#include "base/json/json_value.h"
#include "base/json/json_writer.h"

namespace backup_monitor::sqlite {
namespace {

// Texts are bytes here: what is foreign passes as it is.

std::string_view Fill(JsonWriter& json, const Alert& alert) {
  json.BeginObject("labels");
  for (const auto& [name, value] : alert.labels) json.Bytes(name, value);
  json.EndObject();
  if (alert.starts_at) json.Number("starts_at", alert.starts_at->time_since_epoch().count());
  if (alert.group_was_truncated) json.Flag("truncated", true);
  if (!alert.whole_identity.empty()) json.Bytes("identity", alert.whole_identity);
  if (alert.silenced) json.Flag("silenced", true);
  return "alert";
}
std::string_view Fill(JsonWriter& /*json*/, const BackupEvent& /*event*/) { return "event"; }
std::string_view Fill(JsonWriter& /*json*/, const TestMailRequest& /*request*/) {
  return "test_mail";
}
std::string_view Fill(JsonWriter& json, const ReportRequest& request) {
  if (request.plan) json.Bytes("plan", request.plan->value());
  return "report";
}

Alert ReadAlert(const JsonValue& object) {
  Alert alert;
  if (const JsonValue* const labels = Member(object, "labels");
      labels != nullptr && labels->IsObject()) {
    for (const auto& label : labels->GetObject()) {
      alert.labels.emplace(TextOf(label.name), TextOf(label.value));
    }
  }
  if (const JsonValue* const at = Member(object, "starts_at"); at != nullptr && at->IsInt64()) {
    alert.starts_at = Time{seconds{at->GetInt64()}};
  }
  const JsonValue* const truncated = Member(object, "truncated");
  alert.group_was_truncated = truncated != nullptr && truncated->IsTrue();
  alert.whole_identity = TextMember(object, "identity");
  const JsonValue* const silenced = Member(object, "silenced");
  alert.silenced = silenced != nullptr && silenced->IsTrue();
  return alert;
}

}  // namespace

TriggerText WriteTrigger(const TriggerBody& body) {
  JsonWriter json;
  json.BeginObject();
  const std::string_view kind =
      std::visit([&](const auto& what) { return Fill(json, what); }, body);
  json.EndObject();
  TriggerText text{kind, json.Written()};
  const auto* alert = std::get_if<Alert>(&body);
  if (alert == nullptr || !alert->starts_at) return text;
  if (alert->silenced) {
    Alert same = *alert;  // a silence makes no other alert of it
    same.silenced = false;
    text.digest = WriteTrigger(same).digest;
  } else {
    text.digest = Digest{}.Add(text.body).Hex();
  }
  return text;
}

Result<TriggerBody> ReadTrigger(std::string_view kind, std::string_view body) {
  const auto object = ParseJsonObject(body, {.utf8_only = false});
  if (object) {
    if (kind == "alert") return ReadAlert(*object);
    if (kind == "event") return BackupEvent{};
    if (kind == "test_mail") return TestMailRequest{};
    if (kind == "report") {
      const JsonValue* const plan = Member(*object, "plan");
      if (plan == nullptr) return ReportRequest{};
      return ReportRequest{PlanId{std::string{TextOf(*plan)}}};
    }
  }
  return Fail(ErrorCode::kCorrupt, "a trigger in the store cannot be read");
}

}  // namespace backup_monitor::sqlite
