#include "intake/alert_reader.h"

#include <array>
#include <string>

#include "intake/json_text.h"
#include "base/rfc3339.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kMostLabels = 64;
constexpr std::size_t kMostLabelBytes = 1024;

/// What identifies alert and plan must not fall victim to a flood of other labels.
constexpr std::array<std::string_view, 5> kDecisive{"alertname", "backup_id", "id", "name", "node"};

/// The longest beginning of at most `most` bytes that ends between two characters.
std::string_view Shortened(std::string_view utf8, std::size_t most) {
  if (utf8.size() <= most) return utf8;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
  return utf8.substr(0, end);
}

const rapidjson::Value* Labels(const rapidjson::Value& alert) {
  const rapidjson::Value* labels = Member(alert, "labels");
  return labels != nullptr && labels->IsObject() ? labels : nullptr;
}

void Keep(Alert& alert, std::string_view name, const rapidjson::Value& value) {
  if (!value.IsString()) return;
  const std::string_view text{value.GetString(), value.GetStringLength()};
  alert.labels.emplace(Shortened(name, kMostLabelBytes), Shortened(text, kMostLabelBytes));
}

}  // namespace

std::string_view AlertName(const rapidjson::Value& alert) {
  const rapidjson::Value* labels = Labels(alert);
  return labels == nullptr ? std::string_view{} : TextMember(*labels, "alertname");
}

bool IsResolved(const rapidjson::Value& alert, std::string_view group_status) {
  const auto own = TextMember(alert, "status");
  return (own.empty() ? group_status : own) == "resolved";
}

Alert ReadAlert(const rapidjson::Value& alert) {
  Alert read;
  read.starts_at = ParseRfc3339(TextMember(alert, "startsAt"));
  const rapidjson::Value* labels = Labels(alert);
  if (labels == nullptr) return read;
  for (const auto name : kDecisive) {
    if (const rapidjson::Value* value = Member(*labels, name)) Keep(read, name, *value);
  }
  for (const auto& label : labels->GetObject()) {
    if (read.labels.size() >= kMostLabels) break;
    Keep(read, {label.name.GetString(), label.name.GetStringLength()}, label.value);
  }
  return read;
}

}  // namespace backup_monitor
