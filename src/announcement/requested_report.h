#pragma once

#include <functional>

#include "base/result.h"
#include "model/cluster_view.h"
#include "model/plan_history.h"
#include "model/report.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::announcement {

/// Reads the past as seen from a run at a moment: RunStore::Transaction::HistoryOf(), RunArchive::HistoryOf().
using PastOf = std::function<Result<PlanHistory>(const Run&, Time as_of)>;

/// A report on the present: each plan's newest run. Without `past` it says nothing of earlier ones.
[[nodiscard]] Result<Report> ReportOnRequest(const ClusterView& view, const RunMemory& memory,
                                             const run::RunRules& rules,
                                             const std::optional<PlanId>& plan, const PastOf& past);

/// The test mail. `view` is nullptr where the cluster cannot be read: the mail then says so.
[[nodiscard]] Report TestReport(const ClusterView* view, Time now);

}  // namespace backup_monitor::announcement
