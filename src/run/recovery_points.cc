#include "run/recovery_points.h"

#include <algorithm>

#include "run/passes.h"

namespace backup_monitor::run {
namespace {

/// From the begin of a run until the last of its applications is saved.
seconds LongestOf(const Plan& plan, const RunMemory& memory) {
  seconds longest{0};
  for (const ModuleId& module : plan.expected) {
    const ModuleMemory* past = PastOf(plan.id, module, memory);
    if (past == nullptr) continue;
    longest = std::max({longest, past->lag, past->longest_duration});
  }
  return longest;
}

RecoveryState StateOf(const RecoveryPoint& point, bool protected_now, bool has_result, Time now) {
  if (!point.newest) {
    return protected_now && !has_result ? RecoveryState::kNever : RecoveryState::kUnknown;
  }
  if (!point.target) return RecoveryState::kUnknown;
  return now > *point.OverAfter() ? RecoveryState::kOver : RecoveryState::kInTarget;
}

}  // namespace

std::optional<seconds> RecoveryTargetOf(const Plan& plan, const ClusterView& view,
                                        const RunMemory& memory, const RunRules& rules) {
  const auto set = rules.recovery_targets.find(plan.id);
  if (set != rules.recovery_targets.end()) return set->second;
  const auto timing = view.timings.find(plan.id);
  if (timing == view.timings.end() || timing->second.kind == PlanTiming::Kind::kNever ||
      !timing->second.interval)
    return std::nullopt;
  return 2 * *timing->second.interval + LongestOf(plan, memory);
}

std::map<ModuleId, seconds> RecoveryTargetsOf(const ClusterView& view, const RunMemory& memory,
                                              const RunRules& rules) {
  std::map<ModuleId, seconds> targets;
  for (const auto& [id, plan] : view.plans) {
    if (!plan.enabled) continue;
    const auto target = RecoveryTargetOf(plan, view, memory, rules);
    if (!target) continue;
    for (const ModuleId& module : plan.expected) {
      const auto [known, is_new] = targets.emplace(module, *target);
      if (!is_new) known->second = std::min(known->second, *target);
    }
  }
  return targets;
}

std::map<ModuleId, RecoveryPoint> RecoveryPointsOf(const ClusterView& view, const RunMemory& memory,
                                                   const RunRules& rules) {
  struct Known {
    RecoveryPoint point;
    bool protected_now = false;
    bool has_result = false;
  };
  std::map<ModuleId, Known> known;
  for (const auto& [id, module] : view.modules) {
    if (module.needs_backup) known.emplace(id, Known{});
  }
  for (const ModuleId& module : InEnabledPlans(view)) known[module].protected_now = true;
  // Data of a plan that is disabled, or of which the application has been taken out, is data all the same.
  for (const auto& [key, past] : memory.modules) {
    const auto its = known.find(key.second);
    if (its == known.end() || !view.plans.contains(key.first)) continue;
    its->second.has_result |= past.has_record;
    RecoveryPoint& point = its->second.point;
    if (!past.newest_data || (point.newest && *point.newest >= *past.newest_data)) continue;
    point.newest = past.newest_data;
    point.plan = key.first;
  }
  const auto targets = RecoveryTargetsOf(view, memory, rules);
  std::map<ModuleId, RecoveryPoint> points;
  for (auto& [id, its] : known) {
    if (const auto target = targets.find(id); target != targets.end())
      its.point.target = target->second;
    its.point.state = StateOf(its.point, its.protected_now, its.has_result, view.looked_at);
    points.emplace_hint(points.end(), id, std::move(its.point));
  }
  return points;
}

}  // namespace backup_monitor::run
