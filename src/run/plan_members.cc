#include "run/plan_members.h"

#include <algorithm>
#include <set>

namespace backup_monitor::run {

void PlanMembers::Update(const ClusterView& view, RunMemory& memory) {
  if (last_look_) last_look_ = std::min(*last_look_, view.looked_at);
  for (const auto& [id, plan] : view.plans) {
    const auto [known, is_new] = memory.instances.try_emplace(id, plan.expected);
    if (is_new || known->second == plan.expected) continue;
    const std::set<ModuleId> before{known->second.begin(), known->second.end()};
    const std::set<ModuleId> now{plan.expected.begin(), plan.expected.end()};
    for (const ModuleId& module : now) {
      if (!before.contains(module) && last_look_) joined_[{id, module}] = *last_look_;
    }
    for (const ModuleId& module : before) {
      if (!now.contains(module) && last_look_) left_[{id, module}] = *last_look_;
    }
    known->second = plan.expected;
  }
  std::erase_if(memory.instances,
                [&](const auto& plan) { return !view.plans.contains(plan.first); });
  const auto is_old = [&](const auto& entry) {
    return entry.second < view.looked_at - RunMemory::kRunWindow || entry.second > view.looked_at;
  };
  std::erase_if(joined_, is_old);
  std::erase_if(left_, is_old);
  last_look_ = view.looked_at;
}

bool PlanMembers::HasJoinedSince(const PlanModule& module, Time time) const {
  const auto found = joined_.find(module);
  return found != joined_.end() && found->second >= time;
}

bool PlanMembers::HasLeftSince(const PlanModule& module, Time time) const {
  const auto found = left_.find(module);
  return found != left_.end() && found->second >= time;
}

}  // namespace backup_monitor::run
