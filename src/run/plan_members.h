#pragma once

#include <map>
#include <optional>

#include "model/cluster_view.h"
#include "model/ids.h"
#include "model/run_memory.h"

namespace backup_monitor::run {

/// Which modules joined or left a plan, and when, as far as this process has looked. A run-backup works through what
/// its plan holds when it begins (ns8-core 4f41b359 node/bin/run-backup), so what joins later is not expected of it,
/// and what leaves later still is its own. After a start everything counts as having been there before.
class PlanMembers {
 public:
  /// To be called with each complete look, before anything is concluded from it. Keeps `orders` of the memory.
  void Update(const ClusterView& view, RunMemory& memory);

  /// The first look that found the module in the plan came after `time`, and an earlier one had not found it. When it
  /// joined between the two is not known: a run that began then may hold it or not, so it is not expected.
  [[nodiscard]] bool HasJoinedSince(const PlanModule& module, Time time) const;
  /// A look at or after `time` found the module in the plan, and it has left since.
  [[nodiscard]] bool HasLeftSince(const PlanModule& module, Time time) const;

 private:
  std::map<PlanModule, Time> joined_;  ///< The first look with it.
  std::map<PlanModule, Time> left_;    ///< The last look with it.
  std::optional<Time> last_look_;
};

}  // namespace backup_monitor::run
