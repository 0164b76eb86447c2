#include "intake/alert_payload.h"

#include <algorithm>

#include "base/json/json_value.h"
#include "intake/alert_reader.h"

namespace backup_monitor::intake {
namespace {

constexpr unsigned kMostAlerts = 10'000;

/// Alertmanager writes an unsigned integer. Anything else but zero asks for a look too.
bool SaysTruncated(const JsonValue& group) {
  const std::string_view count = TextMember(group, "truncatedAlerts");
  return !count.empty() && count.front() != '-' &&
         count.find_first_of("123456789") != std::string_view::npos;
}

bool IsOurs(const JsonValue& alert, const std::vector<std::string>& alert_names) {
  const auto name = AlertName(alert);
  return std::find(alert_names.begin(), alert_names.end(), name) != alert_names.end();
}

}  // namespace

Result<AlertIntake> ParseAlerts(std::string_view body,
                                const std::vector<std::string>& alert_names) {
  const auto group = ParseJsonObject(body, {.numbers_as_written = true});
  if (!group) return Fail(group.error());
  return ReadAlerts(*group, alert_names);
}

Result<AlertIntake> ReadAlerts(const JsonValue& group,
                               const std::vector<std::string>& alert_names) {
  const JsonValue* alerts = Member(group, "alerts");
  if (alerts == nullptr) return Fail(ErrorCode::kInvalidInput, "'alerts' is missing");
  AlertIntake intake{.firing = {}, .resolved = 0, .foreign = 0, .truncated = SaysTruncated(group)};
  if (alerts->IsNull()) return intake;  // how Go writes an empty list that was never filled
  if (!alerts->IsArray()) return Fail(ErrorCode::kInvalidInput, "'alerts' is not a list");

  const auto count = std::min(alerts->Size(), kMostAlerts);
  intake.truncated |= count < alerts->Size();
  const auto group_status = TextMember(group, "status");
  for (unsigned i = 0; i < count; ++i) {
    const JsonValue& alert = (*alerts)[i];
    if (!alert.IsObject() || !IsOurs(alert, alert_names)) {
      ++intake.foreign;
    } else if (IsResolved(alert, group_status)) {
      ++intake.resolved;
    } else {
      intake.firing.push_back(ReadAlert(alert));
    }
  }
  for (Alert& alert : intake.firing) alert.group_was_truncated = intake.truncated;
  return intake;
}

}  // namespace backup_monitor::intake
