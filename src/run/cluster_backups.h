#pragma once

#include <map>
#include <optional>
#include <string>

#include "model/cluster_backup.h"
#include "model/cluster_view.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::run {

/// What is known now of the cluster's own backup at the destination of a plan, and how old it may be by that plan
/// (RecoveryTargetOf()). None if the log is not read, or there is nothing to be known: the plan has no destination, or
/// the compact layout.
[[nodiscard]] std::optional<ClusterBackupAtClosing> ClusterBackupOf(const Plan& plan,
                                                                    const ClusterView& view,
                                                                    const RunMemory& memory,
                                                                    const RunRules& rules);

/// Of every plan.
[[nodiscard]] std::map<PlanId, ClusterBackupAtClosing> ClusterBackupsOf(const ClusterView& view,
                                                                        const RunMemory& memory,
                                                                        const RunRules& rules);

/// Adds what a reading said.
///
/// \param destinations  the id of each plan's; what is of another plan is left out
void Take(const UploadReading& reading, const std::map<PlanId, std::string>& destinations,
          ClusterUploads& uploads);

}  // namespace backup_monitor::run
