#pragma once

#include "model/run.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::run {

/// True if a record of history lies so near to a run that it may be part of it: no gap over q parts them, or it was
/// right before a record of the run in the plan's order on its node, and the clean-up after it, which nobody has
/// watched, may explain the time between. Of a node of which the run has no record all that began over kSameBegin
/// before the run is of the run before; and of every node what began over kEarly before the run's due moment, or before
/// the run itself if that began earlier.
[[nodiscard]] bool IsLinked(const SeenRecord& record, const Run& run, const RunMemory& memory,
                            const RunRules& rules);

}  // namespace backup_monitor::run
