#pragma once

#include "model/finding.h"
#include "model/status_record.h"
#include "probe/repository.h"

namespace backup_monitor::probe {

/// What an answer means for one record: the newest snapshot, and the one made between the record's
/// own `start` and `end`. Both are readings of the clock of the module's node, as a snapshot's time
/// is. Several within: the last of them. The newest may be of the next run already. An incomplete
/// answer still proves what it lists.
[[nodiscard]] Finding Conclude(const StatusRecord& record, const ProbeAnswer& answer, Time now);

}  // namespace backup_monitor::probe
