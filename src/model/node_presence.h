#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/error.h"

namespace backup_monitor {

/// A time in which a node could not be reached.
struct Absence {
  std::optional<Time>
      from{};  ///< At the latest. None: not known; it was so at `NodePresence::known_from`.
  std::optional<Time> until{};  ///< None: it was still so when this was read.

  friend bool operator==(const Absence&, const Absence&) = default;
};

/// What the cluster says of whether a node could be reached around a run, when it was last asked.
///
/// A node that cannot be reached need not be off: its connection may be gone, or what answers there. One that was
/// restarted was.
struct NodePresence {
  static constexpr std::size_t kMostAbsences = 8;  ///< The newest are kept.

  Time read_at{};  ///< When it was asked, by our clock.
  /// Why the last question had no answer. The rest is what was known before.
  std::optional<ErrorCode> trouble{};
  std::optional<Time>
      known_from{};  ///< Of the time before nothing is known. None: nothing is known at all.
  std::vector<Absence> absences{};  ///< Oldest first, apart from each other.
  std::optional<Time> booted{};     ///< Its newest start in that time, by its own clock.
  /// With that start ended what run-backup did there for the run, or was to do (run/waiting.h).
  bool ended_backup = false;

  friend bool operator==(const NodePresence&, const NodePresence&) = default;
};

/// What is known after another answer of the same run and node: what that one does not reach back to stays, and trouble
/// takes nothing away.
[[nodiscard]] NodePresence WithEarlier(NodePresence now, const NodePresence& before);

}  // namespace backup_monitor
