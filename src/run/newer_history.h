#pragma once

#include "model/cluster_view.h"
#include "model/run_memory.h"

namespace backup_monitor::run {

/// True if no run of the plan is open and its history holds a record that ended after all of them: the
/// plan has run since, at a time that was not ours to report. So it is before the first run, and in a
/// store that was taken over from another instance.
[[nodiscard]] bool IsHistoryNewer(const PlanId& plan, const RunMemory& memory);

/// True if what the plan's history would make (its newest record, and all linked to it by gaps up to
/// `quiet`) can be what an alert means that began at `since`: it holds an error, or reaches up to `quiet`
/// before the alert. Older successes explain nothing.
[[nodiscard]] bool HistoryAnswers(const Plan& plan, Time since, seconds quiet,
                                  const RunMemory& memory);

}  // namespace backup_monitor::run
