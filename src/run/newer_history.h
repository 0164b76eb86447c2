#pragma once

#include "model/run_memory.h"

namespace backup_monitor {

/// True if no run of the plan is open and its history holds a record that ended after all of them: the
/// plan has run since, at a time that was not ours to tell. So it is before the first run, and in a
/// store that was taken over from another instance.
[[nodiscard]] bool IsHistoryNewer(const PlanId& plan, const RunMemory& memory);

}  // namespace backup_monitor
