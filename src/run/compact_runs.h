#pragma once

#include "model/cluster_view.h"
#include "run/run_book.h"

namespace backup_monitor::run {

/// Runs of the compact layout, which stores one timestamp per module and no start: a run is what was
/// updated within `recent_window` before an alert, or before a new timestamp of the plan itself, and
/// has not been reported. It closes `wait` later; the others are not finished.

/// Opens a run where the plan's own timestamp is new. On the first look it is history.
void OpenCompactRuns(bool first_look, RunBook& book);

/// Opens a run for an alert received at `received` if something within the window is not reported yet,
/// or if there is nothing in the window and no run explains the alert. True if one is open afterwards.
bool OpenCompactRunFor(const Plan& plan, Time received, bool explained, RunBook& book);

/// Lets the open compact runs take in what the look has found.
void GatherCompactRecords(RunBook& book);

}  // namespace backup_monitor::run
