#include "intake/alert_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "base/json/json_value.h"
#include "text/ascii.h"
#include "text/fit_text.h"
#include "text/utc_time.h"

namespace backup_monitor::intake {
namespace {

/// What identifies alert and plan must not fall victim to a flood of other labels.
constexpr std::array<std::string_view, 6> kDecisive{"alertname", "backup_id", "id",
                                                    "name",      "node",      "severity"};
constexpr std::size_t kMostDecisiveBytes = 1024;  // for a value: as long as a name of a plan may be

// The others are only quoted.
constexpr std::size_t kMostQuoted = 16;
constexpr std::size_t kMostQuotedNameBytes = 64;
constexpr std::size_t kMostQuotedBytes = 256;

const JsonValue* Labels(const JsonValue& alert) {
  const JsonValue* labels = Member(alert, "labels");
  return labels != nullptr && labels->IsObject() ? labels : nullptr;
}

using LabelMap = std::map<std::string_view, std::string_view>;

LabelMap TextLabels(const JsonValue& labels) {
  LabelMap all;
  for (const auto& label : labels.GetObject()) {
    if (!label.value.IsString()) continue;
    all.insert_or_assign(TextOf(label.name), TextOf(label.value));
  }
  return all;
}

/// Moves what is used of `all` into the alert, within the limits.
void KeepLabels(const LabelMap& all, Alert& alert) {
  for (const auto name : kDecisive) {
    const auto found = all.find(name);
    if (found != all.end())
      alert.labels.emplace(name, BeginningOf(found->second, kMostDecisiveBytes));
  }
  std::size_t quoted = 0;
  for (const auto& [name, value] : all) {
    if (quoted == kMostQuoted) break;
    const auto short_name = BeginningOf(name, kMostQuotedNameBytes);
    if (alert.labels.emplace(short_name, BeginningOf(value, kMostQuotedBytes)).second) ++quoted;
  }
}

/// In Alertmanager's own list `status` is an object (Alertmanager 0.25.0, api/v2/openapi.yaml: alertStatus), with the
/// ids of the silences that match.
bool IsSilenced(const JsonValue& alert) {
  const JsonValue* silences = Member(Member(alert, "status"), "silencedBy");
  return silences != nullptr && silences->IsArray() && !silences->Empty();
}

bool IsWhole(const LabelMap& all, const Alert& alert) {
  return std::equal(
      all.begin(), all.end(), alert.labels.begin(), alert.labels.end(),
      [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; });
}

}  // namespace

std::string_view AlertName(const JsonValue& alert) {
  const JsonValue* labels = Labels(alert);
  return labels == nullptr ? std::string_view{} : TextMember(*labels, "alertname");
}

bool IsResolved(const JsonValue& alert, std::string_view group_status) {
  const auto own = TextMember(alert, "status");
  // What Alertmanager writes is lower case; others write "Resolved".
  return EqualInAnyCase(own.empty() ? group_status : own, "resolved");
}

Alert ReadAlert(const JsonValue& alert) {
  Alert read;
  read.starts_at = ParseRfc3339(TextMember(alert, "startsAt"));
  read.silenced = IsSilenced(alert);
  const JsonValue* labels = Labels(alert);
  if (labels == nullptr) return read;
  const LabelMap all = TextLabels(*labels);
  KeepLabels(all, read);
  if (read.starts_at && !IsWhole(all, read)) read.whole_identity = IdentityOf(all, *read.starts_at);
  return read;
}

}  // namespace backup_monitor::intake
