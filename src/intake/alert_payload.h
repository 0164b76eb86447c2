#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json/json_value.h"
#include "base/result.h"
#include "model/trigger.h"

namespace backup_monitor::intake {

/// One webhook request, sorted.
struct AlertIntake {
  std::vector<Alert> firing;  ///< Ours. In the order sent.
  int resolved = 0;           ///< Ours, and over: announces nothing.
  int foreign = 0;            ///< Of another `alertname`, or no alert at all.
  bool truncated = false;     ///< Alertmanager, or our own limit, left alerts out of the group.
};

/// Reads Alertmanager's webhook body, version "4" (Alertmanager 0.25.0 measured, read up to 0.34).
///
/// What is unknown is ignored, what is missing tolerated. An alert's own `status` decides; where it
/// has none the group's does, else it is firing, and so is any status but "resolved", in upper or
/// lower case: rather one look too many. A number as the value of a label is its text, as senders write
/// `"id": 1`; labels of any other type are ignored, since the alert itself still fires. Of a repeated
/// member the last one counts. Limits: 10,000 alerts, the rest counts as
/// truncated; of each the labels that name alert, plan and node and its severity, with 1024 bytes for a
/// value, and 16 more to quote, in order of their names, with 64 bytes for a name and 256 for a value;
/// cut between two characters. An alert's identity is that of everything that came.
///
/// \param alert_names the values of `alertname` that are ours.
/// \return kInvalidInput if `body` is no JSON object, no UTF-8, or has no list `alerts`.
[[nodiscard]] Result<AlertIntake> ParseAlerts(std::string_view body,
                                              const std::vector<std::string>& alert_names);

/// The same of JSON that has been parsed: whatever has a list `alerts`, as a webhook's body has it. Alertmanager's own
/// list is one, too: an alert's status is an object there, and every alert in it fires.
///
/// \param group  of text that is UTF-8
[[nodiscard]] Result<AlertIntake> ReadAlerts(const JsonValue& group,
                                             const std::vector<std::string>& alert_names);

}  // namespace backup_monitor::intake
