#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "model/cluster_view.h"
#include "model/run.h"
#include "model/run_memory.h"

namespace backup_monitor::run {

/// From one run of a plan to the next: the middle one of the last five. None if fewer than three are known.
/// `runs`: all of the plan.
[[nodiscard]] std::optional<seconds> UsualInterval(const std::vector<const Run*>& runs);

/// When a pass began of which a record is the first: at its start; of a module without a past perhaps earlier, by what
/// silent modules before it in the plan's order take.
struct PassBegin {
  PassBegin(const SeenRecord& record, const ClusterView& view, const RunMemory& memory);

  /// How far that is from what is expected of a run that began at `run_begin`: between its begin and as long after it
  /// as usual. 0 if it fits.
  [[nodiscard]] seconds Off(Time run_begin) const noexcept;

  Time earliest;
  Time latest;
  seconds usual{0};    ///< So long after its run's begin at the latest.
  bool known = false;  ///< A module of the node has a past; else `usual` is a guess.
};

}  // namespace backup_monitor::run
