#pragma once

#include <optional>
#include <vector>

#include "model/cluster_view.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::run {

/// The status of each plan (or of the one given), for a report on request: its newest run, open or closed;
/// where there is none in the books, or only older ones, the run that its records of a time that was not
/// ours to report make: it is stored nowhere and has no id. A plan without any record is left out. Changes
/// nothing.
[[nodiscard]] std::vector<Run> CurrentRuns(const ClusterView& view, const RunMemory& memory,
                                           const RunRules& rules,
                                           const std::optional<PlanId>& plan);

}  // namespace backup_monitor::run
