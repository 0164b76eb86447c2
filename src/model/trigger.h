#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "base/clock.h"
#include "model/ids.h"

namespace backup_monitor {

/// One firing alert that is ours, taken out of its webhook group.
struct Alert {
  std::map<std::string, std::string> labels;
  std::optional<Time> starts_at;  ///< None in a request made by hand.
  bool group_was_truncated = false;  ///< `truncatedAlerts` > 0: alerts of other plans were cut.

  /// What the alert calls the plan: label `backup_id`, else `id`, else `name`. Ids and names are
  /// both tried against the cluster, `name` only by name.
  struct PlanReference {
    std::string text;
    bool is_name = false;
  };
  [[nodiscard]] std::optional<PlanReference> plan() const;

  /// Labels and `startsAt`, written so that two alerts are the same exactly if this is the same.
  /// Empty without `startsAt`: such a request is always its own.
  [[nodiscard]] std::string identity() const;

  friend bool operator==(const Alert&, const Alert&) = default;
};

/// NS8's `backup-status-changed`. A hint to look now; what happened is read from the cluster.
struct BackupEvent {
  friend bool operator==(const BackupEvent&, const BackupEvent&) = default;
};

/// Somebody wants the test mail: what is watched, and proof that mail arrives.
struct TestMailRequest {
  friend bool operator==(const TestMailRequest&, const TestMailRequest&) = default;
};

/// Somebody wants a report of how things stand now.
struct ReportRequest {
  std::optional<PlanId> plan;  ///< None: every plan.
  friend bool operator==(const ReportRequest&, const ReportRequest&) = default;
};

using TriggerBody = std::variant<Alert, BackupEvent, TestMailRequest, ReportRequest>;

/// Why we look: a row of the inbox. Every trigger only says *look now*.
struct Trigger {
  TriggerId id{};  ///< Given by the inbox.
  Time received_at;
  TriggerBody body;
};

}  // namespace backup_monitor
