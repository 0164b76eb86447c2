#pragma once

#include "base/clock.h"
#include "model/run.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor {

/// When an open run is over if nothing more comes: at once if every expected module has a record;
/// else when the wait for each silent one is over, at the latest at the cap. Reached means over.
[[nodiscard]] Time DeadlineOf(const Run& run, const RunMemory& memory, const RunRules& rules);

}  // namespace backup_monitor
