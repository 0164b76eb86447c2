#pragma once

#include "model/run.h"
#include "model/run_memory.h"
#include "run/passes.h"

namespace backup_monitor::run {

/// True if a start of the pass's node has ended what run-backup did there for the run, or was to do. NS8 does not go on
/// with it (ns8-core 4f41b359 node/bin/schedule-backup: the timer is not persistent).
///
/// It is a start after the last record of the node; without a record, after the node was due, or later than it ever was
/// where the run was not due. Without a record of it in earlier runs nothing is known of that. All by the node's own clock.
/// Not if the log says that the execution began after that start.
[[nodiscard]] bool IsEndedByRestart(const Run& run, const Pass& pass, const RunMemory& memory);

/// Keeps of each node of a run that was asked for whether that is so (NodePresence::ended_backup).
void MarkRestarts(Run& run, const RunMemory& memory);

}  // namespace backup_monitor::run
