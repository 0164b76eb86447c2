#pragma once

#include "base/json/json_value.h"
#include "base/result.h"
#include "probe/snapshot_list.h"

namespace backup_monitor::probe {

/// ParseActionSnapshots() of a list that is part of a larger text, as the output of a task is.
[[nodiscard]] Result<SnapshotList> ReadActionSnapshots(const JsonValue& list);

}  // namespace backup_monitor::probe
