#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/cluster_api/api_answer.h"
#include "base/redaction.h"
#include "base/result.h"
#include "intake/alert_payload.h"

namespace backup_monitor::cluster_api {

// NS8's cluster action that asks the leader's Alertmanager what fires (ns8-core 4f41b359, cluster/actions/list-alerts,
// pypkg/cluster/alerts.py).

inline constexpr std::string_view kListAlerts = "list-alerts";

/// Its input: everything. Its category "backup" is that of alerts named "backup_failed" alone; those of ns8-metrics
/// since 1.3.0 are of "node". What has neither a `module_id` nor a `target_type` of "node" or "traefik", and another
/// name, is in no answer.
inline constexpr std::string_view kEveryAlert = "{}";

/// What its ended task gave: {"alerts":[<an alert of Alertmanager's own list, with more members>],"filter":{}}.
///
/// Where Alertmanager gives no answer the task succeeds all the same, with an empty list and words on standard error.
/// An empty list means that nothing fires only if nothing is said there.
///
/// \return kUnavailable if the task failed, or Alertmanager could not be asked; kNotFound if there is no such action;
///         kInvalidInput if there is no list
[[nodiscard]] Result<intake::AlertIntake> ReadAlertEnd(const TaskEnd& end,
                                                       const std::vector<std::string>& alert_names,
                                                       const KnownSecrets& known);

}  // namespace backup_monitor::cluster_api
