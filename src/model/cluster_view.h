#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/exemption.h"
#include "model/ids.h"
#include "model/plan_timing.h"
#include "model/status_record.h"

namespace backup_monitor {

/// What the compact layout says of a whole plan: HASH `cluster/backup/<plan>/status`.
struct CompactPlanStatus {
  Time timestamp;
  bool succeeded = false;         ///< `result` is `success`.
  std::uint32_t error_count = 0;  ///< `errors`; 0 where missing.
  std::string error_text;         ///< `error`, where an installation writes one. Foreign text.

  friend bool operator==(const CompactPlanStatus&, const CompactPlanStatus&) = default;
};

/// A scheduled backup as configured: HASH `cluster/backup/<id>`.
struct Plan {
  PlanId id;
  std::string name;  ///< The id where NS8 has none. Foreign text.
  bool enabled = true;
  std::string schedule;          ///< systemd OnCalendar, node-local time. May be empty.
  std::string destination_id;    ///< UUID of the repository. May be empty.
  std::string destination_name;  ///< May be empty. Foreign text.
  std::optional<NodeId>
      destination_node{};          ///< The node of this cluster on which the destination lies.
  std::vector<ModuleId> expected;  ///< `instances` that exist in `cluster/module_node`, in order.

  /// True where the plan's status is of the compact layout, which has no start and no history.
  bool compact = false;
  std::optional<CompactPlanStatus> compact_status;

  [[nodiscard]] bool Expects(const ModuleId& module) const {
    return std::find(expected.begin(), expected.end(), module) != expected.end();
  }
  /// Its schedule lets nodes begin runs, as long as that elapses.
  [[nodiscard]] bool is_scheduled() const noexcept {
    return enabled && !schedule.empty() && !expected.empty();
  }
};

/// A module instance of the cluster.
struct Module {
  ModuleId id;
  std::optional<NodeId> node;  ///< None in the compact layout without `cluster/module_node`.
  std::string ui_name;         ///< May be empty. Foreign text.
  bool needs_backup = true;    ///< False with the flag `no_data_backup`.
  std::string uuid{};  ///< `cluster/module_uuid`. Empty where that does not say it. Foreign text.
  // From the settings and the memory (app/coverage.h); of interest where it is in no enabled plan.
  std::optional<Exemption> exempt{};        ///< None: there is none, or it has ended.
  std::optional<Time> unprotected_since{};  ///< The first look that found it so; none: this one.
};

/// Everything one look at the cluster has read.
struct ClusterView {
  Time looked_at;
  std::string cluster_name;  ///< `cluster/ui_name`. May be empty. Foreign text.
  std::map<PlanId, Plan> plans;
  std::map<ModuleId, Module> modules;
  std::map<NodeId, std::string> node_names;  ///< `node/<n>/ui_name`; empty names left out.
  std::vector<StatusRecord> records;         ///< At most one per (plan, module).
  std::vector<std::string> complaints;       ///< What had to be skipped, for people.
  /// What the plans' schedules say (schedule/timetable.h). Of a plan that is missing nothing is known.
  PlanTimings timings;
};

/// What some enabled plan backs up.
[[nodiscard]] inline std::set<ModuleId> InEnabledPlans(const ClusterView& view) {
  std::set<ModuleId> modules;
  for (const auto& [id, plan] : view.plans) {
    if (plan.enabled) modules.insert(plan.expected.begin(), plan.expected.end());
  }
  return modules;
}

/// None if the module is not there, or it is not known on which.
[[nodiscard]] inline std::optional<NodeId> NodeOf(const ModuleId& module, const ClusterView& view) {
  const auto known = view.modules.find(module);
  return known == view.modules.end() ? std::nullopt : known->second.node;
}

/// Empty where the node has none. Foreign text.
[[nodiscard]] inline std::string NodeName(const std::optional<NodeId>& node,
                                          const ClusterView& view) {
  const auto known = node ? view.node_names.find(*node) : view.node_names.end();
  return known == view.node_names.end() ? std::string{} : known->second;
}

/// When a plan is due next, after the look; none if never, or if that is not known.
[[nodiscard]] inline std::optional<Time> NextDueOf(const PlanId& plan, const ClusterView& view) {
  std::optional<Time> next;
  const auto timing = view.timings.find(plan);
  if (timing == view.timings.end()) return next;
  for (const auto& [node, its] : timing->second.nodes) {
    const auto after = its.NextAfter(view.looked_at);
    if (after) next = std::min(next.value_or(*after), *after);
  }
  return next;
}

}  // namespace backup_monitor
