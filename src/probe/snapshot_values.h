#pragma once

#include <rapidjson/document.h>

#include <vector>

#include "base/result.h"
#include "model/finding.h"

namespace backup_monitor {

/// ParseActionSnapshots() of a list that is part of a larger text, as the output of a task is.
[[nodiscard]] Result<std::vector<Snapshot>> ReadActionSnapshots(const rapidjson::Value& list);

}  // namespace backup_monitor
