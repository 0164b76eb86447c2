#pragma once

#include <optional>

#include "model/cluster_view.h"
#include "model/plan_history.h"
#include "model/report.h"
#include "model/run.h"
#include "outcome/judge.h"

namespace backup_monitor::announcement {

/// Puts together what a report says of one run: what it came to, what was before, and names.
/// Verdicts that `run` still carries from an earlier closing become `previous_verdict` where other.
[[nodiscard]] RunSection BuildSection(const Run& run, const outcome::Judgement& judgement,
                                      const PlanHistory& history, const ClusterView& view);

/// The order of the runs of a report, by how bad it is what they are called. Those equally bad stay in order.
void WorstFirst(std::vector<RunSection>& runs);

[[nodiscard]] RecoveryLine BuildRecoveryLine(const RecoveryCrossing& crossing,
                                             const ClusterView& view);

/// Of every enabled plan, or of one.
[[nodiscard]] std::vector<SameDiskLine> BuildSameDisk(const ClusterView& view,
                                                      const std::optional<PlanId>& plan);

/// What is watched in the cluster.
[[nodiscard]] WatchSummary BuildWatchSummary(const ClusterView& view);

}  // namespace backup_monitor::announcement
