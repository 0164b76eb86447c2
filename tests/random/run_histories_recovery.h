#pragma once

#include <string>
#include <vector>

#include "random/run_histories_history.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {

/// What a mail says wrongly of the age of data: it is too old only where no newer good record has been seen, and recent
/// only where one has. Nothing is held against a daemon that was away, or whose clock was wrong.
[[nodiscard]] std::vector<std::string> CrossingFaults(const Mail& mail, const History& history,
                                                      const Night& night);

}  // namespace backup_monitor::testing
