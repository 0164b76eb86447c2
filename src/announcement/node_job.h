#pragma once

#include <vector>

#include "model/ids.h"
#include "model/run.h"

namespace backup_monitor::announcement {

/// A run of which a witness is to be asked, and the nodes of it.
struct NodeJob {
  Run run;
  std::vector<NodeId> nodes;
};

}  // namespace backup_monitor::announcement
