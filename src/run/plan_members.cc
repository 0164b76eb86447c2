#include "run/plan_members.h"

#include <algorithm>
#include <set>

namespace backup_monitor::run {
namespace {

PlanOrder OrderOf(const std::vector<ModuleId>& modules) {
  PlanOrder order{modules, {}};
  for (const ModuleId& module : modules) order.places.emplace(module, order.places.size() + 1);
  return order;
}

}  // namespace

void PlanMembers::Update(const ClusterView& view, RunMemory& memory) {
  if (last_look_) last_look_ = std::min(*last_look_, view.looked_at);
  for (const auto& [id, plan] : view.plans) {
    const auto [known, is_new] = memory.orders.try_emplace(id);
    PlanOrder& order = known->second;
    if (order.modules == plan.expected) continue;
    const std::set<ModuleId> before{order.modules.begin(), order.modules.end()};
    const std::set<ModuleId> now{plan.expected.begin(), plan.expected.end()};
    for (const ModuleId& module : now) {
      if (!is_new && !before.contains(module) && last_look_) joined_[{id, module}] = view.looked_at;
    }
    for (const ModuleId& module : before) {
      if (!now.contains(module) && last_look_) left_[{id, module}] = *last_look_;
    }
    order = OrderOf(plan.expected);
  }
  std::erase_if(memory.orders, [&](const auto& plan) { return !view.plans.contains(plan.first); });
  const auto is_old = [&](const auto& entry) {
    return entry.second < view.looked_at - RunMemory::kRunWindow || entry.second > view.looked_at;
  };
  std::erase_if(joined_, is_old);
  std::erase_if(left_, is_old);
  last_look_ = view.looked_at;
}

bool PlanMembers::HasJoinedSince(const PlanModule& module, Time time) const {
  const auto found = joined_.find(module);
  return found != joined_.end() && found->second > time;
}

bool PlanMembers::HasLeftSince(const PlanModule& module, Time time) const {
  const auto found = left_.find(module);
  return found != left_.end() && found->second >= time;
}

}  // namespace backup_monitor::run
