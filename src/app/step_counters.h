#pragma once

#include <string>

#include "announcement/announcer.h"
#include "base/metrics.h"
#include "base/result.h"
#include "model/cluster_view.h"

namespace backup_monitor::app {

/// The metrics of the worker but for each plan's last success.
void DeclareStepCounters(Metrics& metrics);

/// Counts what a step has led to and writes it to the log, reasons at DEBUG. For a step that is on disk: what is
/// concluded again counts once.
void CountStep(const announcement::StepResult& result, Metrics& metrics);

/// One reading of the cluster, for the log: "cluster read in 8.1 ms: 1 plan, 2 modules, 2 records, 0 complaints".
[[nodiscard]] std::string ReadingText(const Result<ClusterView>& view, double seconds_taken);

}  // namespace backup_monitor::app
