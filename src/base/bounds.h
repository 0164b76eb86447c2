#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace backup_monitor {

/// A bound that has been reached since this process began.
struct ReachedBound {
  std::string name;  ///< As in metrics: inbox_bytes, ...
  std::uint64_t times = 0;
  Time last;             ///< By the system's clock.
  std::string sentence;  ///< What happened then.
};

/// To be called whenever something is refused, dropped or put off because a bound is reached. Everything
/// that the process keeps of foreign origin has one: docs/architecture.md lists them. Counts for
/// `backup_monitor_bound_reached_total` and /api/status, and logs a warning, the first time and then at
/// most once an hour for each name. Any thread, whole process, like the log.
///
/// \param name      one of a fixed set of words, with underscores.
/// \param sentence  for people: what has been reached, and what becomes of the rest.
void NoteBoundReached(std::string_view name, std::string_view sentence, std::uint64_t times = 1);

/// By name.
[[nodiscard]] std::vector<ReachedBound> ReachedBounds();

}  // namespace backup_monitor
