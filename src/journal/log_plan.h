#pragma once

#include <vector>

#include "model/ids.h"
#include "model/run.h"

namespace backup_monitor::journal {

/// The nodes of a run of which the log is still to be read: those with a module that has no good record.
///
/// Of an open run until all of the reading was had and its execution there has ended, or nothing is left to be explained;
/// of a closed one until it was so read after that, or cannot be read. Of none in the compact layout, whose records
/// have no beginning by which an execution could be found.
[[nodiscard]] std::vector<NodeId> NodesToRead(const Run& run);

}  // namespace backup_monitor::journal
