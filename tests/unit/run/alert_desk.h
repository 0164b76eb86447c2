#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "run/pending_alerts.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {

/// A desk with alerts that wait. A look answers them, opens runs and announces closed ones; it closes none.
struct AlertDesk : Desk {
  using Desk::Desk;

  /// Looked at by the next LookAt().
  void Comes(std::map<std::string, std::string> labels, std::string_view received,
             std::optional<Time> starts_at, bool truncated = false) {
    const TriggerId id{++came};
    const std::string identity = backup_monitor::Alert{labels, starts_at}.identity();
    alerts.Add({{.id = id,
                 .received_at = At(received),
                 .body = backup_monitor::Alert{.labels = std::move(labels),
                                               .starts_at = starts_at,
                                               .group_was_truncated = truncated,
                                               .silenced = is_silenced}}},
               is_known ? std::set{identity} : std::set<std::string>{});
  }
  void LookAt(std::string_view time) {
    Is(time);
    step = {};
    run::RunBook book = Book();
    alerts.OpenRuns(book);
    alerts.AnnounceClosed(book);
  }
  /// What the last look answered; none: the alert waits.
  [[nodiscard]] std::optional<run::AlertAnswer::Kind> answer() const {
    return step.answers.empty() ? std::nullopt : std::optional{step.answers.front().kind};
  }
  [[nodiscard]] bool remembers() const { return !step.changes.alert_identities.empty(); }
  [[nodiscard]] bool Says(std::string_view part) const {
    return std::ranges::any_of(step.reasons, [part](const std::string& reason) {
      return reason.find(part) != std::string::npos;
    });
  }
  Plan& PlanOf(const char* plan) { return view.plans.at(PlanId{plan}); }
  /// In Redis, and no news.
  void HoldsRecord(const std::string& plan, std::string_view module, std::string_view start,
                   std::string_view end, std::uint32_t errors = 0) {
    view.records.push_back(Record(plan, module, At(start), At(end), errors));
  }

  run::PendingAlerts alerts;
  bool is_known = false;     ///< What comes has led to a run or a report before.
  bool is_silenced = false;  ///< What comes is silenced in Alertmanager.
  std::int64_t came = 0;
};

}  // namespace backup_monitor::testing
