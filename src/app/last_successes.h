#pragma once

#include <map>
#include <optional>

#include "base/clock.h"
#include "base/metrics.h"
#include "model/cluster_view.h"
#include "model/ids.h"
#include "store/run_archive.h"

namespace backup_monitor::app {

/// The gauge of each plan's last success. Every plan of the cluster has a series, 0 until a run of it has
/// succeeded; before the first look, those that the store knows. A plan is gone when two looks, `reconcile`
/// apart, have not shown it. One thread.
class LastSuccesses {
 public:
  static void DeclareMetrics(Metrics& metrics);

  LastSuccesses(store::RunArchive& archive, Metrics& metrics, seconds reconcile)
      : archive_{archive}, metrics_{metrics}, reconcile_{reconcile} {}

  /// A complete look.
  void Note(const ClusterView& view);
  /// Reads the store again: a run may have succeeded.
  void Read();
  void Show();

 private:
  store::RunArchive& archive_;
  Metrics& metrics_;
  const seconds reconcile_;
  bool looked_ = false;
  std::optional<std::map<PlanId, Time>> successes_;  ///< None until the store has said so.
  std::map<PlanId, Time> plans_seen_;                ///< When a look last showed each.
};

}  // namespace backup_monitor::app
