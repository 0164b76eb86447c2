#include "adapters/sqlite/trigger_json.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "base/digest.h"

namespace backup_monitor {
namespace {

using Json = rapidjson::Writer<rapidjson::StringBuffer>;

void Put(Json& json, const std::string& text) {
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

std::string TextOf(const rapidjson::Value& value) {
  return value.IsString() ? std::string{value.GetString(), value.GetStringLength()} : std::string{};
}

std::string_view Fill(Json& json, const Alert& alert) {
  json.Key("labels");
  json.StartObject();
  for (const auto& [name, value] : alert.labels) {
    Put(json, name);
    Put(json, value);
  }
  json.EndObject();
  if (alert.starts_at) {
    json.Key("starts_at");
    json.Int64(alert.starts_at->time_since_epoch().count());
  }
  if (alert.group_was_truncated) {
    json.Key("truncated");
    json.Bool(true);
  }
  if (!alert.whole_identity.empty()) {
    json.Key("identity");
    Put(json, alert.whole_identity);
  }
  return "alert";
}
std::string_view Fill(Json& /*json*/, const BackupEvent& /*event*/) { return "event"; }
std::string_view Fill(Json& /*json*/, const TestMailRequest& /*request*/) { return "test_mail"; }
std::string_view Fill(Json& json, const ReportRequest& request) {
  if (request.plan) {
    json.Key("plan");
    Put(json, request.plan->value());
  }
  return "report";
}

Alert ReadAlert(const rapidjson::Value& object) {
  Alert alert;
  if (const auto labels = object.FindMember("labels");
      labels != object.MemberEnd() && labels->value.IsObject()) {
    for (const auto& label : labels->value.GetObject()) {
      alert.labels.emplace(TextOf(label.name), TextOf(label.value));
    }
  }
  if (const auto at = object.FindMember("starts_at");
      at != object.MemberEnd() && at->value.IsInt64()) {
    alert.starts_at = Time{seconds{at->value.GetInt64()}};
  }
  const auto truncated = object.FindMember("truncated");
  alert.group_was_truncated = truncated != object.MemberEnd() && truncated->value.IsTrue();
  const auto identity = object.FindMember("identity");
  if (identity != object.MemberEnd()) alert.whole_identity = TextOf(identity->value);
  return alert;
}

}  // namespace

TriggerText WriteTrigger(const TriggerBody& body) {
  rapidjson::StringBuffer buffer;
  Json json{buffer};  // does not validate UTF-8: foreign bytes pass as they are
  json.StartObject();
  const std::string_view kind =
      std::visit([&](const auto& what) { return Fill(json, what); }, body);
  json.EndObject();
  TriggerText text{kind, std::string{buffer.GetString(), buffer.GetSize()}};
  const auto* alert = std::get_if<Alert>(&body);
  if (alert != nullptr && alert->starts_at) text.digest = Digest{}.Add(text.body).Hex();
  return text;
}

Result<TriggerBody> ReadTrigger(std::string_view kind, std::string_view body) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(body.data(), body.size());
  if (!document.HasParseError() && document.IsObject()) {
    if (kind == "alert") return ReadAlert(document);
    if (kind == "event") return BackupEvent{};
    if (kind == "test_mail") return TestMailRequest{};
    if (kind == "report") {
      if (!document.HasMember("plan")) return ReportRequest{};
      return ReportRequest{PlanId{TextOf(document["plan"])}};
    }
  }
  return Fail(ErrorCode::kCorrupt, "a trigger in the store cannot be read");
}

}  // namespace backup_monitor
