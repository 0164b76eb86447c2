#pragma once

#include <map>
#include <optional>

#include "base/clock.h"
#include "model/plan_timing.h"
#include "model/run.h"
#include "run/run_book.h"

namespace backup_monitor::run {

/// Sees to it that each due moment of a plan is settled: a run answers it, its nodes were busy with an earlier run, or
/// nothing came by the deadline and it is reported as missed. It counts for nothing before the plan was first seen,
/// enabled or given its schedule, and where nobody looked and its records have been overwritten, it is unknown.
class DueMoments {
 public:
  /// To be called with each complete look, before its records are dealt. `gap`: nobody looked before it.
  void Watch(bool first_look, const std::optional<Gap>& gap, RunBook& book);

  /// After its records are dealt: what open runs still expect of nodes that have sent nothing.
  static void RefineOpenRuns(RunBook& book);

  /// One announcement of the plans whose schedule never starts them, once for each schedule.
  static void AnnounceNeverDue(RunBook& book);

  /// After what is over has been closed.
  void Settle(RunBook& book);

  /// When the next due moment is missed if nothing comes.
  [[nodiscard]] std::optional<Time> NextDue() const noexcept { return next_; }

 private:
  [[nodiscard]] bool Settle(const PlanId& plan, RunDue due, RunBook& book);
  static void Miss(const PlanId& plan, const RunDue& due, RunBook& book);
  void WaitUntil(Time time);

  std::map<PlanId, Gap> gaps_;  ///< The last one in which nobody looked.
  std::optional<Time> next_;
};

}  // namespace backup_monitor::run
