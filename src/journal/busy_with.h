#pragma once

#include <optional>
#include <vector>

#include "model/logged_pass.h"

namespace backup_monitor::journal {

/// The plan on account of which NS8 gave up a module: the only other one whose timer's execution was backing it up from
/// the first try that found it busy until after the last one (`busy_since`, `began`).
///
/// module-backup lets one process at a time back up a module, whatever plan it is for, and run-backup tries again every
/// minute (ns8-core 4f41b359 agent/bin/module-backup, node/bin/run-backup). So a second execution that was at the module
/// in that time leaves it open which of the two was in the way; so does one through the agent, in which any line may be
/// an application's. One that found the module busy itself was not in the way.
///
/// \param passes  of the node of `given_up`, with what was written of the module
/// \param plan    of `given_up`; its timer runs once at a time, so it is not in its own way
/// \return none if there is none, if it is not certain, or if `given_up` was not given up as busy
[[nodiscard]] std::optional<PlanId> BusyWith(const std::vector<LoggedPass>& passes,
                                             const LoggedBackup& given_up, const PlanId& plan);

}  // namespace backup_monitor::journal
