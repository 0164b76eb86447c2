#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/ids.h"

namespace backup_monitor::journal {

/// The unit in which a plan's timer begins run-backup: "backup1.service" (ns8-core 4f41b359 node/bin/schedule-backup).
[[nodiscard]] std::string UnitOf(const PlanId& plan);

/// The plan of such a unit; none: it is another unit.
[[nodiscard]] std::optional<PlanId> PlanOfTimer(std::string_view unit);

/// The unit of the node's agent, which "run now" works through (ns8-core 4f41b359
/// core/imageroot/etc/systemd/system/agent@.service).
inline constexpr std::string_view kAgentUnit = "agent@node.service";

}  // namespace backup_monitor::journal
