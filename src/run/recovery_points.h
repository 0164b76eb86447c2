#pragma once

#include <map>
#include <optional>

#include "model/cluster_view.h"
#include "model/recovery_point.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::run {

/// How old the newest data of a plan may be; none: not known. What the settings say, else twice its largest interval and
/// the longest time in which it has saved one of its applications lately.
[[nodiscard]] std::optional<seconds> RecoveryTargetOf(const Plan& plan, const ClusterView& view,
                                                      const RunMemory& memory,
                                                      const RunRules& rules);

/// How old the newest data of an application may be, by application: of those that some enabled plan with a known target
/// backs up, the shortest.
[[nodiscard]] std::map<ModuleId, seconds> RecoveryTargetsOf(const ClusterView& view,
                                                            const RunMemory& memory,
                                                            const RunRules& rules);

/// Of every application that needs a backup, or that some plan backs up, as of the look.
[[nodiscard]] std::map<ModuleId, RecoveryPoint> RecoveryPointsOf(const ClusterView& view,
                                                                 const RunMemory& memory,
                                                                 const RunRules& rules);

}  // namespace backup_monitor::run
