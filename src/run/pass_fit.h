#pragma once

#include <optional>
#include <vector>

#include "model/run.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::run {

/// The records that a run has of one node: can another one be of the same run-backup?
class PassFit {
 public:
  PassFit(const Run& run, NodeId node, const RunMemory& memory, const RunRules& rules);

  [[nodiscard]] bool has_records() const noexcept { return !records_.empty(); }

  /// How long the node had been idle when the record began, or until the next one began if there is none before it.
  /// None if the record cannot be of this pass: it overlaps one of it; more time lies between them than silent
  /// modules, the rounds for busy ones and the clean-up explain; or `interval` (none: unknown) after the pass began
  /// it is time for the next run.
  [[nodiscard]] std::optional<seconds> IdleBefore(const SeenRecord& record,
                                                  std::optional<seconds> interval) const;

 private:
  [[nodiscard]] std::optional<seconds> Idle(const SeenRecord& before,
                                            const SeenRecord& after) const;
  [[nodiscard]] Time Begin() const;
  [[nodiscard]] seconds Silent(const SeenRecord& before, const SeenRecord& after) const;

  const Run& run_;
  const RunMemory& memory_;
  const RunRules& rules_;
  std::vector<const SeenRecord*> records_;
};

}  // namespace backup_monitor::run
