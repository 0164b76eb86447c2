#pragma once

#include <vector>

#include "base/clock.h"
#include "model/node_presence.h"

namespace backup_monitor::presence {

/// An attempt to reach a node.
struct Sample {
  Time at;
  bool reached = false;

  friend bool operator==(const Sample&, const Sample&) = default;
};

/// Later than this after an attempt nothing is known any more: whoever makes them has ceased to.
inline constexpr seconds kStillKnown{300};

/// The times in which a node could not be reached: two attempts that failed one after the other, or more. One alone may
/// be a hiccup of whoever tried. It begins with the first of them: nothing is known of the time before, if nobody tried
/// then. It ends with the first attempt that reached the node, and with the last failed one
/// where nothing is known after it.
///
/// \param samples  in the order of their times
/// \param to       what is known reaches up to here
[[nodiscard]] std::vector<Absence> AbsencesIn(const std::vector<Sample>& samples, Time to);

}  // namespace backup_monitor::presence
