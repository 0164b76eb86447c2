#pragma once

#include "app/message_writer.h"
#include "model/cluster_view.h"
#include "model/run_memory.h"
#include "run/run_rules.h"
#include "store/run_store.h"

namespace backup_monitor {

/// How things stand now, as a report: each plan's newest run.
[[nodiscard]] Result<Report> StandingReport(const ClusterView& view, const RunMemory& memory,
                                            const RunRules& rules, const std::optional<PlanId>& plan,
                                            RunStore::Transaction* history);

/// The test mail. `view` is nullptr where the cluster cannot be read: the mail then says so.
[[nodiscard]] Report TestReport(const ClusterView* view, Time now);

}  // namespace backup_monitor
