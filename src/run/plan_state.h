#pragma once

#include <map>

#include "model/cluster_view.h"
#include "model/plan_status.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::run {

/// Without a schedule that can be read, a success is called good for so long: the longest interval that is common, a
/// month, and a day.
inline constexpr seconds kGoodWithoutSchedule = std::chrono::days{32};

/// As of the look. `plan` is one of the view's.
[[nodiscard]] PlanStatus StatusOf(const PlanId& plan, const ClusterView& view,
                                  const RunMemory& memory, const RunRules& rules);

/// Of every enabled plan.
[[nodiscard]] std::map<PlanId, PlanStatus> StatusesOf(const ClusterView& view,
                                                      const RunMemory& memory,
                                                      const RunRules& rules);

}  // namespace backup_monitor::run
