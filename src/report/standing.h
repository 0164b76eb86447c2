#pragma once

#include "model/report.h"
#include "model/standing.h"

namespace backup_monitor {

/// By the record's own times. Not in the compact layout, which knows no beginning, nor with a record that is
/// another run's.
[[nodiscard]] Standing StandingInRepository(const RunSection& run, const ModuleLine& line);

[[nodiscard]] bool SucceededWithoutSnapshot(const RunSection& run, const ModuleLine& line);

/// When the snapshot of this backup was made; none unless kMade.
[[nodiscard]] std::optional<Time> MadeAt(const ModuleLine& line);

}  // namespace backup_monitor
