#include "run/alert_comparison.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace backup_monitor::run {
namespace {

bool IsInCluster(const Alert::PlanReference& name, const ClusterView& view) {
  return std::ranges::any_of(
      view.plans, [&](const auto& plan) { return name.Means(plan.first, plan.second.name); });
}

/// Alerts of plans that were once there, one of each plan.
void AddGone(const FiringAlerts& firing, const ClusterView& view, const RunMemory& memory,
             std::vector<AlertContradiction>& found) {
  for (const Alert& alert : firing.alerts) {
    const auto name = alert.plan();
    if (!name || IsInCluster(*name, view)) continue;
    const auto known = std::ranges::find_if(
        memory.known_plans, [&](const auto& plan) { return name->Means(plan.first, plan.second); });
    if (known == memory.known_plans.end()) continue;
    const auto same = std::ranges::find_if(
        found, [&](const AlertContradiction& other) { return other.plan == known->first; });
    if (same != found.end()) continue;
    found.push_back({.kind = AlertContradiction::Kind::kPlanGone,
                     .plan = known->first,
                     .plan_name = known->second,
                     .since = alert.starts_at,
                     .silenced = alert.silenced});
  }
}

/// The nodes on which a run has failed.
std::set<NodeId> FailedOn(const Run& run) {
  std::set<NodeId> nodes;
  for (const auto& [id, module] : run.modules) {
    const auto& record = module.record;
    if (module.counts() && record && !record->record.succeeded() && record->record.node)
      nodes.insert(*record->record.node);
  }
  return nodes;
}

bool IsRaised(const Plan& plan, NodeId node, const FiringAlerts& firing) {
  return std::ranges::any_of(firing.alerts, [&](const Alert& alert) {
    const auto name = alert.plan();
    if (!name) return true;  // it may mean any
    const auto label = alert.labels.find("node");
    const bool is_of_node =
        label == alert.labels.end() || label->second == std::to_string(node.value());
    return is_of_node && name->Means(plan.id, plan.name);
  });
}

/// The last run of a plan; nullptr if one goes on, whose first record may have made the alert.
const Run* LastOf(const PlanId& plan, const RunMemory& memory) {
  const bool goes_on = std::ranges::any_of(memory.runs, [&](const auto& entry) {
    return entry.second.plan == plan && entry.second.open();
  });
  return goes_on ? nullptr : memory.LastClosedOf(plan);
}

void AddNotRaised(const FiringAlerts& firing, const ClusterView& view, const RunMemory& memory,
                  std::vector<AlertContradiction>& found) {
  for (const auto& [id, plan] : view.plans) {
    const Run* run = plan.enabled && !plan.compact ? LastOf(id, memory) : nullptr;
    if (run == nullptr) continue;
    const seconds since_closed = firing.read_at - *run->closed_at();
    if (since_closed < kRaisedBy || since_closed > kStillRaised) continue;
    for (const NodeId node : FailedOn(*run)) {
      if (IsRaised(plan, node, firing)) continue;
      found.push_back({.kind = AlertContradiction::Kind::kNotRaised,
                       .plan = id,
                       .plan_name = plan.name,
                       .node = node,
                       .node_name = NodeName(node, view),
                       .since = run->closed_at()});
    }
  }
}

}  // namespace

std::vector<AlertContradiction> CompareAlerts(const FiringAlerts& firing, const ClusterView& view,
                                              const RunMemory& memory) {
  std::vector<AlertContradiction> found;
  if (view.looked_at - firing.read_at > kAnswerCounts) return found;
  AddGone(firing, view, memory, found);
  AddNotRaised(firing, view, memory, found);
  std::ranges::stable_sort(found, {}, &AlertContradiction::plan);
  if (found.size() > kMostContradictions)
    found.erase(found.begin() + static_cast<std::ptrdiff_t>(kMostContradictions), found.end());
  return found;
}

}  // namespace backup_monitor::run
