#pragma once

#include <vector>

#include "model/logged_pass.h"
#include "model/run.h"

namespace backup_monitor::journal {

/// A record and the line "starting backup" are of the same moment of the node's clock: run-backup takes the one right
/// before it writes the other (ns8-core 4f41b359 node/bin/run-backup, process_module()).
inline constexpr seconds kStartsApart{5};
/// A timer begins run-backup within its accuracy of a minute (systemd.timer(5), AccuracySec=) and the time that the node
/// takes to start it.
inline constexpr seconds kBeginsAfterDue{120};

/// The execution of run-backup that was a run's share on a node: the one that made a record of the run there. Where the
/// run has no record of the node, the only one that its timer is known to have begun at the run's due moment; not one
/// through the agent, since a person may begin a plan at any time. A node whose clock is wrong by more than that has none.
/// A timer's comes before one through the agent, in which any line may be an application's.
///
/// \param passes  of that node
/// \return nullptr if there is none, or more than one may be it
[[nodiscard]] const LoggedPass* PassOfRun(const std::vector<LoggedPass>& passes, const Run& run,
                                          NodeId node);

}  // namespace backup_monitor::journal
