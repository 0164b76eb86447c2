#pragma once

#include <cstddef>

#include "app/worker.h"
#include "base/json/json_writer.h"

namespace backup_monitor::app {

/// Of so many applications at most the recovery point is listed, the worst first.
inline constexpr std::size_t kMostRecoveryPoints = 500;

/// The members `recovery` and `nodes`: how far back a restore of each application would go, and of each node if it were
/// lost now. Null before the first step.
void WriteRecoveryPoints(JsonWriter& json, const WorkerStatus& status);

}  // namespace backup_monitor::app
