#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace backup_monitor::testing {

/// What the real systemd says of an expression.
struct OracleAnswer {
  bool refused = false;
  bool gave_up =
      false;  ///< "Infinite loop": it says no moment at all, be the first ones found or not.
  std::vector<Time> elapses;  ///< Whole seconds; fewer than asked for: never again.
};

/// Asks `systemd-analyze calendar` for the first `count` elapses of each expression after `base` in `zone`.
/// Throws std::runtime_error if it cannot be run, or says what this cannot read.
[[nodiscard]] std::vector<OracleAnswer> AskSystemd(const std::vector<std::string>& expressions,
                                                   const std::string& zone, Time base, int count);

}  // namespace backup_monitor::testing
