#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "model/ids.h"

namespace backup_monitor {

/// One firing alert that is ours, taken out of its webhook group. Of its labels only what is used: those
/// that name it and its plan, and some more to quote (intake/alert_payload.h).
struct Alert {
  std::map<std::string, std::string> labels;
  std::optional<Time> starts_at;     ///< None in a request made by hand.
  bool group_was_truncated = false;  ///< `truncatedAlerts` > 0: alerts of other plans were cut.
  std::string
      whole_identity{};  ///< IdentityOf() what came, where `labels` is not all of it; else empty.
  /// In Alertmanager, when its list was read; a webhook never says so. No part of the identity.
  bool silenced = false;

  /// What the alert calls the plan: label `backup_id`, else `id`, else `name`. Ids and names are
  /// both tried against the cluster, `name` only by name.
  struct PlanReference {
    std::string text;
    bool is_name = false;

    /// It is that plan's id, or its name.
    [[nodiscard]] bool Means(const PlanId& id, std::string_view name) const {
      return text == name || (!is_name && text == id.value());
    }
  };
  [[nodiscard]] std::optional<PlanReference> plan() const;

  /// Of all labels that came and `startsAt`: two alerts are the same exactly if this is the same. Of
  /// fixed size (base/digest.h); empty without `startsAt`: such a request is always its own.
  [[nodiscard]] std::string identity() const;

  friend bool operator==(const Alert&, const Alert&) = default;
};

/// What Alert::identity() is for these labels.
[[nodiscard]] std::string IdentityOf(const std::map<std::string_view, std::string_view>& labels,
                                     Time starts_at);

/// The identity of an alert whose labels and start an earlier version has written out in full.
[[nodiscard]] std::string IdentityOfText(std::string_view written_out);

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

/// About how many bytes of memory this takes: what bounds whoever holds many of them.
[[nodiscard]] std::size_t MemoryOf(const TriggerBody& body);

/// Why we look: a row of the inbox. Every trigger only says *look now*.
struct Trigger {
  TriggerId id{};  ///< Given by the inbox.
  Time received_at;
  TriggerBody body;
};

}  // namespace backup_monitor
