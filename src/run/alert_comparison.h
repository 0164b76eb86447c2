#pragma once

#include <cstddef>
#include <vector>

#include "model/alert_contradiction.h"
#include "model/cluster_view.h"
#include "model/run_memory.h"

namespace backup_monitor::run {

/// Compares what fires with the last run of each plan. NS8's alert of a plan and node fires from the first application
/// that fails until a run without errors has ended (ns8-metrics b3af83c, `node_backup_status == 0`, `for: 0m`).
///
/// An alert that no result explains is not among these: the run that has to answer it says so (Run::alert_unexplained).
///
/// \param view  the last look; an answer that is older than that by over kAnswerCounts says nothing
/// \return kMostContradictions at most, by plan
[[nodiscard]] std::vector<AlertContradiction> CompareAlerts(const FiringAlerts& firing,
                                                            const ClusterView& view,
                                                            const RunMemory& memory);

/// Alertmanager is asked every ten minutes at least.
inline constexpr seconds kAnswerCounts = std::chrono::minutes{30};
/// From the failure to the alert pass a scrape and an evaluation of the rule, a minute or two each; and so long before the
/// answer a run has to have closed.
inline constexpr seconds kRaisedBy = std::chrono::minutes{10};
/// Later the metric may have gone: before ns8-core b843134b it does not survive a restart of the node.
inline constexpr seconds kStillRaised = std::chrono::hours{24};
inline constexpr std::size_t kMostContradictions = 20;

}  // namespace backup_monitor::run
