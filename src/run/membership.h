#pragma once

#include <map>
#include <set>

#include "model/run_memory.h"
#include "run/run_book.h"

namespace backup_monitor::run {

/// Notices what has gone from the cluster: a plan, or a module from a plan. Gone is what two looks,
/// `reconcile` apart, miss; what one look misses may be a Redis that is being restored. Starts from
/// nothing after a restart, which only takes one more look.
class Membership {
 public:
  /// Marks modules of open runs as left or back, and closes the open runs of plans that have gone.
  void Update(RunBook& book);

  /// The plan was missed by the last look, gone for good or not: nothing is to be concluded of it.
  [[nodiscard]] bool IsMissing(const PlanId& plan) const { return plans_.contains(plan); }

 private:
  void UpdateRun(const Run& run, RunBook& book);
  static void EndRunsOf(const PlanId& plan, RunBook& book);
  [[nodiscard]] static bool IsInEarlyNotice(const Run& run, const RunModule& module,
                                            const RunBook& book);
  [[nodiscard]] static bool IsGone(Time missing_since, const RunBook& book);

  std::map<PlanId, Time> plans_;        ///< Missing since.
  std::map<PlanModule, Time> modules_;  ///< Likewise, from the plan or from the cluster.
};

}  // namespace backup_monitor::run
