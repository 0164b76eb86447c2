#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/error.h"

namespace backup_monitor {

/// A time in which a node could not be reached.
struct Absence {
  std::optional<Time> from{};   ///< None: it was so when what is known begins.
  std::optional<Time> until{};  ///< None: it was still so when this was read.

  friend bool operator==(const Absence&, const Absence&) = default;
};

/// What the cluster says of whether a node could be reached around a run, when it was last asked.
///
/// A node that cannot be reached need not be off: its connection may be gone. One that was restarted was.
struct NodePresence {
  static constexpr std::size_t kMostAbsences = 8;  ///< The newest are kept.

  Time read_at;                        ///< By our clock.
  std::optional<ErrorCode> trouble{};  ///< Why nothing is known; then the rest is empty.
  std::vector<Absence> absences{};     ///< Oldest first, apart from each other.
  std::optional<Time> booted{};        ///< Its newest start in that time, by its own clock.

  friend bool operator==(const NodePresence&, const NodePresence&) = default;
};

}  // namespace backup_monitor
