#pragma once

#include <functional>

#include "app/message_writer.h"
#include "model/cluster_view.h"
#include "model/plan_history.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor {

/// The past as seen from a run at a moment; RunStore::Transaction::HistoryOf() and RunArchive::HistoryOf() are
/// such.
using PastOf = std::function<Result<PlanHistory>(const Run&, Time as_of)>;

/// How things stand now, as a report: each plan's newest run. Without `past` nothing is told of earlier ones.
[[nodiscard]] Result<Report> StandingReport(const ClusterView& view, const RunMemory& memory,
                                            const RunRules& rules,
                                            const std::optional<PlanId>& plan, const PastOf& past);

/// The test mail. `view` is nullptr where the cluster cannot be read: the mail then says so.
[[nodiscard]] Report TestReport(const ClusterView* view, Time now);

}  // namespace backup_monitor
