#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "model/run.h"
#include "model/run_memory.h"

namespace backup_monitor::run {

/// A module's place in a pass.
struct Turn {
  const ModuleId* id;       ///< A key of the run's modules.
  const RunModule* module;  ///< Its record is of this pass, or it is silent and expected.
  std::size_t
      place;  ///< In the plan's order, from 1; kNoPlace if the plan does not hold it any more.

  static constexpr std::size_t kNoPlace = std::numeric_limits<std::size_t>::max();
  [[nodiscard]] bool silent() const noexcept { return !module->record; }
};

/// What one run-backup does on one node, as far as a run's records say: in a first round it works through the plan's
/// modules of the node in the order of `instances`, one at a time; then through those that were busy, every 60 s, in
/// rounds of which the last begins at most 3600 s + 60 s after the first round (ns8-core 4f41b359 node/bin/run-backup).
/// Before core 3.20 each module has a process of its own, and no record names a node; then each is a pass.
struct Pass {
  std::optional<NodeId> node{};  ///< None: not known, or each module has a process of its own.
  std::vector<Turn> turns;       ///< By place.
  std::size_t passed = 0;        ///< So many of the turns the first round has left behind.
  bool first_round_over = false;
  Time
      first_round_end{};  ///< When the node went on after the first round's last record, if there is one.
  std::optional<Time> free_at{};  ///< When it went on after its last record.
};

/// The passes of a run that is not of the compact layout.
[[nodiscard]] std::vector<Pass> PassesOf(const Run& run, const RunMemory& memory);

/// When the node went on after a record: it is stored when the clean-up of the repository is over.
[[nodiscard]] Time FreeAt(const SeenRecord& record) noexcept;

/// From the start of a module's backup until its node goes on, as long as the past lets expect. None if it never ran.
[[nodiscard]] std::optional<seconds> UsualDuration(const PlanId& plan, const ModuleId& module,
                                                   const RunMemory& memory);

/// The longest that a module's backup has taken lately. None if it never ran.
[[nodiscard]] std::optional<seconds> LongestDuration(const PlanId& plan, const ModuleId& module,
                                                     const RunMemory& memory);

/// From the begin of a run until a module's record ends, by its last one. 0 if it never ran.
[[nodiscard]] seconds UsualEnd(const PlanId& plan, const ModuleId& module, const RunMemory& memory);

/// What is remembered of a module under a plan; nullptr if it never ran.
[[nodiscard]] const ModuleMemory* PastOf(const PlanId& plan, const ModuleId& module,
                                         const RunMemory& memory);

/// From the begin of a run until a module's backup starts, by its last one. None if it never ran.
[[nodiscard]] std::optional<seconds> UsualStart(const PlanId& plan, const ModuleId& module,
                                                const RunMemory& memory);

/// From the begin of a run until a pass begins of which there is no record yet, as its modules last did. None if none of
/// them ever ran.
[[nodiscard]] std::optional<seconds> UsualBegin(const Run& run, const Pass& pass,
                                                const RunMemory& memory);

/// Place of a module in its plan's order, from 1, or Turn::kNoPlace.
[[nodiscard]] std::size_t PlaceOf(const PlanId& plan, const ModuleId& module,
                                  const RunMemory& memory);

}  // namespace backup_monitor::run
